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
  /** Strokes of each leg by itself. */
  readonly leftStrokes: number;
  readonly rightStrokes: number;
  /** Share of strokes that both legs do at once, and of those followed by one of the other leg. */
  readonly togetherShare: number;
  readonly alternationShare: number;
  /** Strokes of the busier arm, its highest speed, and that speed over the legs'. */
  readonly armStrokes: number;
  readonly armPeakSpeed: number;
  readonly armLead: number;
  /** Mean activity of the slower leg over that of the faster one, 0-1. */
  readonly legBalance: number;
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
  /** Amplitude over the length of the same leg's shank as pose saw it. */
  readonly amplitudeShanks: number;
  /** Swing of single segments of the leg at the rhythm, trunk lengths. */
  readonly thighSwing: number;
  readonly shankSwing: number;
  readonly footSwing: number;
  /** Swing of the trunk at the rhythm over the rhythm's amplitude: near 1, the whole body is carried along. */
  readonly trunkLead: number;
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
  /** Share of the picture that moves off the body, and how fast its middle wanders, picture widths a second. */
  readonly awayArea: number;
  readonly awayTravel: number;
  /** Share of the movement's energy just after key frames. */
  readonly pulseShare: number;
  /** While a carer is there: share of windows with a rhythm, its frequency, and the body's swing. */
  readonly carerRhythmShare: number;
  readonly carerHz: number;
  readonly carerBodySwing: number;
  readonly foreignPresence: number;
  readonly cameraSpeed: number;
  readonly legCoverage: number;
  /** Greater range of either knee's angle, degrees. */
  readonly kneeRange: number;
  /** Greater path of either ankle between extremes, trunk lengths. */
  readonly ankleExcursion: number;
  readonly trunkTurn: number;
  readonly trunkShift: number;
  /** Change in the width of shoulders and hips, as a share. */
  readonly trunkRoll: number;
  /** How far the knees straighten against before, degrees, the mean of both. */
  readonly kneeStretch: number;
  /** How far the head goes from where it was along the trunk, trunk lengths. */
  readonly headBack: number;
  /** How far the ankles come towards the hips, trunk lengths. */
  readonly legDraw: number;
  /** Usual distance of the nearer foot from the other leg, and of the nearest hand from a leg. */
  readonly footToLeg: number;
  readonly handToLeg: number;
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
  leftStrokes: { unit: "strokes", witness: "flow" },
  rightStrokes: { unit: "strokes", witness: "flow" },
  togetherShare: { unit: "ratio", witness: "flow" },
  alternationShare: { unit: "ratio", witness: "flow" },
  armStrokes: { unit: "strokes", witness: "flow" },
  armPeakSpeed: { unit: "trunk lengths/s", witness: "flow" },
  armLead: { unit: "ratio", witness: "flow" },
  legBalance: { unit: "ratio", witness: "flow" },
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
  amplitudeShanks: { unit: "shank lengths", witness: "pose" },
  thighSwing: { unit: "trunk lengths", witness: "flow" },
  shankSwing: { unit: "trunk lengths", witness: "flow" },
  footSwing: { unit: "trunk lengths", witness: "flow" },
  trunkLead: { unit: "ratio", witness: "flow" },
  secondDifferenceHz: { unit: "Hz", witness: "flow" },
  aliasHz: { unit: "Hz", witness: "clock" },
  leftLegShare: { unit: "ratio", witness: "flow" },
  rightLegShare: { unit: "ratio", witness: "flow" },
  armShare: { unit: "ratio", witness: "flow" },
  headShare: { unit: "ratio", witness: "flow" },
  trunkShare: { unit: "ratio", witness: "flow" },
  bodyParts: { unit: "parts", witness: "flow" },
  foreignShare: { unit: "ratio", witness: "survey" },
  awayArea: { unit: "ratio", witness: "survey" },
  awayTravel: { unit: "picture widths/s", witness: "survey" },
  pulseShare: { unit: "ratio", witness: "clock" },
  carerRhythmShare: { unit: "ratio", witness: "flow" },
  carerHz: { unit: "Hz", witness: "flow" },
  carerBodySwing: { unit: "trunk lengths", witness: "flow" },
  foreignPresence: { unit: "ratio", witness: "survey" },
  cameraSpeed: { unit: "px/s", witness: "flow" },
  legCoverage: { unit: "ratio", witness: "pose" },
  kneeRange: { unit: "degrees", witness: "pose" },
  ankleExcursion: { unit: "trunk lengths", witness: "pose" },
  trunkTurn: { unit: "degrees", witness: "pose" },
  trunkShift: { unit: "trunk lengths", witness: "pose" },
  trunkRoll: { unit: "ratio", witness: "pose" },
  kneeStretch: { unit: "degrees", witness: "pose" },
  headBack: { unit: "trunk lengths", witness: "pose" },
  legDraw: { unit: "trunk lengths", witness: "pose" },
  footToLeg: { unit: "trunk lengths", witness: "pose" },
  handToLeg: { unit: "trunk lengths", witness: "pose" },
};

/**
 * What finds candidates: a rhythm, strokes of the legs, an arm at the legs, the body without legs, a carer,
 * the camera, motion off the infant, motion where the legs are not seen. "light" is kept for classifiers of
 * other makers.
 */
export type Origin =
  | "rhythm"
  | "strokes"
  | "arm"
  | "body"
  | "foreign"
  | "light"
  | "camera"
  | "away"
  | "unseen";

/** Something that moved, before it has a kind. */
export interface Candidate extends Interval {
  /** What found it. */
  readonly origin: Origin;
  readonly limb: EventLimb;
  readonly features: Features;
}
