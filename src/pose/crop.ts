import type { Picture } from "../frames/frame.ts";
import type { BodyRegion } from "./pose-estimator.ts";

/** A place in a picture or crop, px; pixel (i, j) covers [i, i + 1) x [j, j + 1). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Above this many picture px per crop px, one bilinear sample would skip pixels; several are averaged instead. */
const LARGEST_STEP_PX = 2;
const CHANNELS_OUT = 3;

/**
 * Cuts a square, turned region out of a picture and scales it to what a model is shown.
 *
 * In: a gray or RGB picture, a region in its px, the side of the crop in px. Out: `side * side * 3` bytes, rows of
 * RGB pixels (gray is repeated). Bilinear between pixel centres; when shrinking more than twofold each crop pixel is
 * the mean of a grid of samples no more than two picture px apart, so fine noise is averaged and not picked at random.
 * Outside the picture is black.
 *
 * Throws `RangeError` for a side that is not a positive integer or a region without finite, positive size.
 */
export function cropRegion(picture: Picture, region: BodyRegion, side: number): Uint8Array {
  if (!Number.isInteger(side) || side < 1)
    throw new RangeError(`side must be a positive integer, not ${side}`);
  if (!(region.size > 0) || ![region.x, region.y, region.size, region.angle].every(Number.isFinite)) {
    throw new RangeError("a region needs finite numbers and a size above 0");
  }
  const { width, height, channels, data } = picture;
  const crop = new Uint8Array(side * side * CHANNELS_OUT);
  const scale = region.size / side;
  const grid = Math.ceil(scale / LARGEST_STEP_PX);
  const step = scale / grid;
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  const share = 1 / (grid * grid);
  const rowLength = width * channels;
  const gray = channels === 1;

  for (let j = 0, out = 0; j < side; j++) {
    for (let i = 0; i < side; i++, out += CHANNELS_OUT) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let v = 0; v < grid; v++) {
        const down = (j * grid + v + 0.5) * step - region.size / 2;
        for (let u = 0; u < grid; u++) {
          const right = (i * grid + u + 0.5) * step - region.size / 2;
          // Half a pixel less: bilinear weights count from pixel centres.
          const x = region.x + right * cos - down * sin - 0.5;
          const y = region.y + right * sin + down * cos - 0.5;
          if (x <= -1 || y <= -1 || x >= width || y >= height) continue;
          const x0 = Math.floor(x);
          const y0 = Math.floor(y);
          const fx = x - x0;
          const fy = y - y0;
          // A neighbour outside the picture weighs nothing; its index is then of no matter.
          const left = x0 >= 0 ? 1 - fx : 0;
          const beside = x0 + 1 < width ? fx : 0;
          const above = y0 >= 0 ? 1 - fy : 0;
          const below = y0 + 1 < height ? fy : 0;
          const a = Math.max(y0, 0) * rowLength + Math.max(x0, 0) * channels;
          const b = beside > 0 && left > 0 ? a + channels : a;
          const lower = below > 0 && above > 0 ? rowLength : 0;
          const c = a + lower;
          const d = b + lower;
          const wa = left * above;
          const wb = beside * above;
          const wc = left * below;
          const wd = beside * below;
          red += wa * data[a]! + wb * data[b]! + wc * data[c]! + wd * data[d]!;
          if (gray) continue;
          green += wa * data[a + 1]! + wb * data[b + 1]! + wc * data[c + 1]! + wd * data[d + 1]!;
          blue += wa * data[a + 2]! + wb * data[b + 2]! + wc * data[c + 2]! + wd * data[d + 2]!;
        }
      }
      crop[out] = red * share + 0.5;
      crop[out + 1] = (gray ? red : green) * share + 0.5;
      crop[out + 2] = (gray ? red : blue) * share + 0.5;
    }
  }
  return crop;
}

/** Where a place of the crop (0-1 across and down, 0 = left and top edge) lies in the picture, px. */
export function pointFromCrop(region: BodyRegion, across: number, down: number): Point {
  const right = (across - 0.5) * region.size;
  const below = (down - 0.5) * region.size;
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  return { x: region.x + right * cos - below * sin, y: region.y + right * sin + below * cos };
}

/** Inverse of {@link pointFromCrop}: `x` and `y` of the answer are 0-1 across and down the crop. */
export function pointInCrop(region: BodyRegion, point: Point): Point {
  const dx = point.x - region.x;
  const dy = point.y - region.y;
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  return { x: (dx * cos + dy * sin) / region.size + 0.5, y: (dy * cos - dx * sin) / region.size + 0.5 };
}

/** The square that holds the whole picture, turned by `angle` (radians). */
export function wholePicture(picture: Picture, angle = 0): BodyRegion {
  return {
    x: picture.width / 2,
    y: picture.height / 2,
    size: Math.max(picture.width, picture.height),
    angle,
  };
}
