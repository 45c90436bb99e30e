import { LIMB_SUBJECTS, least, most, type Rule, show } from "../rule.ts";

/** A single fast movement with a sudden start. */
export const jerk: Rule = {
  kind: "jerk",
  origins: ["strokes"],
  source: "a single fast event; the limits are ours",
  conditions: (options) => [
    most("duration", options.jerkDuration),
    most("riseTime", options.jerkRise),
    least("peakSpeed", options.jerkSpeed),
  ],
  because: ({ limb, features }) => `${LIMB_SUBJECTS[limb]} jerked once, for ${show(features.duration)} s.`,
};
