import type { EventKind } from "../events/movement-event.ts";

/** What one hour of a recording can show, from what was measured in it. Missing is NaN. */
export interface ResolvableHour {
  /** Seconds, half open; the last hour may be short. */
  readonly onset: number;
  readonly duration: number;
  /** New pictures a second in the slowest ten minutes of it: repeats and gaps left out. */
  readonly frameRate: number;
  /** Fastest rhythm it can show, Hz: a share (0.4) of that rate. */
  readonly highestHz: number;
  /** Exposure of one picture, s: not known, taken as long as it can be, one frame interval. */
  readonly exposure: number;
  /** Share of a swing at {@link highestHz} that this exposure would leave, 0-1. */
  readonly blurKept: number;
  /** Speed that stillness seems to have, trunk lengths per second, and px per second as filmed. */
  readonly noiseSpeed: number;
  readonly noisePx: number;
  /** Seconds of stillness that was measured on in this hour; 0: the whole recording's figure, or assumed. */
  readonly noiseSeconds: number;
  /** Shoulders to hips, and knee to ankle, px as filmed. */
  readonly trunkPx: number;
  readonly shankPx: number;
  /** Frequency for which the smallest swing is told, Hz. */
  readonly atHz: number;
  /** Smallest swing (to one side) of a rhythm of that frequency: px as filmed, and shank lengths. */
  readonly smallestPx: number;
  readonly smallestShanks: number;
  /** Share of poses with both legs in view while something moved, 0-1; NaN when nothing did. */
  readonly legsSeen: number;
}

/** Whether a kind of movement can be judged in a recording. */
export type Judged = "yes" | "partly" | "no";

/** What can be said of one kind of movement, were it there. */
export interface Judgement {
  /** The movement in plain words, such as "Fast tremor-like rhythm (6 to 12 a second)". */
  readonly what: string;
  readonly kind: EventKind;
  readonly judged: Judged;
  /** Why not, or not all of it; absent when it can be judged. */
  readonly reason: string | undefined;
  /** Numbers of the hours (from 0) in which it cannot, or not all of it. */
  readonly hours: readonly number[];
}

/** The card "what this recording can show". */
export interface Resolvability {
  readonly hours: readonly ResolvableHour[];
  readonly kinds: readonly Judgement[];
}
