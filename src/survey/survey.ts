import type { Repeats } from "./repeated-pictures.ts";

/** What the survey saw at each frame: the recording small and gray, every frame of it. */
export interface SurveyFrames {
  /** Seconds from the recording's start. */
  readonly time: Float64Array;
  /** Mean gray level, 0-255. */
  readonly brightness: Float32Array;
  /** Median over blocks of the mean absolute change to the frame before, gray levels: sensor and codec noise. */
  readonly noise: Float32Array;
  /** Mean of the eight most changed blocks above that noise, gray levels: motion energy. */
  readonly energy: Float32Array;
  /** Median over blocks of the signed change to the frame before, gray levels: the light, not the infant. */
  readonly lightShift: Float32Array;
  /** Share of blocks that changed far more than noise, 0-1. */
  readonly changedShare: Float32Array;
}

/** Where in the picture things moved: mean absolute change per block and bin, coded in one byte. */
export interface MotionMap {
  readonly columns: number;
  readonly rows: number;
  /** Side of a block, px of the survey picture. */
  readonly blockSize: number;
  /** Seconds. */
  readonly binDuration: number;
  readonly bins: number;
  /** `bins x rows x columns`, log-coded; see {@link decodeChange}. */
  readonly data: Uint8Array;
  /** `bins x rows x columns`: mean gray level of each block. What the picture looked like, very small. */
  readonly level: Uint8Array;
  /** Where each bin lies in `data` and `level`, -1: not kept. Without it every bin lies at its own number. */
  readonly rowOf?: Int32Array;
}

/** Change of each block in a bin, log-coded: a view of the map. */
export function changeAt(map: MotionMap, bin: number): Uint8Array {
  return viewOf(map, map.data, bin);
}

/** Mean gray level of each block in a bin: a view of the map. */
export function levelAt(map: MotionMap, bin: number): Uint8Array {
  return viewOf(map, map.level, bin);
}

function viewOf(map: MotionMap, values: Uint8Array, bin: number): Uint8Array {
  const row = map.rowOf ? (map.rowOf[bin] ?? -1) : bin;
  if (row < 0 || bin >= map.bins) throw new RangeError(`bin ${bin} of the motion map is not kept`);
  const blocks = map.columns * map.rows;
  return values.subarray(row * blocks, (row + 1) * blocks);
}

/** A part of the recording in which something moved, with pre- and post-roll. */
export interface ActiveSpan {
  /** Seconds, half open. */
  readonly onset: number;
  readonly duration: number;
  /** Highest motion score in it, in units of the recording's own noise. */
  readonly peakScore: number;
}

/** A sudden or creeping change of the whole picture: a lamp, the infrared switch, automatic gain. */
export interface LightChange {
  readonly onset: number;
  readonly duration: number;
  /** Gray levels, signed. */
  readonly shift: number;
  /** Whether it came from one frame to the next (a lamp, the infrared switch), or crept (automatic gain). */
  readonly isSudden: boolean;
}

/** A stretch in which the light of the whole picture goes up and down: mains light against the shutter. */
export interface Flicker {
  readonly onset: number;
  readonly duration: number;
  readonly frequencyHz: number;
  /** Median change from one turning point to the next, gray levels. */
  readonly depth: number;
}

/** The whole recording, looked at cheaply and kept for ever: every later analysis starts here. */
export interface Survey {
  readonly width: number;
  readonly height: number;
  readonly frames: SurveyFrames;
  /** Of the active spans; the bins of the rest are not kept. */
  readonly map: MotionMap;
  /** Usual change of each block of the map over the whole recording, gray levels. */
  readonly usual: Float32Array;
  /** Motion score per bin of the map, in units of the recording's own noise. */
  readonly score: Float32Array;
  readonly activeSpans: readonly ActiveSpan[];
  readonly lightChanges: readonly LightChange[];
  /** Pictures that were shown again instead of new ones. */
  readonly repeats: Repeats;
}

const CODE_SCALE = 23;
const CODE_GAIN = 8;

/** Codes a mean absolute change (gray levels, 0-255) in one byte, logarithmic: steps of 3 % or 0.004. */
export function encodeChange(grayLevels: number): number {
  return Math.min(255, Math.round(CODE_SCALE * Math.log2(1 + CODE_GAIN * grayLevels)));
}

/** The inverse of {@link encodeChange}, to within its step. */
export function decodeChange(code: number): number {
  return (2 ** (code / CODE_SCALE) - 1) / CODE_GAIN;
}
