/** A line to draw: ends in px, half its width in px, colour as red, green, blue. */
export interface DrawnLine {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly radius: number;
  readonly colour: readonly [red: number, green: number, blue: number];
}

/** Draws round-ended lines with soft edges into an RGBA picture, later ones over earlier ones. */
export function drawLines(
  picture: Uint8Array,
  width: number,
  height: number,
  lines: readonly DrawnLine[],
): void {
  for (const { from, to, radius, colour } of lines) {
    const reach = radius + 1;
    const clampX = (x: number) => Math.min(width - 1, Math.max(0, Math.round(x)));
    const clampY = (y: number) => Math.min(height - 1, Math.max(0, Math.round(y)));
    const [left, right] = [
      clampX(Math.min(from[0], to[0]) - reach),
      clampX(Math.max(from[0], to[0]) + reach),
    ];
    const [top, bottom] = [
      clampY(Math.min(from[1], to[1]) - reach),
      clampY(Math.max(from[1], to[1]) + reach),
    ];
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length2 = dx * dx + dy * dy;
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const along = length2 === 0 ? 0 : ((x - from[0]) * dx + (y - from[1]) * dy) / length2;
        const t = Math.min(1, Math.max(0, along));
        const cover = reach - Math.hypot(x - from[0] - t * dx, y - from[1] - t * dy);
        if (cover <= 0) continue;
        const at = (y * width + x) * 4;
        picture.set(colour, at);
        picture[at + 3] = Math.max(picture[at + 3]!, Math.round(255 * Math.min(1, cover)));
      }
    }
  }
}
