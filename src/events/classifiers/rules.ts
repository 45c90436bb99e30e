import type { EventOptions } from "../event-options.ts";
import type { Candidate, FeatureName } from "../features.ts";
import type { EventKind } from "../movement-event.ts";

/** One condition of a rule: a feature against a limit. A feature that was not measured fails it. */
export interface Condition {
  readonly feature: FeatureName;
  readonly comparison: "at least" | "at most";
  readonly limit: number;
  /** Asked only where the feature could be measured: without it the others decide. */
  readonly isOptional?: boolean;
}

/** All conditions must hold. */
export interface Rule {
  readonly kind: EventKind;
  /** Origins of candidates it applies to. */
  readonly origins: readonly Candidate["origin"][];
  readonly conditions: readonly Condition[];
}

const MOVED: readonly Candidate["origin"][] = ["rhythm", "strokes", "body", "unseen"];
const LEGS: readonly Candidate["origin"][] = ["rhythm", "strokes"];

/**
 * The rules in order: the first that holds names the kind. Sources of the limits stand with the options.
 *
 * Below 5 Hz frequency alone separates nothing: regularity (concentration, variation of the frequency),
 * amplitude, strokes and pauses decide between kicking, slow rhythm and tremor-like rhythm.
 */
export function heuristicRules(options: EventOptions): readonly Rule[] {
  const least = (feature: FeatureName, limit: number): Condition => ({
    feature,
    comparison: "at least",
    limit,
  });
  const most = (feature: FeatureName, limit: number): Condition => ({
    feature,
    comparison: "at most",
    limit,
  });
  const isRhythm = [
    least("concentration", options.rhythmConcentration),
    least("snrDb", options.rhythmSnr),
    most("frequencyVariation", options.frequencyVariation),
    most("bandUse", 1),
  ];
  return [
    { kind: "artefact", origins: MOVED, conditions: [least("cameraSpeed", options.cameraSpeed)] },
    {
      kind: "caregiver",
      origins: ["foreign", ...MOVED],
      conditions: [least("foreignPresence", options.presenceShare)],
    },
    { kind: "artefact", origins: MOVED, conditions: [least("foreignShare", options.foreignShare)] },
    {
      kind: "tremor-like",
      origins: ["rhythm"],
      conditions: [
        ...isRhythm,
        least("frequencyHz", options.tremorFrom),
        most("frequencyHz", options.tremorTo),
        least("cycles", options.rhythmCycles),
        most("amplitude", options.tremorAmplitude),
        most("secondDifferenceHz", options.witnessDifference),
      ],
    },
    {
      kind: "slow-rhythm",
      origins: ["rhythm"],
      conditions: [
        ...isRhythm,
        least("frequencyHz", options.slowFrom),
        most("frequencyHz", options.slowTo),
        least("cycles", options.slowCycles),
        { ...most("periodVariation", options.periodVariation), isOptional: true },
        least("aliasHz", options.tremorTo),
      ],
    },
    {
      kind: "large-movement",
      origins: ["rhythm", "strokes", "body"],
      conditions: [least("duration", options.largeDuration), least("bodyParts", options.largeParts)],
    },
    {
      kind: "kicking",
      origins: LEGS,
      conditions: [
        least("duration", options.boutShortest),
        least("strokes", options.boutStrokes),
        least("strokesPerSecond", options.boutRate),
        least("aliasHz", options.tremorTo),
        // Strokes of a rhythm too fast for this frame rate are made by the frame rate.
        { ...most("bandUse", 1), isOptional: true },
      ],
    },
    {
      kind: "startle",
      origins: ["strokes", "body"],
      conditions: [
        most("duration", options.jerkDuration),
        least("bodyParts", options.startleParts),
        least("armShare", 0.33),
        least("peakSpeed", options.jerkSpeed),
      ],
    },
    {
      kind: "jerk",
      origins: ["strokes"],
      conditions: [
        most("duration", options.jerkDuration),
        most("riseTime", options.jerkRise),
        least("peakSpeed", options.jerkSpeed),
      ],
    },
    {
      kind: "leg-movement",
      origins: ["strokes"],
      conditions: [
        least("duration", options.legMovementShortest),
        most("duration", options.legMovementLongest),
      ],
    },
  ];
}
