import { endOf, type Interval, overlapOf } from "../signal/intervals.ts";
import type { EventOptions } from "./event-options.ts";
import type { EventKind, Provocation, Surroundings, UnnumberedEvent } from "./movement-event.ts";

/** Kinds that a movement just before may set off, and whose surroundings are worth knowing. */
const DESCRIBED: ReadonlySet<EventKind> = new Set(["tremor-like", "slow-rhythm", "startle", "jerk"]);
/** What is not the infant's own movement. */
const NOT_OWN: ReadonlySet<EventKind> = new Set(["light-change", "artefact"]);
/** What may set a rhythm off: the infant's own movement, or a carer's hand. */
const PROVOKES: ReadonlySet<EventKind> = new Set([
  ...(["leg-movement", "kicking", "jerk", "startle", "large-movement", "position-change"] as const),
  ...(["stretch", "caregiver", "leg-slapping", "rubbing"] as const),
]);

/**
 * Adds to each rhythm, startle and jerk what its neighbours say of it: whether the minute around looked awake
 * or at rest, and whether a movement just before may have set it off. A function of the named events of the
 * whole recording alone; movement tells neither sleep nor waking.
 */
export function describeContext(
  events: readonly UnnumberedEvent[],
  options: EventOptions,
): UnnumberedEvent[] {
  return events.map((event) =>
    DESCRIBED.has(event.kind)
      ? {
          ...event,
          around: surroundingsOf(event, events, options),
          provokedBy: provocationOf(event, events, options),
        }
      : event,
  );
}

function surroundingsOf(
  event: UnnumberedEvent,
  events: readonly UnnumberedEvent[],
  { contextSeconds, awakeShare, restingShare }: EventOptions,
): Surroundings {
  const sides: readonly Interval[] = [
    { onset: event.onset - contextSeconds, duration: contextSeconds },
    { onset: endOf(event), duration: contextSeconds },
  ];
  let moving = 0;
  for (const other of events) {
    // Other rhythms of the same kind are what is asked about, not what surrounds it.
    if (other === event || other.kind === event.kind || NOT_OWN.has(other.kind)) continue;
    for (const side of sides) moving += overlapOf(side, other);
  }
  const share = moving / (2 * contextSeconds);
  if (share >= awakeShare) return "awake-looking";
  return share <= restingShare ? "resting" : null;
}

function provocationOf(
  event: UnnumberedEvent,
  events: readonly UnnumberedEvent[],
  { provokedWithin }: EventOptions,
): Provocation {
  const isJustBefore = events.some(
    (other) =>
      PROVOKES.has(other.kind) &&
      other !== event &&
      other.onset < event.onset &&
      endOf(other) >= event.onset - provokedWithin,
  );
  return isJustBefore && event.kind !== "jerk" ? "movement" : null;
}
