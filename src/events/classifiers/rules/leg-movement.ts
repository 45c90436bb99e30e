import { ifKnown, LIMB_SUBJECTS, least, most, type Rule, show } from "../rule.ts";

const shared = {
  kind: "leg-movement",
  origins: ["strokes"],
  source:
    "candidate leg movements of WASM 2016 (Ferri et al., Sleep Med 26:86), adult and by electromyogram; here seen by video",
} as const;

/** One leg moved once: 0.5-10 s. */
export const oneLegMoved: Rule = {
  ...shared,
  conditions: (options) => [
    least("duration", options.legMovementShortest),
    ifKnown(most("bandUse", 1)),
    most("duration", options.legMovementLongest),
    most("legBalance", options.bilateralBalance),
  ],
  detail: () => "unilateral",
  because: ({ limb, features }) => `${LIMB_SUBJECTS[limb]} moved once, for ${show(features.duration)} s.`,
};

/** Both legs moved once: 0.5-15 s. */
export const bothLegsMoved: Rule = {
  ...shared,
  conditions: (options) => [
    least("duration", options.legMovementShortest),
    ifKnown(most("bandUse", 1)),
    most("duration", options.bothLegsLongest),
    least("legBalance", options.bilateralBalance),
  ],
  detail: () => "bilateral",
  because: ({ features }) => `Both legs moved once, for ${show(features.duration)} s.`,
};
