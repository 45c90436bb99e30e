import { least, type Rule } from "../rule.ts";

/** A pulse at every key frame: the encoder corrects its own picture. */
export const keyFramePulse: Rule = {
  kind: "artefact",
  origins: ["rhythm", "strokes", "body", "unseen"],
  source: "ours: movement that happens only just after key frames is the encoder's",
  conditions: (options) => [least("pulseShare", options.pulseShare)],
  detail: () => "key-frame-pulse",
  because: () => "The picture jumped a little each time the video's coding began anew; nobody moved.",
};
