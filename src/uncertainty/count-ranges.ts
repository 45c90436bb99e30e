import type { EventKind, MovementEvent } from "../events/movement-event.ts";
import { endOf, overlapOf } from "../signal/intervals.ts";

/** What this stage reads of an event. */
export type CountedEvent = Pick<MovementEvent, "kind" | "onset" | "duration" | "confidence" | "evidence">;

/** How sure the count of a kind is. Two tallies that answer two questions; neither is a probability. */
export interface CountRange {
  readonly kind: EventKind;
  readonly count: number;
  /** Events that lie well inside their rule. */
  readonly wellMet: number;
  /** The count and those of other kinds that are only just so, and nearest to this kind. */
  readonly possible: number;
  /** Fewest and most when every limit is moved. */
  readonly movedFrom: number;
  readonly movedTo: number;
}

/** From this confidence on a rule is well met; its edge is 0.5. The words of the report use the same. */
export const WELL_MET = 0.65;

/**
 * Says for each kind how far its count may be trusted.
 *
 * @param runs the events found with limits moved, one list for each way of moving them.
 */
export function rangeCounts(
  kinds: readonly EventKind[],
  events: readonly CountedEvent[],
  runs: readonly (readonly CountedEvent[])[],
): CountRange[] {
  return kinds.map((kind) => {
    const own = events.filter((event) => event.kind === kind);
    const near = events.filter(
      (event) => event.kind !== kind && event.confidence < WELL_MET && event.evidence.nearest?.kind === kind,
    );
    const counts = [own.length, ...runs.map((run) => run.filter((event) => event.kind === kind).length)];
    return {
      kind,
      count: own.length,
      wellMet: own.filter(({ confidence }) => confidence >= WELL_MET).length,
      possible: own.length + near.length,
      movedFrom: Math.min(...counts),
      movedTo: Math.max(...counts),
    };
  });
}

/** An event is the same when it overlaps half of the shorter one. */
const SAME = 0.5;

/**
 * The share of runs in which each event is found again with the same kind, 0-1; NaN without runs.
 *
 * @param runs in order of onset each.
 */
export function findSteadiness(
  events: readonly CountedEvent[],
  runs: readonly (readonly CountedEvent[])[],
): number[] {
  const byKind = runs.map(groupByKind);
  return events.map((event) => {
    const found = byKind.filter((run) => run.get(event.kind)?.some((other) => isSame(event, other)) ?? false);
    return found.length / runs.length;
  });
}

function groupByKind(events: readonly CountedEvent[]): Map<EventKind, CountedEvent[]> {
  const groups = new Map<EventKind, CountedEvent[]>();
  for (const event of events) {
    const group = groups.get(event.kind);
    if (group) group.push(event);
    else groups.set(event.kind, [event]);
  }
  return groups;
}

function isSame(a: CountedEvent, b: CountedEvent): boolean {
  if (b.onset >= endOf(a) || endOf(b) <= a.onset) return a.duration === 0 && b.onset === a.onset;
  return overlapOf(a, b) >= SAME * Math.min(a.duration, b.duration);
}
