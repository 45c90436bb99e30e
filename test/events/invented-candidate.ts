import { type Candidate, FEATURE_INFO, type FeatureName, type Features } from "../../src/events/features.ts";
import type { EventKind } from "../../src/events/movement-event.ts";

export const FEATURE_NAMES = Object.keys(FEATURE_INFO) as FeatureName[];

/** Features of something of which nothing was measured. */
export const NOTHING_MEASURED = Object.fromEntries(
  FEATURE_NAMES.map((name) => [name, NaN]),
) as unknown as Features;

/** One leg that moved for a while, seen well, with nobody else in the picture. */
const LEG: Features = {
  ...NOTHING_MEASURED,
  ...{
    duration: 5,
    frameRate: 25,
    peakSpeed: 1,
    riseTime: 0.1,
    strokes: 1,
    strokesPerSecond: 0.2,
    strokeVariation: NaN,
  },
  ...{
    leftLegShare: 1,
    rightLegShare: 0,
    legBalance: 0,
    leftStrokes: 1,
    rightStrokes: 0,
    armShare: 0,
    headShare: 0,
    trunkShare: 0,
    bodyParts: 1,
    aliasHz: 99,
  },
  ...{ foreignShare: 0, foreignPresence: 0, cameraSpeed: 0.5, legCoverage: 1 },
  ...{ kneeRange: 40, ankleExcursion: 0.5, trunkTurn: 1, trunkShift: 0.01 },
};

/** An even rhythm of that leg. */
const RHYTHM: Features = {
  ...LEG,
  ...{
    concentration: 0.9,
    snrDb: 30,
    frequencyVariation: 0.02,
    amplitudeVariation: 0.1,
    periodVariation: 0.05,
  },
  ...{
    asymmetry: 0.05,
    rhythmShare: 1.5,
    secondDifferenceHz: 0.02,
    frequencyHz: 6,
    bandUse: 0.6,
    cycles: 30,
  },
  ...{ amplitude: 0.02, aliasHz: 19, kneeRange: 4, ankleExcursion: 0.1 },
};

export function inventCandidate(origin: Candidate["origin"], features: Partial<Features>): Candidate {
  const all = { ...(origin === "rhythm" ? RHYTHM : LEG), ...features };
  return { onset: 100, duration: all.duration, origin, limb: "left leg", features: all };
}

/** Changes of light and clusters are not made of single candidates. */
type NotOfCandidates = "light-change" | "jerk-cluster" | "flexion-cluster";

/** A plain case of every kind that a classifier may give. */
export const PLAIN_CASES: Readonly<Record<Exclude<EventKind, NotOfCandidates>, Candidate>> = {
  "leg-movement": inventCandidate("strokes", { duration: 3, riseTime: 1 }),
  kicking: inventCandidate("strokes", {
    duration: 9,
    strokes: 10,
    strokesPerSecond: 1.1,
    strokeVariation: 0.5,
  }),
  "tremor-like": inventCandidate("rhythm", {}),
  "slow-rhythm": inventCandidate("rhythm", {
    ...{ frequencyHz: 1, bandUse: 0.1, amplitude: 0.2, cycles: 8, aliasHz: 99, duration: 8, strokes: 2 },
    ...{ kneeRange: 30, ankleExcursion: 0.4 },
  }),
  jerk: inventCandidate("strokes", { duration: 0.4 }),
  startle: inventCandidate("strokes", { duration: 0.7, bodyParts: 4, armShare: 0.9, rightLegShare: 0.9 }),
  rubbing: inventCandidate("strokes", {
    ...{ duration: 6, strokes: 6, strokesPerSecond: 1, strokeVariation: 0.3, footToLeg: 0.12 },
  }),
  "leg-slapping": inventCandidate("arm", {
    ...{ duration: 4, armStrokes: 5, armPeakSpeed: 2, armLead: 3, handToLeg: 0.1, armShare: 1 },
  }),
  stretch: inventCandidate("body", {
    ...{ duration: 4, bodyParts: 5, kneeStretch: 45, strokes: 1, strokesPerSecond: 0.25, headBack: 0.02 },
  }),
  "position-change": inventCandidate("strokes", {
    ...{ duration: 5, bodyParts: 5, trunkTurn: 40, strokes: 4, strokesPerSecond: 0.8 },
  }),
  "large-movement": inventCandidate("body", { duration: 8, bodyParts: 5, armShare: 0.8, trunkShare: 0.8 }),
  caregiver: inventCandidate("foreign", { foreignPresence: 0.06 }),
  artefact: inventCandidate("strokes", { cameraSpeed: 90 }),
  indeterminate: inventCandidate("unseen", { legCoverage: 0 }),
};
