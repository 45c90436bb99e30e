import { placeWords } from "../rhythm-place.ts";
import { ifKnown, isRhythm, LIMB_SUBJECTS, least, most, type Rule, show } from "../rule.ts";

/** A slow even rhythm, as in rocking, rolling or banging. */
export const slowRhythm: Rule = {
  kind: "slow-rhythm",
  origins: ["rhythm"],
  source: "rhythmic movement, 0.5-2 Hz, four movements or more (AASM), with a margin for the estimate",
  conditions: (options) => [
    ...isRhythm(options),
    least("frequencyHz", options.slowFrom),
    most("frequencyHz", options.slowTo),
    least("cycles", options.slowCycles),
    ifKnown(most("periodVariation", options.periodVariation)),
    least("aliasHz", options.tremorTo),
  ],
  because: ({ limb, features }, detail) =>
    `${LIMB_SUBJECTS[limb]} moved in a slow even rhythm${placeWords(detail)}, ${show(features.frequencyHz)} times a second for ${show(features.duration)} s.`,
};
