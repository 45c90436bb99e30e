import { least, most, type Rule, show } from "../rule.ts";

/** Arms and legs thrown out at once. */
export const startle: Rule = {
  kind: "startle",
  origins: ["strokes", "body"],
  source: "Moro response: single, brief, symmetric, arms open and close; the limits are ours",
  conditions: (options) => [
    most("duration", options.startleDuration),
    least("bodyParts", options.startleParts),
    least("armShare", options.startleArms),
    least("peakSpeed", options.jerkSpeed),
  ],
  because: ({ features }) => `Arms and legs moved suddenly together, for ${show(features.duration)} s.`,
};
