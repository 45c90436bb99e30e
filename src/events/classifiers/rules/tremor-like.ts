import { placeWords } from "../rhythm-place.ts";
import { ifKnown, isRhythm, LIMB_SUBJECTS, least, most, type Rule, show } from "../rule.ts";

/** A small, fast, even rhythm that both measures of flow show. Frequency alone would decide nothing below 5 Hz. */
export const tremorLike: Rule = {
  kind: "tremor-like",
  origins: ["rhythm"],
  source:
    "small even excursion about a fixed axis; 3-12 Hz is clinical tradition, not measured in infants; evenness and the second witness are ours",
  conditions: (options) => [
    ...isRhythm(options),
    least("frequencyHz", options.tremorFrom),
    most("frequencyHz", options.tremorTo),
    least("cycles", options.rhythmCycles),
    most("amplitude", options.tremorAmplitude),
    ifKnown(most("trunkLead", options.tremorTrunk)),
    { ...most("secondDifferenceHz", options.witnessDifference), isWitness: true },
  ],
  because: ({ limb, features }, detail) =>
    `${LIMB_SUBJECTS[limb]} moved to and fro evenly${placeWords(detail)}, ${show(features.frequencyHz)} times a second for ${show(features.duration)} s, by small amounts.`,
};
