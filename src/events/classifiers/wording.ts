import type { EventOptions } from "../event-options.ts";
import type { Candidate } from "../features.ts";
import type { EventKind, EventLimb } from "../movement-event.ts";

/** One sentence in plain words: what was seen, with the numbers that made it so. */
export function describeVerdict(kind: EventKind, candidate: Candidate, options: EventOptions): string {
  const { features, limb } = candidate;
  const who = LIMB_WORDS[limb];
  const seconds = show(features.duration);
  const hz = show(features.frequencyHz);
  switch (kind) {
    case "tremor-like":
      return `${who} moved to and fro evenly, ${hz} times a second for ${seconds} s, by small amounts.`;
    case "slow-rhythm":
      return `${who} moved in a slow even rhythm, ${hz} times a second for ${seconds} s.`;
    case "kicking":
      return `${who} kicked about ${features.strokes} times in ${seconds} s, with uneven pauses.`;
    case "jerk":
      return `${who} jerked once, for ${seconds} s.`;
    case "startle":
      return `Arms and legs moved suddenly together, for ${seconds} s.`;
    case "large-movement":
      return `Several parts of the body moved together for ${seconds} s, as in turning or stretching.`;
    case "leg-movement":
      return `${who} moved once, for ${seconds} s.`;
    case "caregiver":
      return `Something else came into view for ${seconds} s, such as a carer's arm; movement meanwhile is not counted as the infant's.`;
    case "light-change":
      return "The light of the whole picture changed.";
    case "artefact":
      return features.cameraSpeed >= options.cameraSpeed
        ? "The whole picture moved: the camera was touched."
        : "Something moved away from the infant.";
    case "indeterminate":
      return whyUndecided(candidate, options);
  }
}

function whyUndecided({ features, limb, origin }: Candidate, options: EventOptions): string {
  const who = LIMB_WORDS[limb];
  const hz = show(features.frequencyHz);
  if (features.bandUse > 1) {
    return `${who} moved in an even rhythm of about ${hz} a second, too fast to be sure of at ${show(features.frameRate)} frames a second.`;
  }
  if (features.aliasHz < options.tremorTo) {
    return `${who} moved in a small even rhythm that looks like ${hz} a second, but at ${show(features.frameRate)} frames a second a rhythm of ${show(features.aliasHz)} would look the same.`;
  }
  if (features.frequencyHz >= options.tremorFrom && features.secondDifferenceHz > options.witnessDifference) {
    return `${who} seemed to move in an even rhythm of about ${hz} a second, but only from one picture to the next, not against the mean picture: the video's coding can make that.`;
  }
  if (origin === "unseen")
    return `Something moved for ${show(features.duration)} s where the legs should be, but they could not be seen.`;
  if (origin === "body") return `Arms, head or trunk moved for ${show(features.duration)} s.`;
  return `${who} moved for ${show(features.duration)} s in a way that fits no rule.`;
}

const LIMB_WORDS: Readonly<Record<EventLimb, string>> = {
  "left leg": "The left leg",
  "right leg": "The right leg",
  "both legs": "Both legs",
  arm: "An arm",
  head: "The head",
  body: "The body",
  unseen: "Something under the cover",
  none: "Something",
};

function show(value: number): string {
  if (!Number.isFinite(value)) return "?";
  return value >= 9.95 ? value.toFixed(0) : value.toFixed(1);
}
