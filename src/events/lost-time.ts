import { endOf, type Interval } from "../signal/intervals.ts";
import { toTenths } from "../signal/tenths.ts";
import type { EventKind, UnnumberedEvent } from "./movement-event.ts";

/** An event this near to lost time may be cut off by it, seconds. */
const NEAR = 1;
/** What a picture that jumps looks like: something large and new, all at once. */
const LIKE_A_JUMP: ReadonlySet<EventKind> = new Set(["caregiver", "large-movement", "startle"]);
/** A longer event goes on by itself: no jump does. Seconds. */
const LONGEST_JUMP = 3;

/**
 * Marks events beside time that was lost (nothing recorded, or not readable): within a second of its beginning
 * or end an event may be a part of a longer one, and says so, with the distance as the feature
 * `lostTimeDistance`. One that begins where the picture comes back, is short and of a kind that a changed
 * picture looks like is indeterminate: what lay between the two pictures was not seen.
 *
 * @param lost in order, seconds from the recording's start.
 */
export function markLostTime(event: UnnumberedEvent, lost: readonly Interval[]): UnnumberedEvent {
  const distance = Math.min(Infinity, ...lost.map((stretch) => distanceOf(event, stretch)));
  if (!(distance <= NEAR)) return event;
  const { evidence } = event;
  const features = { ...evidence.features, lostTimeDistance: Number(distance.toPrecision(3)) };
  const begins = lost.some(
    (stretch) => event.onset >= stretch.onset - NEAR && event.onset <= endOf(stretch) + NEAR,
  );
  if (LIKE_A_JUMP.has(event.kind) && begins && event.duration <= LONGEST_JUMP) {
    return {
      ...event,
      kind: "indeterminate",
      detail: undefined,
      confidence: 0.5,
      evidence: {
        ...evidence,
        rule: "indeterminate",
        because: `The picture jumps here, ${describe(distance)} time that was lost: what changed meanwhile was not seen.`,
        nearest: { kind: event.kind, flip: "if no time were lost beside it" },
        features,
      },
    };
  }
  const because = `${evidence.because} It lies ${describe(distance)} time that was lost, so it may have begun earlier or lasted longer.`;
  return { ...event, evidence: { ...evidence, because, features } };
}

/** From the event's nearer end to the lost time; 0 when they touch. */
function distanceOf(event: Interval, lost: Interval): number {
  if (event.onset <= endOf(lost) && endOf(event) >= lost.onset) {
    // Time lost in the midst of a long event does not cut it off.
    const inside = Math.min(lost.onset - event.onset, endOf(event) - endOf(lost));
    return Math.max(0, inside);
  }
  return event.onset > endOf(lost) ? event.onset - endOf(lost) : lost.onset - endOf(event);
}

function describe(distance: number): string {
  return distance < 0.05 ? "right beside" : `${toTenths(distance)} s from`;
}
