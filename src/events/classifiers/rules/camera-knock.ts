import { least, MOVED, type Rule } from "../rule.ts";

/** The whole picture moved: the camera was touched. */
export const cameraKnock: Rule = {
  kind: "artefact",
  origins: ["camera", ...MOVED],
  source: "ours: the surroundings move as one",
  conditions: (options) => [least("cameraSpeed", options.cameraSpeed)],
  detail: () => "camera-knock",
  because: () => "The whole picture moved: the camera was touched.",
};
