/** A part of a leg that turns about a joint. px of the picture as filmed. */
export interface Lever {
  readonly joint: readonly [x: number, y: number];
  /** The far end, whose way is the size of the movement. */
  readonly tip: readonly [x: number, y: number];
  /** Half its width: all within it turns as one. */
  readonly radius: number;
  /** Beyond the radius the turn fades out over this distance. Must exceed the widest way of the tip. */
  readonly fade: number;
}

/** Turn of a lever at a moment, radians; 0 is rest. */
export type Turn = (time: number) => number;

interface Patch {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** How far each pixel of the patch takes part, 0-1. */
  readonly weight: Float32Array;
}

/**
 * Paints a movement into pictures: the lever's own pixels are turned about its joint by a fraction of a pixel or
 * by many, what lies around it gives way smoothly, and everything else stays as it was, noise and all.
 *
 * Pictures are gray, row by row. Each pixel is taken from where the turn moved it from, by Catmull-Rom
 * interpolation, which keeps the texture that flow needs (a bilinear one would blur it in the rhythm of the
 * movement). *Limits:* painted after decoding, so that no encoder spoils it, and without the blur of exposure: what
 * is found of it is the most that could be found of a real movement of that size.
 */
export class MovementPainter {
  readonly #lever: Lever;
  readonly #turn: Turn;
  readonly #scale: number;
  readonly #patch: Patch;
  readonly #before: Uint8Array;

  /** @param scale px of the pictures painted per px as filmed. */
  constructor(
    lever: Lever,
    turn: Turn,
    picture: { readonly width: number; readonly height: number; readonly scale: number },
  ) {
    this.#lever = lever;
    this.#turn = turn;
    this.#scale = picture.scale;
    this.#patch = patchOf(lever, picture);
    this.#before = new Uint8Array(picture.width * picture.height);
  }

  /** Paints into the picture's own pixels. */
  paint(data: Uint8Array, width: number, height: number, time: number): void {
    const turn = this.#turn(time);
    if (turn === 0) return;
    const { left, top, width: columns, height: rows, weight } = this.#patch;
    this.#before.set(data);
    const [jx, jy] = this.#lever.joint.map((value) => value * this.#scale) as [number, number];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const part = weight[row * columns + column]!;
        if (part === 0) continue;
        const [x, y] = [left + column, top + row];
        // Where this pixel was before the turn.
        const [cos, sin] = [Math.cos(-turn * part), Math.sin(-turn * part)];
        const fromX = jx + cos * (x - jx) - sin * (y - jy);
        const fromY = jy + sin * (x - jx) + cos * (y - jy);
        data[y * width + x] = sampleCubic(this.#before, width, height, fromX, fromY);
      }
    }
  }
}

function patchOf(
  lever: Lever,
  { width, height, scale }: { readonly width: number; readonly height: number; readonly scale: number },
): Patch {
  const [jx, jy] = lever.joint.map((value) => value * scale) as [number, number];
  const [tx, ty] = lever.tip.map((value) => value * scale) as [number, number];
  const [radius, fade] = [lever.radius * scale, lever.fade * scale];
  const reach = radius + fade;
  const left = Math.max(0, Math.floor(Math.min(jx, tx) - reach));
  const top = Math.max(0, Math.floor(Math.min(jy, ty) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(jx, tx) + reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(jy, ty) + reach));
  const [columns, rows] = [Math.max(0, right - left + 1), Math.max(0, bottom - top + 1)];
  const weight = new Float32Array(columns * rows);
  const squared = (tx - jx) ** 2 + (ty - jy) ** 2;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [left + column, top + row];
      const share = squared === 0 ? 0 : ((x - jx) * (tx - jx) + (y - jy) * (ty - jy)) / squared;
      const along = Math.min(1, Math.max(0, share));
      const distance = Math.hypot(x - jx - along * (tx - jx), y - jy - along * (ty - jy));
      weight[row * columns + column] =
        distance <= radius
          ? 1
          : distance >= reach
            ? 0
            : 0.5 * (1 + Math.cos((Math.PI * (distance - radius)) / fade));
    }
  }
  return { left, top, width: columns, height: rows, weight };
}

/** Catmull-Rom interpolation at a place between pixels; the border is repeated. */
export function sampleCubic(data: Uint8Array, width: number, height: number, x: number, y: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [wx, wy] = [cubicWeights(x - x0), cubicWeights(y - y0)];
  let value = 0;
  for (let j = 0; j < 4; j++) {
    const row = Math.min(height - 1, Math.max(0, y0 - 1 + j)) * width;
    let sum = 0;
    for (let i = 0; i < 4; i++) sum += wx[i]! * data[row + Math.min(width - 1, Math.max(0, x0 - 1 + i))]!;
    value += wy[j]! * sum;
  }
  return Math.min(255, Math.max(0, Math.round(value)));
}

function cubicWeights(t: number): readonly [number, number, number, number] {
  const [t2, t3] = [t * t, t * t * t];
  return [
    0.5 * (-t + 2 * t2 - t3),
    0.5 * (2 - 5 * t2 + 3 * t3),
    0.5 * (t + 4 * t2 - 3 * t3),
    0.5 * (-t2 + t3),
  ];
}
