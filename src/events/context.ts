import { endOf } from "../signal/intervals.ts";
import type { EventOptions } from "./event-options.ts";
import type { EventKind, Provocation, UnnumberedEvent } from "./movement-event.ts";

/** Kinds that a movement just before may set off. */
const DESCRIBED: ReadonlySet<EventKind> = new Set(["tremor-like", "slow-rhythm", "startle", "jerk"]);
/** What may set a rhythm off: the infant's own movement, or a carer's hand. */
const PROVOKES: ReadonlySet<EventKind> = new Set([
  ...(["leg-movement", "kicking", "jerk", "startle", "large-movement", "position-change"] as const),
  ...(["stretch", "caregiver", "leg-slapping", "rubbing"] as const),
]);

/**
 * Adds to each rhythm, startle and jerk whether a movement just before may have set it off. A function of the
 * named events of the whole recording alone.
 */
export function describeContext(
  events: readonly UnnumberedEvent[],
  options: EventOptions,
): UnnumberedEvent[] {
  return events.map((event) =>
    DESCRIBED.has(event.kind) ? { ...event, provokedBy: provocationOf(event, events, options) } : event,
  );
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
