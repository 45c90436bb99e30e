/** A gray picture at one scale, as LK reads it. */
export interface GrayLevel {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A gray picture at full, half and quarter size. Buffers are reused: see {@link fillPyramid}. */
export type Pyramid = readonly GrayLevel[];

/** Allocates a pyramid for pictures of one size. */
export function createPyramid(width: number, height: number, levels: number): Pyramid {
  const pyramid: GrayLevel[] = [];
  for (let level = 0; level < levels; level++) {
    const w = width >> level;
    const h = height >> level;
    pyramid.push({ width: w, height: h, data: new Float32Array(w * h) });
  }
  return pyramid;
}

/** Fills a pyramid from a gray picture: plain copies and means of 2 x 2, no other smoothing. */
export function fillPyramid(pyramid: Pyramid, gray: ArrayLike<number>): void {
  pyramid[0]!.data.set(gray);
  for (let level = 1; level < pyramid.length; level++) halve(pyramid[level - 1]!, pyramid[level]!);
}

function halve(from: GrayLevel, to: GrayLevel): void {
  const { width, height, data: half } = to;
  const whole = from.data;
  for (let y = 0, out = 0; y < height; y++) {
    let i = 2 * y * from.width;
    for (let x = 0, k = i + from.width; x < width; x++, i += 2, k += 2, out++) {
      half[out] = (whole[i]! + whole[i + 1]! + whole[k]! + whole[k + 1]!) / 4;
    }
  }
}
