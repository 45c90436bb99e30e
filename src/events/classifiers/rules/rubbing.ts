import { ifKnown, LEGS, least, most, type Rule, show } from "../rule.ts";

/** One foot goes to and fro along the other leg. */
export const rubbing: Rule = {
  kind: "rubbing",
  origins: LEGS,
  source: "ours: the foot stays at the other shank while the legs move slowly and repeatedly",
  conditions: (options) => [
    least("duration", options.rubbingShortest),
    least("strokes", options.rubbingStrokes),
    most("footToLeg", options.rubbingDistance),
    // What shakes fast at the other leg trembles there and does not rub.
    ifKnown(most("frequencyHz", options.slowTo)),
    ifKnown(most("bandUse", 1)),
    least("aliasHz", options.tremorTo),
  ],
  because: ({ features }) =>
    `One foot moved to and fro along the other leg, for ${show(features.duration)} s.`,
};
