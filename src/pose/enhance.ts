import type { Picture } from "../frames/frame.ts";

/** Options of {@link stretchContrast}. */
export interface ContrastOptions {
  /** Share of the darkest samples that may become black. 0-1, default 0.01. */
  readonly darkShare: number;
  /** Share of samples at or below the level that becomes white. 0-1, default 0.99. */
  readonly brightShare: number;
}

/** Source: measured on gray, dimmed and noisy pictures of infants, see docs/decisions/002-pose-runtime.md. */
export const CONTRAST_DEFAULTS: ContrastOptions = { darkShare: 0.01, brightShare: 0.99 };

const LEVELS = 256;

/**
 * Running mean of pictures of one size, gray or RGB: the state between {@link PictureMean.add} and
 * {@link PictureMean.read}.
 *
 * The mean of n frames has sensor noise smaller by the root of n. A limb that moves meanwhile blurs, so the mean should
 * span no more than a third of a second or so.
 */
export class PictureMean {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  // Signed: additions stay whole numbers of the processor's, which unsigned ones do not in JavaScript.
  readonly #sums: Int32Array;
  #count = 0;

  constructor(width: number, height: number, channels: 1 | 3 = 1) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.#sums = new Int32Array(width * height * channels);
  }

  /** Pictures added since the start or the last {@link reset}. */
  get count(): number {
    return this.#count;
  }

  /** Adds a picture; its data is copied. Throws `RangeError` when it has another size. */
  add(picture: Picture): void {
    if (
      picture.width !== this.width ||
      picture.height !== this.height ||
      picture.channels !== this.channels
    ) {
      throw new RangeError(
        `a picture of ${picture.width}x${picture.height}x${picture.channels} does not fit a mean of ${this.width}x${this.height}x${this.channels}`,
      );
    }
    const { data } = picture;
    const sums = this.#sums;
    for (let i = 0; i < sums.length; i++) sums[i]! += data[i]!;
    this.#count++;
  }

  /** The mean so far, rounded. Throws `RangeError` when nothing was added. */
  read(): Picture {
    if (this.#count === 0) throw new RangeError("the mean of no pictures");
    const sums = this.#sums;
    const data = new Uint8Array(sums.length);
    const count = this.#count;
    const half = count / 2;
    for (let i = 0; i < data.length; i++) data[i] = (sums[i]! + half) / count;
    return { width: this.width, height: this.height, channels: this.channels, data };
  }

  /** Forgets everything added. */
  reset(): void {
    this.#sums.fill(0);
    this.#count = 0;
  }
}

/**
 * Spreads the levels of a picture over the whole range, so that a dim infrared picture looks to a model like a lit one.
 *
 * In: a picture of any size. Out: a new one in which the level below which `darkShare` of all samples lie is 0, the
 * level at `brightShare` is 255, linear between, clipped outside. All channels share the two levels, so hues keep.
 * A picture of a single level is returned as it is.
 *
 * *Source:* percentile stretch, measured to bring back 10-15 points of leg keypoints on dimmed pictures of infants;
 * see docs/decisions/002-pose-runtime.md.
 */
export function stretchContrast(picture: Picture, options: ContrastOptions = CONTRAST_DEFAULTS): Picture {
  const { data } = picture;
  const histogram = new Int32Array(LEVELS);
  for (let i = 0; i < data.length; i++) histogram[data[i]!]!++;
  const dark = levelAtShare(histogram, data.length, options.darkShare);
  const bright = levelAtShare(histogram, data.length, options.brightShare);
  if (bright <= dark) return picture;
  const table = Uint8Array.from({ length: LEVELS }, (_, level) =>
    Math.round(Math.min(1, Math.max(0, (level - dark) / (bright - dark))) * (LEVELS - 1)),
  );
  const stretched = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) stretched[i] = table[data[i]!]!;
  return { ...picture, data: stretched };
}

/** The lowest level with at least `share` of all samples at or below it. */
function levelAtShare(histogram: Int32Array, total: number, share: number): number {
  let below = 0;
  for (let level = 0; level < LEVELS; level++) {
    below += histogram[level]!;
    if (below >= share * total) return level;
  }
  return LEVELS - 1;
}
