import type { Picture } from "../frames/frame.ts";
import type { BodyRegion } from "./pose-estimator.ts";

/** A place in a picture or crop, px; pixel (i, j) covers [i, i + 1) x [j, j + 1). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Above this many picture px per crop px, one bilinear sample would skip pixels; several are averaged instead. */
const LARGEST_STEP_PX = 2;
/** Samples averaged for a crop px, each way, at most: a region many times the picture would take minutes. */
const MOST_SAMPLES = 32;
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
  const { x, y, size, angle } = region;
  return cropRectangle(picture, { x, y, width: size, height: size, angle }, side, side);
}

/** A part of a picture, turned as a {@link BodyRegion} is, that need not be a square. */
export interface TurnedRectangle {
  /** Centre, px of the picture. */
  readonly x: number;
  readonly y: number;
  /** Sides along its own axes, px of the picture. */
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** As {@link cropRegion}, from a rectangle into `width * height * 3` bytes. */
export function cropRectangle(
  picture: Picture,
  from: TurnedRectangle,
  width: number,
  height: number,
): Uint8Array {
  if (!(from.width > 0 && from.height > 0) || !Object.values(from).every(Number.isFinite)) {
    throw new RangeError("a region needs finite numbers and a size above 0");
  }
  const { channels, data, width: pictureWidth, height: pictureHeight } = picture;
  const crop = new Uint8Array(width * height * CHANNELS_OUT);
  const gridAcross = Math.min(MOST_SAMPLES, Math.ceil(from.width / width / LARGEST_STEP_PX));
  const gridDown = Math.min(MOST_SAMPLES, Math.ceil(from.height / height / LARGEST_STEP_PX));
  const stepAcross = from.width / width / gridAcross;
  const stepDown = from.height / height / gridDown;
  const cos = Math.cos(from.angle);
  const sin = Math.sin(from.angle);
  const share = 1 / (gridAcross * gridDown);
  const rowLength = pictureWidth * channels;
  const gray = channels === 1;

  for (let j = 0, out = 0; j < height; j++) {
    for (let i = 0; i < width; i++, out += CHANNELS_OUT) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let v = 0; v < gridDown; v++) {
        const down = (j * gridDown + v + 0.5) * stepDown - from.height / 2;
        for (let u = 0; u < gridAcross; u++) {
          const right = (i * gridAcross + u + 0.5) * stepAcross - from.width / 2;
          // Half a pixel less: bilinear weights count from pixel centres.
          const x = from.x + right * cos - down * sin - 0.5;
          const y = from.y + right * sin + down * cos - 0.5;
          if (x <= -1 || y <= -1 || x >= pictureWidth || y >= pictureHeight) continue;
          const x0 = Math.floor(x);
          const y0 = Math.floor(y);
          const fx = x - x0;
          const fy = y - y0;
          // A neighbour outside the picture weighs nothing; its index is then of no matter.
          const left = x0 >= 0 ? 1 - fx : 0;
          const beside = x0 + 1 < pictureWidth ? fx : 0;
          const above = y0 >= 0 ? 1 - fy : 0;
          const below = y0 + 1 < pictureHeight ? fy : 0;
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
