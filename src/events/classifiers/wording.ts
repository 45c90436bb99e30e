import type { EventOptions } from "../event-options.ts";
import type { Candidate } from "../features.ts";
import { LIMB_SUBJECTS, show } from "./rule.ts";

/** One sentence that says why nothing was decided: a good answer needs its reason as any other. */
export function whyUndecided({ features, limb, origin }: Candidate, options: EventOptions): string {
  const who = LIMB_SUBJECTS[limb];
  const hz = show(features.frequencyHz);
  if (features.bandUse > 1 && Number.isNaN(features.frequencyHz)) {
    return `${who} moved to and fro for ${show(features.duration)} s, too fast to tell how at ${show(features.frameRate)} frames a second.`;
  }
  if (features.bandUse > 1) {
    return `${who} moved in an even rhythm of about ${hz} a second, too fast to be sure of at ${show(features.frameRate)} frames a second.`;
  }
  if (features.aliasHz < options.tremorTo) {
    return `${who} moved in a small even rhythm that looks like ${hz} a second, but at ${show(features.frameRate)} frames a second a rhythm of ${show(features.aliasHz)} would look the same.`;
  }
  if (features.frequencyHz >= options.tremorFrom && features.trunkLead > options.tremorTrunk) {
    return `${who} moved evenly ${hz} times a second, but the trunk went along as far: the whole body was shaken, as by a hand or a moving bed.`;
  }
  if (
    features.frequencyHz >= options.tremorFrom &&
    !(features.secondDifferenceHz <= options.witnessDifference)
  ) {
    return `${who} seemed to move in an even rhythm of about ${hz} a second, but only from one picture to the next, not against the mean picture: the video's coding can make that.`;
  }
  if (origin === "unseen")
    return `Something moved for ${show(features.duration)} s where the legs should be, but they could not be seen.`;
  if (origin === "body") return `Arms, head or trunk moved for ${show(features.duration)} s.`;
  return `${who} moved for ${show(features.duration)} s in a way that fits no rule.`;
}
