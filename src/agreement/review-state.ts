import type { EventKind, EventLimb } from "../events/movement-event.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import type { RecordedStep, ReviewStep } from "./review-action.ts";

/** What a reviewer thinks of an event so far. */
export type Decision = "open" | "accepted" | "rejected";

/** An event as it stands in a review. */
export interface ReviewedEvent extends Interval {
  readonly key: string;
  readonly kind: EventKind;
  readonly limb: EventLimb;
  readonly decision: Decision;
  /** The detections it is made of; empty for one the reviewer added. */
  readonly from: readonly string[];
  /** Whether kind, limb or edges are other than detected. */
  readonly isChanged: boolean;
  readonly comments: readonly string[];
}

/** A night as a review leaves it. */
export interface ReviewState {
  /** By onset. */
  readonly events: readonly ReviewedEvent[];
  readonly isFinished: boolean;
  /** Steps that still hold, the latest last: the last one is what "undo" takes back. */
  readonly standing: readonly string[];
}

/** What a detection must tell to be reviewed. */
export interface Detection extends Interval {
  readonly id: string;
  readonly kind: EventKind;
  readonly limb: EventLimb;
}

/**
 * What a review makes of a night's detections: each step in order, without those taken back. Pure, and the same
 * for reviewer, server and export. A step that names an event that is no longer there (a step it built on was
 * taken back) does nothing.
 *
 * Accepting is implied by relabelling, moving, splitting, merging and adding: whoever does so has looked.
 */
export function replayReview(
  detections: readonly Detection[],
  steps: readonly Pick<RecordedStep, "id" | "step">[],
): ReviewState {
  const undone = findUndone(steps);
  const events = new Map<string, ReviewedEvent>(
    detections.map((one) => [
      one.id,
      {
        ...{ key: one.id, onset: one.onset, duration: one.duration, kind: one.kind, limb: one.limb },
        ...{ decision: "open", from: [one.id], isChanged: false, comments: [] },
      },
    ]),
  );
  const standing: string[] = [];
  let isFinished = false;
  for (const { id, step } of steps) {
    if (step.type === "undo" || undone.has(id)) continue;
    standing.push(id);
    if (step.type === "finish") isFinished = true;
    else applyStep(events, id, step);
  }
  const sorted = [...events.values()].sort((a, b) => a.onset - b.onset || a.key.localeCompare(b.key));
  return { events: sorted, isFinished, standing };
}

/** Steps taken back; taking back an undo brings its step to life again. */
function findUndone(steps: readonly Pick<RecordedStep, "id" | "step">[]): Set<string> {
  const undone = new Set<string>();
  // From the end: whether an undo holds is known before what it takes back is looked at.
  for (const { id, step } of [...steps].reverse()) {
    if (step.type === "undo" && !undone.has(id)) undone.add(step.step);
  }
  return undone;
}

function applyStep(
  events: Map<string, ReviewedEvent>,
  id: string,
  step: Exclude<ReviewStep, { type: "undo" | "finish" }>,
): void {
  const change = (key: string, more: Partial<ReviewedEvent>) => {
    const event = events.get(key);
    if (event) events.set(key, { ...event, ...more });
  };
  const accepted = { decision: "accepted", isChanged: true } as const;
  switch (step.type) {
    case "accept":
      change(step.event, { decision: "accepted" });
      break;
    case "reject":
      change(step.event, { decision: "rejected" });
      break;
    case "relabel":
      change(step.event, { kind: step.kind, ...(step.limb ? { limb: step.limb } : {}), ...accepted });
      break;
    case "move":
      change(step.event, { onset: step.onset, duration: step.duration, ...accepted });
      break;
    case "comment": {
      const event = events.get(step.event);
      change(step.event, { comments: [...(event?.comments ?? []), step.text] });
      break;
    }
    case "split": {
      const event = events.get(step.event);
      if (!event || step.at <= event.onset || step.at >= endOf(event)) break;
      const later = { key: id, onset: step.at, duration: endOf(event) - step.at, comments: [] };
      events.set(id, { ...event, ...accepted, ...later });
      change(step.event, { duration: step.at - event.onset, ...accepted });
      break;
    }
    case "merge":
      merge(events, step.events);
      break;
    case "add": {
      const { onset, duration, kind, limb } = step;
      const fresh = { key: id, from: [], comments: [], ...accepted };
      events.set(id, { onset, duration, kind, limb, ...fresh });
    }
  }
}

/** The earliest takes the others in; its kind and name stay. */
function merge(events: Map<string, ReviewedEvent>, keys: readonly string[]): void {
  const parts = [...new Set(keys)].flatMap((key) => events.get(key) ?? []);
  parts.sort((a, b) => a.onset - b.onset);
  const [first, ...others] = parts;
  if (!first || others.length === 0) return;
  for (const { key } of others) events.delete(key);
  events.set(first.key, {
    ...first,
    ...{ duration: Math.max(...parts.map(endOf)) - first.onset, decision: "accepted", isChanged: true },
    limb: others.every(({ limb }) => limb === first.limb) ? first.limb : "both legs",
    from: [...new Set(parts.flatMap(({ from }) => from))],
    comments: parts.flatMap(({ comments }) => comments),
  });
}
