import type { SpanMovement } from "../movement/movement.ts";
import {
  detectIntervals,
  endOf,
  type Interval,
  joinIntervals,
  subtractIntervals,
} from "../signal/intervals.ts";
import type { EventOptions } from "./event-options.ts";
import { meanOver } from "./whose-movement.ts";

/** A carer who is out of view for less than this has not left, seconds. */
const CARER_GAP = 3;
const SHORTEST_CARER = 0.5;
/** Motion off the infant that rests for less than this goes on, seconds. */
const AWAY_GAP = 2.5;

/** When somebody else is in view. */
export function findCarers(span: SpanMovement, options: EventOptions): Interval[] {
  const { presenceShare } = options;
  const seen = detectIntervals(span.time, span.foreignPresence, {
    on: presenceShare,
    off: presenceShare / 2,
    hold: 1,
  });
  // A limb thrown wide looks like somebody else for a moment; a carer does for as long as there is one.
  return joinIntervals(seen, CARER_GAP).filter(
    (interval) =>
      interval.duration >= SHORTEST_CARER && meanOver(span, span.foreignPresence, interval) >= presenceShare,
  );
}

/** When the surroundings move: the camera does. */
export function findKnocks(span: SpanMovement, options: EventOptions): Interval[] {
  const { cameraSpeed } = options;
  const moving = detectIntervals(span.time, span.cameraSpeed, {
    on: cameraSpeed,
    off: cameraSpeed / 4,
    hold: options.offsetHold,
  });
  return moving
    .map((interval) => trimmed(span, interval, cameraSpeed / 2))
    .filter(
      (knock) =>
        knock.duration >= options.knockShortest && meanOver(span, span.cameraSpeed, knock) >= cameraSpeed,
    );
}

/** Cuts an interval down to where the camera moves on average as the rule asks. */
function trimmed(span: SpanMovement, interval: Interval, off: number): Interval {
  const fast = Array.from(span.time.keys()).filter(
    (i) => span.time[i]! >= interval.onset && span.time[i]! <= endOf(interval) && span.cameraSpeed[i]! >= off,
  );
  if (fast.length === 0) return { onset: interval.onset, duration: 0 };
  const onset = span.time[fast[0]!]! - span.interval[fast[0]!]!;
  return { onset, duration: span.time[fast.at(-1)!]! - onset };
}

/** Motion off the infant while nothing of the infant moves. */
export function findAway(span: SpanMovement, moved: readonly Interval[], options: EventOptions): Interval[] {
  const isAway = span.foreignShare.map((share, i) =>
    share >= options.foreignShare && span.foreignArea[i]! >= options.awayArea ? 1 : 0,
  );
  const away = detectIntervals(span.time, isAway, { on: 1, off: 1, hold: AWAY_GAP });
  return subtractIntervals(away, moved, options.awayShortest).filter(
    ({ duration }) => duration >= options.awayShortest,
  );
}
