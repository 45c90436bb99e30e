import type { Frame } from "../frames/frame.ts";
import { GrowingColumns } from "../signal/growing.ts";
import { selectMedian } from "../signal/select.ts";
import {
  BLOCK_SIZE,
  type BlockChange,
  createBlockChange,
  measureChange,
  startChange,
} from "./block-change.ts";
import { encodeChange, type MotionMap, type SurveyFrames } from "./survey.ts";

const TOP_BLOCKS = 8;
/** A frame whose picture shifted by this much (gray levels, median of blocks) shows a change of light. */
export const LIGHT_SHIFT = 2;

/** What one pass of the survey collects: a part of a recording, mergeable with the next part. */
export interface SurveyPart {
  readonly width: number;
  readonly height: number;
  readonly frames: SurveyFrames;
  readonly map: MotionMap;
  /** Number of the first bin, counted from the recording's start. */
  readonly firstBin: number;
  /** Per bin: frames whose change it holds, and frames whose level. Weights for merging a bin cut in two. */
  readonly changeFrames: Uint16Array;
  readonly levelFrames: Uint16Array;
}

/** Collects the survey of consecutive frames. State with a lifetime: one per pass. */
export class Surveyor {
  readonly #width: number;
  readonly #height: number;
  readonly #binDuration: number;
  readonly #change: BlockChange;
  readonly #scratch: Float32Array;
  readonly #binSum: Float64Array;
  readonly #rows = new GrowingColumns([
    "time",
    "brightness",
    "noise",
    "energy",
    "lightShift",
    "changedShare",
  ]);
  readonly #bins: Uint8Array[] = [];
  readonly #levelSum: Uint32Array;
  readonly #levels: Uint8Array[] = [];
  readonly #counts: { readonly change: number; readonly level: number }[] = [];
  #levelFrames = 0;
  readonly #top: Float32Array = new Float32Array(TOP_BLOCKS);
  #firstBin = -1;
  #bin = -1;
  #binFrames = 0;
  #usualNoise = NaN;
  #hasPrevious = false;

  readonly #ownFrom: number;

  /**
   * @param binDuration seconds of a bin of the motion map.
   * @param ownFrom frames before this moment only start the comparison: they belong to the part before.
   */
  constructor(width: number, height: number, binDuration: number, ownFrom = 0) {
    this.#ownFrom = ownFrom;
    this.#width = width;
    this.#height = height;
    this.#binDuration = binDuration;
    this.#change = createBlockChange(width, height);
    this.#scratch = new Float32Array(this.#change.columns * this.#change.rows);
    this.#binSum = new Float64Array(this.#change.columns * this.#change.rows);
    this.#levelSum = new Uint32Array(this.#change.columns * this.#change.rows);
  }

  /**
   * Takes the next frame (gray, of the size given). The first one only starts the comparison and leaves
   * a row with no change.
   *
   * @param isKeyFrame the change into a key frame is mostly the codec's: it counts for the light only.
   */
  add(frame: Frame, isKeyFrame: boolean): void {
    const change = this.#change;
    if (!this.#hasPrevious) startChange(change, frame.data);
    if (frame.time < this.#ownFrom - 1e-6) {
      if (this.#hasPrevious) measureChange(change, frame.data);
      this.#hasPrevious = true;
      return;
    }
    const bin = Math.floor(frame.time / this.#binDuration + 1e-9);
    if (this.#bin === -1) this.#firstBin = this.#bin = bin;
    while (this.#bin < bin) this.#closeBin();
    if (this.#hasPrevious) measureChange(change, frame.data);
    const own = this.#median(change.absolute);
    const lightShift = this.#median(change.signed);
    // Before anything is usual, as in the first frame of a part, a frame's own noise stands for it.
    const usual = Number.isNaN(this.#usualNoise) ? own : this.#usualNoise;
    const changedShare = this.#shareAbove(3 * usual + 1);
    let noise = NaN;
    let energy = NaN;
    if (this.#hasPrevious && !isKeyFrame) {
      noise = own;
      const isLight = Math.abs(lightShift) > LIGHT_SHIFT;
      if (Number.isNaN(this.#usualNoise)) this.#usualNoise = noise;
      if (!isLight && changedShare < 0.5) this.#usualNoise += 0.02 * (noise - this.#usualNoise);
      energy = this.#accumulate(isLight) - noise;
      this.#binFrames++;
    }
    const levelSum = this.#levelSum;
    for (let b = 0; b < levelSum.length; b++) levelSum[b]! += change.sum[b]!;
    this.#levelFrames++;
    this.#rows.add(frame.time, change.brightness, noise, energy, lightShift, changedShare);
    this.#hasPrevious = true;
  }

  /** Ends the pass. Frames without a change of their own are NaN in `noise` and `energy`: see `mergeParts`. */
  finish(): SurveyPart {
    if (this.#bin !== -1) this.#closeBin();
    const { columns, rows } = this.#change;
    const stack = (bins: readonly Uint8Array[]) => {
      const data = new Uint8Array(bins.length * columns * rows);
      for (const [i, bin] of bins.entries()) data.set(bin, i * columns * rows);
      return data;
    };
    return {
      width: this.#width,
      height: this.#height,
      firstBin: Math.max(0, this.#firstBin),
      changeFrames: Uint16Array.from(this.#counts, ({ change }) => change),
      levelFrames: Uint16Array.from(this.#counts, ({ level }) => level),
      frames: {
        time: this.#rows.read("time"),
        brightness: Float32Array.from(this.#rows.read("brightness")),
        noise: Float32Array.from(this.#rows.read("noise")),
        energy: Float32Array.from(this.#rows.read("energy")),
        lightShift: Float32Array.from(this.#rows.read("lightShift")),
        changedShare: Float32Array.from(this.#rows.read("changedShare")),
      },
      map: {
        columns,
        rows,
        blockSize: BLOCK_SIZE,
        binDuration: this.#binDuration,
        bins: this.#bins.length,
        data: stack(this.#bins),
        level: stack(this.#levels),
      },
    };
  }

  #accumulate(isLight: boolean): number {
    const { absolute, signed } = this.#change;
    const top = this.#top.fill(0);
    const binSum = this.#binSum;
    for (let b = 0; b < absolute.length; b++) {
      // When the light changes, what all of a block has in common is light; the rest may be motion.
      const value = isLight ? Math.max(0, absolute[b]! - Math.abs(signed[b]!)) : absolute[b]!;
      binSum[b]! += value;
      if (value > top[0]!) insert(top, value);
    }
    let sum = 0;
    for (let k = 0; k < TOP_BLOCKS; k++) sum += top[k]!;
    return sum / TOP_BLOCKS;
  }

  #median(values: Float32Array): number {
    this.#scratch.set(values);
    return selectMedian(this.#scratch);
  }

  #shareAbove(limit: number): number {
    let count = 0;
    const { absolute } = this.#change;
    for (let b = 0; b < absolute.length; b++) if (absolute[b]! > limit) count++;
    return count / absolute.length;
  }

  #closeBin(): void {
    const count = this.#binFrames;
    const shown = this.#levelFrames;
    const bin = new Uint8Array(this.#binSum.length);
    // A bin without frames (a gap, or a rate below two a second) is coded as no change...
    if (count > 0) for (let b = 0; b < bin.length; b++) bin[b] = encodeChange(this.#binSum[b]! / count);
    this.#bins.push(bin);
    // ...and shows what was seen last.
    let level = this.#levels.at(-1) ?? new Uint8Array(bin.length);
    if (shown > 0) {
      level = new Uint8Array(bin.length);
      const { pixels } = this.#change;
      for (let b = 0; b < bin.length; b++) level[b] = Math.round(this.#levelSum[b]! / (shown * pixels[b]!));
    }
    this.#levels.push(level);
    this.#counts.push({ change: count, level: shown });
    this.#binSum.fill(0);
    this.#levelSum.fill(0);
    this.#levelFrames = 0;
    this.#binFrames = 0;
    this.#bin++;
  }
}

function insert(sorted: Float32Array, value: number): void {
  let i = 0;
  while (i + 1 < sorted.length && sorted[i + 1]! < value) {
    sorted[i] = sorted[i + 1]!;
    i++;
  }
  sorted[i] = value;
}
