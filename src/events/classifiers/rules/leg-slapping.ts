import { least, most, type Rule, show } from "../rule.ts";

/** A hand goes to a leg again and again. */
export const legSlapping: Rule = {
  kind: "leg-slapping",
  origins: ["arm"],
  source: "ours: strokes of an arm whose wrist is at a leg; the hand leads, the leg is shaken",
  conditions: (options) => [
    least("armStrokes", options.slapCount),
    most("handToLeg", options.slapDistance),
    least("armLead", options.slapLead),
  ],
  because: ({ features }) =>
    `A hand moved to a leg about ${features.armStrokes} times in ${show(features.duration)} s.`,
};
