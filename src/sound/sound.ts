import type { Interval } from "../signal/intervals.ts";

/** Sound is looked at in pieces of so many seconds, on a grid that begins with the recording. */
export const FRAME_SECONDS = 0.1;
/** Sound is decoded to so many samples a second, one channel. */
export const SAMPLE_RATE = 16_000;

/** What was heard in each tenth of a second. Struct of arrays; NaN where nothing was recorded. */
export interface SoundFrames {
  /** Number of the first frame on the grid: it begins at `first * FRAME_SECONDS`. */
  readonly first: number;
  /** Energy of bands, dB below full scale: 100-300, 300-1000, 1000-4000 and 4000-7500 Hz. */
  readonly bands: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
  /** Energy of 100-7500 Hz, dB below full scale. */
  readonly level: Float32Array;
  /** Fundamental of the most periodic part, Hz; NaN where there is none. */
  readonly pitchHz: Float32Array;
  /** How periodic it is, 0-1: the normalised autocorrelation at that period. */
  readonly clarity: Float32Array;
}

/** What a stretch of sound is: louder than the room, or like an infant's cry. Never who or why. */
export type SoundKind = "loud" | "cry-like";

/** A stretch of sound that stands out of the room's own. Context only: no event of the infant's movement. */
export interface SoundStretch extends Interval {
  readonly kind: SoundKind;
  /** Highest level above the background, dB. */
  readonly above: number;
  /** Median fundamental of what is cry-like in it, Hz; NaN of a loud stretch. */
  readonly pitchHz: number;
}

/** The sound of a recording. */
export interface Sound {
  readonly frames: SoundFrames;
  /** Level of the room at each frame, dB below full scale; NaN where nothing was recorded. */
  readonly background: Float32Array;
  /** In order of time; a cry-like stretch usually lies in a loud one. */
  readonly stretches: readonly SoundStretch[];
}
