import { endOf, overlapOf } from "../signal/intervals.ts";
import type { SoundStretch } from "../sound/sound.ts";
import type { EventKind, UnnumberedEvent } from "./movement-event.ts";

/** What was heard, as far as it matters for events. */
export interface Heard {
  readonly stretches: readonly SoundStretch[];
  /** A movement that begins within so many seconds after a loud sound's beginning may be set off by it. */
  readonly provokedWithin: number;
}

/** Kinds that a sound may set off. */
const ANSWERS: ReadonlySet<EventKind> = new Set(["tremor-like", "slow-rhythm", "startle", "jerk"]);
/** A loud sound that begins so near something cry-like is the infant's own voice, s. */
const OWN_VOICE = 1;

/**
 * Adds to each event what was heard around it: the time since a loud sound began (if it lies within the limit),
 * and the share of the event with cry-like sound. A startle or jerk, and a rhythm that no movement set off, is
 * then said to come just after a sound. Context only: no event is found, named or dropped by sound.
 *
 * *Limits:* what the infant itself knocks makes sounds too; picture and sound of some cameras are half a second
 * apart.
 */
export function describeHeard(
  events: readonly UnnumberedEvent[],
  { stretches, provokedWithin }: Heard,
): UnnumberedEvent[] {
  const cries = stretches.filter(({ kind }) => kind === "cry-like");
  const sounds = stretches.filter(
    (one) =>
      one.kind === "loud" &&
      !cries.some((cry) => one.onset >= cry.onset - OWN_VOICE && one.onset < endOf(cry) + OWN_VOICE),
  );
  return events.map((event) => {
    if (event.limb === "none") return event;
    const delays = sounds
      .map(({ onset }) => event.onset - onset)
      .filter((delay) => delay >= 0 && delay <= provokedWithin);
    const crying = cries.reduce((sum, cry) => sum + overlapOf(cry, event), 0);
    const features = {
      ...event.evidence.features,
      cryShare: Number((event.duration > 0 ? crying / event.duration : 0).toFixed(3)),
      ...(delays.length > 0 ? { soundDelay: Number(Math.min(...delays).toFixed(2)) } : {}),
    };
    const isSudden = event.kind === "startle" || event.kind === "jerk";
    const isAnswer = delays.length > 0 && ANSWERS.has(event.kind) && (isSudden || event.provokedBy === null);
    return {
      ...event,
      ...(isAnswer ? { provokedBy: "sound" as const } : {}),
      evidence: { ...event.evidence, features },
    };
  });
}
