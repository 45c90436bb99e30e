import { ifKnown, least, most, type Rule, show } from "../rule.ts";

/** Several parts of the body move together for some seconds. */
export const largeMovement: Rule = {
  kind: "large-movement",
  origins: ["rhythm", "strokes", "body"],
  source:
    "large muscle group movement, 3-30 s in children, several parts: IRLSSG 2021 (not defined for infants)",
  conditions: (options) => [
    least("duration", options.largeDuration),
    least("bodyParts", options.largeParts),
    // A body that goes to and fro evenly, trunk and limbs alike, is shaken; it does not turn.
    ifKnown(most("trunkLead", options.tremorTrunk)),
  ],
  because: ({ features }) =>
    `Several parts of the body moved together for ${show(features.duration)} s, as in turning or stretching.`,
};
