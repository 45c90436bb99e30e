import type { Recording } from "../recording/recording.ts";
import type { Interval } from "../signal/intervals.ts";
import { lowerBound } from "../signal/periodogram.ts";
import { median } from "../signal/statistics.ts";

/** Shorter losses are the decoder's stumbles: a frame here and there, nothing to tell of. */
const SHORTEST = 1;
/** A decoder may give frames a little off their times in the packet table: this share of a frame's time. */
const SAME_FRAME = 0.45;

/**
 * Finds where frames were recorded that the decoder could not give: the packet table knows of them, the
 * survey did not see them, for longer than a second. A pause in the recording itself is no such place.
 *
 * @param seen times of all frames that were decoded, seconds from the recording's start, increasing.
 * @returns from the first frame that is missing to the next one seen (or recorded), in order.
 */
export function findUnreadable(recording: Recording, seen: Float64Array): Interval[] {
  const lost: Interval[] = [];
  for (const { onset, duration, frames } of recording.files) {
    const add = (from: number, to: number) => {
      if (to - from > SHORTEST) lost.push({ onset: onset + from, duration: to - from });
    };
    const { time } = frames;
    const near = SAME_FRAME * (median(time.slice(1).map((value, i) => value - time[i]!)) || duration);
    let from = NaN;
    for (let i = 0; i < time.length; i++) {
      const at = onset + time[i]!;
      const next = lowerBound(seen, at - near);
      const isSeen = next < seen.length && seen[next]! <= at + near;
      // Nothing was recorded in a pause: it is a gap, and what was lost ends before it.
      const isAfterPause = i > 0 && time[i]! - time[i - 1]! > SHORTEST;
      if (!Number.isNaN(from) && (isSeen || isAfterPause)) {
        add(from, isAfterPause ? time[i - 1]! : time[i]!);
        from = NaN;
      }
      if (!isSeen && Number.isNaN(from)) from = time[i]!;
    }
    if (!Number.isNaN(from)) add(from, duration);
  }
  return lost;
}
