import type { EventOptions } from "../../event-options.ts";
import type { Features } from "../../features.ts";
import type { EventDetail } from "../../movement-event.ts";
import { ifKnown, LEGS, LIMB_SUBJECTS, least, most, type Rule, show } from "../rule.ts";

/** A bout of kicks, with its character. */
export const kicking: Rule = {
  kind: "kicking",
  origins: LEGS,
  source: "bouts with variable pauses: Thelen & Fisher 1983; character: Chen 2020; the limits are ours",
  conditions: (options) => [
    least("duration", options.boutShortest),
    least("strokes", options.boutStrokes),
    least("strokesPerSecond", options.boutRate),
    // Where the legs are not seen, whose strokes they are is not known.
    least("legCoverage", options.legsSeen),
    least("aliasHz", options.tremorTo),
    // Strokes of a rhythm too fast for this frame rate are made by the frame rate.
    ifKnown(most("bandUse", 1)),
  ],
  detail: characterOf,
  because: ({ limb, features }, detail) =>
    `${LIMB_SUBJECTS[limb]} kicked about ${features.strokes} times in ${show(features.duration)} s${WORDS[detail ?? ""] ?? ""}.`,
};

const WORDS: Readonly<Record<string, string>> = {
  alternating: ", one leg after the other",
  synchronous: ", both at once",
  "one-sided": ", nearly all with one leg",
  mixed: ", in no fixed order",
};

/** Which legs kick, and in what order. */
function characterOf(features: Features, options: EventOptions): EventDetail | undefined {
  const { leftStrokes, rightStrokes, togetherShare, alternationShare } = features;
  const all = leftStrokes + rightStrokes;
  if (!(all > 0)) return undefined;
  if (Math.max(leftStrokes, rightStrokes) >= options.kickOneSided * all) return "one-sided";
  if (togetherShare >= options.kickTogether) return "synchronous";
  return alternationShare >= options.kickAlternation ? "alternating" : "mixed";
}
