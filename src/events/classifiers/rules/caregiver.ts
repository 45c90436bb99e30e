import type { EventOptions } from "../../event-options.ts";
import type { Features } from "../../features.ts";
import type { EventDetail } from "../../movement-event.ts";
import { least, MOVED, type Rule, show } from "../rule.ts";

/** A second body or hand in view. What moves meanwhile is never the infant's. */
export const caregiver: Rule = {
  kind: "caregiver",
  origins: ["foreign", ...MOVED],
  source:
    "ours; patting sets off false alarms of rhythm (Martin 2021), so everything under a carer's hand is left out",
  conditions: (options) => [least("foreignPresence", options.presenceShare)],
  detail: touchOf,
  because: ({ features }, detail) =>
    `Something else came into view for ${show(features.duration)} s, such as a carer's arm${WORDS[detail ?? ""] ?? ""}; movement meanwhile is not counted as the infant's.`,
};

const WORDS: Readonly<Record<string, string>> = {
  patting: ", patting evenly",
  rocking: ", rocking the infant",
  stroking: ", going slowly to and fro",
};

/** What the carer does, where a rhythm tells it. */
function touchOf(features: Features, options: EventOptions): EventDetail | undefined {
  if (!(features.carerRhythmShare >= options.carerRhythm)) return undefined;
  if (features.carerBodySwing >= options.rockingSwing && features.carerHz < 2 * options.pattingFrom)
    return "rocking";
  return features.carerHz >= options.pattingFrom ? "patting" : "stroking";
}
