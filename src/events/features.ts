import type { Interval } from "../signal/intervals.ts";
import type { Witness } from "./evidence.ts";
import type { EventLimb } from "./movement-event.ts";

/**
 * The features a candidate is judged by. NaN: not measured here (no rhythm, pose saw nothing), which fails
 * every condition that asks for it.
 */
export interface Features {
  readonly duration: number;
  /** Frames per second in this span. */
  readonly frameRate: number;
  readonly peakSpeed: number;
  readonly riseTime: number;
  readonly strokes: number;
  readonly strokesPerSecond: number;
  /** Coefficient of variation of the intervals between strokes. */
  readonly strokeVariation: number;
  readonly frequencyHz: number;
  /** Frequency over the highest one this frame rate can show (0.4 x frame rate). */
  readonly bandUse: number;
  readonly concentration: number;
  readonly snrDb: number;
  readonly cycles: number;
  /** Coefficient of variation of single cycles' periods; NaN where too few frames draw a cycle. */
  readonly periodVariation: number;
  /** Unevenness of to and fro, 0-1; NaN likewise. */
  readonly asymmetry: number;
  /** Speed of the rhythm as a share of the fastest leg's mean speed meanwhile. */
  readonly rhythmShare: number;
  readonly frequencyVariation: number;
  readonly amplitudeVariation: number;
  readonly amplitude: number;
  /** Difference between the frequencies of both flow measures, Hz. */
  readonly secondDifferenceHz: number;
  /** Lowest true frequency above the band that this frame rate would show as the measured one, Hz. */
  readonly aliasHz: number;
  /** Active limbs' share of the event, 0-1. */
  readonly leftLegShare: number;
  readonly rightLegShare: number;
  readonly armShare: number;
  readonly headShare: number;
  readonly trunkShare: number;
  /** Number of body parts active for a third of the event or more (legs, arms, head, trunk: 0-6). */
  readonly bodyParts: number;
  readonly foreignShare: number;
  readonly foreignPresence: number;
  readonly cameraSpeed: number;
  readonly legCoverage: number;
  /** Greater range of either knee's angle, degrees. */
  readonly kneeRange: number;
  /** Greater path of either ankle between extremes, trunk lengths. */
  readonly ankleExcursion: number;
  readonly trunkTurn: number;
  readonly trunkShift: number;
}

export type FeatureName = keyof Features;

/** Unit and witness of every feature, for evidence and documentation. */
export const FEATURE_INFO: Readonly<
  Record<FeatureName, { readonly unit: string; readonly witness: Witness }>
> = {
  duration: { unit: "s", witness: "flow" },
  frameRate: { unit: "frames/s", witness: "clock" },
  peakSpeed: { unit: "trunk lengths/s", witness: "flow" },
  riseTime: { unit: "s", witness: "flow" },
  strokes: { unit: "strokes", witness: "flow" },
  strokesPerSecond: { unit: "1/s", witness: "flow" },
  strokeVariation: { unit: "ratio", witness: "flow" },
  frequencyHz: { unit: "Hz", witness: "flow" },
  bandUse: { unit: "ratio", witness: "clock" },
  concentration: { unit: "ratio", witness: "flow" },
  snrDb: { unit: "dB", witness: "flow" },
  periodVariation: { unit: "ratio", witness: "flow" },
  asymmetry: { unit: "ratio", witness: "flow" },
  rhythmShare: { unit: "ratio", witness: "flow" },
  cycles: { unit: "cycles", witness: "flow" },
  frequencyVariation: { unit: "ratio", witness: "flow" },
  amplitudeVariation: { unit: "ratio", witness: "flow" },
  amplitude: { unit: "trunk lengths", witness: "flow" },
  secondDifferenceHz: { unit: "Hz", witness: "flow" },
  aliasHz: { unit: "Hz", witness: "clock" },
  leftLegShare: { unit: "ratio", witness: "flow" },
  rightLegShare: { unit: "ratio", witness: "flow" },
  armShare: { unit: "ratio", witness: "flow" },
  headShare: { unit: "ratio", witness: "flow" },
  trunkShare: { unit: "ratio", witness: "flow" },
  bodyParts: { unit: "parts", witness: "flow" },
  foreignShare: { unit: "ratio", witness: "survey" },
  foreignPresence: { unit: "ratio", witness: "survey" },
  cameraSpeed: { unit: "px/s", witness: "flow" },
  legCoverage: { unit: "ratio", witness: "pose" },
  kneeRange: { unit: "degrees", witness: "pose" },
  ankleExcursion: { unit: "trunk lengths", witness: "pose" },
  trunkTurn: { unit: "degrees", witness: "pose" },
  trunkShift: { unit: "trunk lengths", witness: "pose" },
};

/** Something that moved, before it has a kind. */
export interface Candidate extends Interval {
  /** What found it. */
  readonly origin: "rhythm" | "strokes" | "body" | "foreign" | "light" | "camera" | "unseen";
  readonly limb: EventLimb;
  readonly features: Features;
}
