import type { SpanMovement } from "../movement/movement.ts";
import type { Recording } from "../recording/recording.ts";
import { between, endOf, type Interval, joinIntervals } from "../signal/intervals.ts";
import type { Survey } from "../survey/survey.ts";
import { LEGS_SEEN } from "./timeline.ts";
import { findUnreadable } from "./unreadable.ts";

/** A pause in the recording up to this is the camera's stumble, seconds. */
const SHORTEST_GAP = 1;

/** When there was no picture to judge: pauses, what cannot be decoded, pictures that froze. In order. */
export function findDark(recording: Recording, survey: Survey): Interval[] {
  const gaps: Interval[] = [];
  let end = 0;
  for (const file of recording.files) {
    if (file.onset - end > SHORTEST_GAP) gaps.push(between(end, file.onset));
    const { time } = file.frames;
    for (let i = 1; i < time.length; i++) {
      if (time[i]! - time[i - 1]! > SHORTEST_GAP)
        gaps.push(between(file.onset + time[i - 1]!, file.onset + time[i]!));
    }
    end = Math.max(end, endOf(file));
  }
  return joinIntervals(
    [...gaps, ...findUnreadable(recording, survey.frames.time), ...survey.repeats.frozen],
    0,
  );
}

/** When something moved and the legs were not in view, as under a blanket. In order. */
export function findCovered(spans: readonly SpanMovement[]): Interval[] {
  const covered = spans.filter(({ legCoverage }) => legCoverage < LEGS_SEEN);
  return joinIntervals(covered, 0);
}
