import type { EventOptions } from "../../event-options.ts";
import type { FeatureName } from "../../features.ts";
import { least, type Rule, show } from "../rule.ts";

/** The infant lies otherwise afterwards than before. */
function changed(
  feature: FeatureName,
  detail: "turn" | "shift",
  limit: (options: EventOptions) => number,
): Rule {
  return {
    kind: "position-change",
    origins: ["strokes", "body", "rhythm"],
    source: "ours; poses of 1.5 s before and after: a turn that is taken back is a large movement",
    conditions: (options) => [
      least("duration", options.positionShortest),
      least("bodyParts", 3),
      least(feature, limit(options)),
    ],
    detail: () => detail,
    because: ({ features }) =>
      detail === "turn"
        ? `The body turned and lay otherwise afterwards; it took ${show(features.duration)} s.`
        : `The body moved to another place; it took ${show(features.duration)} s.`,
  };
}

export const turned = changed("trunkTurn", "turn", (options) => options.positionTurn);
export const rolled = changed("trunkRoll", "turn", (options) => options.positionRoll);
export const shifted = changed("trunkShift", "shift", (options) => options.positionShift);
