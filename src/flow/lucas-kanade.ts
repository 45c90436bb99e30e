import type { GrayLevel, Pyramid } from "./pyramid.ts";

/** Pixels of a body part at each level of a pyramid, as whole coordinates. */
export interface PixelRegion {
  readonly levels: readonly { readonly x: Int16Array; readonly y: Int16Array }[];
}

/** How a region moved from one picture to another. */
export interface RegionShift {
  /** px of the full-size picture, x to the right, y down; NaN when it cannot be said. */
  dx: number;
  dy: number;
  /**
   * Standard error of the shift, px, from the region's texture and what the shift leaves unexplained;
   * Infinity when there is no texture.
   */
  sigma: number;
}

const ITERATIONS = 4;
const CONVERGED = 0.002;
/** Fewest pixels a level of the pyramid must hold to be used. */
const FEWEST = 24;
/** A shift beyond this many px per level and iteration run is a failure, not a movement. */
const RUNAWAY = 4;

/** Most pixels of a region; more are passed over. */
const LARGEST = 8192;

/** Buffers of one caller, kept between calls. */
export interface Workspace {
  readonly gx: Float32Array;
  readonly gy: Float32Array;
  readonly value: Float32Array;
  xx: number;
  xy: number;
  yy: number;
  stepX: number;
  stepY: number;
  sigma: number;
}

export function createWorkspace(): Workspace {
  const [gx, gy, value] = [0, 1, 2].map(() => new Float32Array(LARGEST)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return { gx, gy, value, xx: 0, xy: 0, yy: 0, stepX: 0, stepY: 0, sigma: Infinity };
}

/**
 * Estimates the shift of a region between two pictures, coarse to fine.
 *
 * One translation for the region; the mean change of brightness inside it is taken out, so that a lamp does
 * not pass for movement. Gradients of the earlier picture, bilinear sampling of the later one.
 *
 * *Source:* Lucas & Kanade 1981 (IJCAI, An iterative image registration technique); pyramid as in Bouguet
 * 2001. *Differs from the source:* one translation per anatomical region instead of per corner; brightness
 * offset estimated; a standard error is returned.
 * *Limits:* movements up to about 12 px between pictures at three levels; amplitude is a lower bound where
 * the region also holds still background.
 */
export function estimateShift(
  work: Workspace,
  before: Pyramid,
  after: Pyramid,
  region: PixelRegion,
  out: RegionShift,
): void {
  let dx = 0;
  let dy = 0;
  let sigma = Infinity;
  for (let level = before.length - 1; level >= 0; level--) {
    const pixels = region.levels[level]!;
    if (level < before.length - 1) {
      dx *= 2;
      dy *= 2;
    }
    if (pixels.x.length < FEWEST) continue;
    if (!prepare(work, before[level]!, pixels.x, pixels.y)) continue;
    const start = { dx, dy };
    for (let i = 0; i < ITERATIONS; i++) {
      step(work, after[level]!, pixels.x, pixels.y, dx, dy);
      dx += work.stepX;
      dy += work.stepY;
      if (Math.abs(work.stepX) + Math.abs(work.stepY) < CONVERGED) break;
    }
    if (Math.abs(dx - start.dx) > RUNAWAY || Math.abs(dy - start.dy) > RUNAWAY) {
      ({ dx, dy } = start);
      if (level === 0) sigma = Infinity;
      continue;
    }
    if (level === 0) sigma = work.sigma;
  }
  out.dx = dx;
  out.dy = dy;
  out.sigma = sigma;
}

/** Gradients and normal matrix of the earlier picture; false when the region has no texture. */
function prepare(work: Workspace, picture: GrayLevel, xs: Int16Array, ys: Int16Array): boolean {
  const { width, height, data } = picture;
  const { gx, gy, value } = work;
  const count = Math.min(xs.length, LARGEST);
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < count; i++) {
    const x = xs[i]!;
    const y = ys[i]!;
    const at = y * width + x;
    const inside = x > 0 && y > 0 && x < width - 1 && y < height - 1;
    const dx = inside ? (data[at + 1]! - data[at - 1]!) / 2 : 0;
    const dy = inside ? (data[at + width]! - data[at - width]!) / 2 : 0;
    gx[i] = dx;
    gy[i] = dy;
    value[i] = data[at]!;
    meanX += dx;
    meanY += dy;
  }
  meanX /= count;
  meanY /= count;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < count; i++) {
    const dx = gx[i]! - meanX;
    const dy = gy[i]! - meanY;
    gx[i] = dx;
    gy[i] = dy;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  // A flat region would divide by nothing: half a gray level of gradient per pixel is taken as given.
  const ridge = 0.05 * count;
  work.xx = xx + ridge;
  work.xy = xy;
  work.yy = yy + ridge;
  return xx + yy > 0.1 * count;
}

function step(
  work: Workspace,
  picture: GrayLevel,
  xs: Int16Array,
  ys: Int16Array,
  dx: number,
  dy: number,
): void {
  const { width, height, data } = picture;
  const { gx, gy, value } = work;
  const count = Math.min(xs.length, LARGEST);
  const wholeX = Math.floor(dx);
  const wholeY = Math.floor(dy);
  const fx = dx - wholeX;
  const fy = dy - wholeY;
  const w00 = (1 - fx) * (1 - fy);
  const w10 = fx * (1 - fy);
  const w01 = (1 - fx) * fy;
  const w11 = fx * fy;
  let sum = 0;
  let sumSquares = 0;
  let bx = 0;
  let by = 0;
  let sumX = 0;
  let sumY = 0;
  let used = 0;
  for (let i = 0; i < count; i++) {
    const x = xs[i]! + wholeX;
    const y = ys[i]! + wholeY;
    if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) continue;
    const at = y * width + x;
    const now = w00 * data[at]! + w10 * data[at + 1]! + w01 * data[at + width]! + w11 * data[at + width + 1]!;
    const change = now - value[i]!;
    sum += change;
    sumSquares += change * change;
    bx += gx[i]! * change;
    by += gy[i]! * change;
    sumX += gx[i]!;
    sumY += gy[i]!;
    used++;
  }
  const determinant = work.xx * work.yy - work.xy * work.xy;
  // The mean change is a lamp's. Gradients are mean-free over the whole region, but not over the part of it
  // that is still in the picture.
  if (used > 0) {
    bx -= (sumX * sum) / used;
    by -= (sumY * sum) / used;
  }
  work.stepX = -(work.yy * bx - work.xy * by) / determinant;
  work.stepY = -(work.xx * by - work.xy * bx) / determinant;
  const variance = used > 2 ? Math.max(0, sumSquares - (sum * sum) / used) / (used - 2) : Infinity;
  const smallest = (work.xx + work.yy - Math.hypot(work.xx - work.yy, 2 * work.xy)) / 2;
  work.sigma = Math.sqrt(variance / Math.max(smallest, 1e-6));
}
