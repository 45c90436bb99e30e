import { least, most, type Rule, show } from "../rule.ts";

/** Both legs straighten and are held so, or the back arches with the head. */
export const stretch: Rule = {
  kind: "stretch",
  origins: ["strokes", "body", "rhythm"],
  source:
    "ours; knees straighten slowly and the posture is held; arching: the head goes back along the trunk",
  conditions: (options) => [
    least("duration", options.stretchShortest),
    most("duration", options.stretchLongest),
    least("kneeStretch", options.stretchKnees),
    most("strokesPerSecond", options.stretchRate),
    // Without the arms or the trunk it is a movement of the legs.
    least("bodyParts", 3),
  ],
  detail: (features, options) => (features.headBack >= options.archHead ? "arching" : "stretching"),
  because: ({ features }, detail) =>
    detail === "arching"
      ? `The legs straightened and the head and back bent backwards, for ${show(features.duration)} s.`
      : `The body stretched, with straightened legs, for ${show(features.duration)} s.`,
};
