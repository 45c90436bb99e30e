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
  const base = pyramid[0]!.data;
  for (let i = 0; i < base.length; i++) base[i] = gray[i]!;
  for (let level = 1; level < pyramid.length; level++) halve(pyramid[level - 1]!, pyramid[level]!);
}

function halve(from: GrayLevel, to: GrayLevel): void {
  for (let y = 0; y < to.height; y++) {
    const upper = 2 * y * from.width;
    const lower = upper + from.width;
    for (let x = 0; x < to.width; x++) {
      const i = upper + 2 * x;
      const k = lower + 2 * x;
      to.data[y * to.width + x] = (from.data[i]! + from.data[i + 1]! + from.data[k]! + from.data[k + 1]!) / 4;
    }
  }
}
