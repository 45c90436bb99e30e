import type { MovementEvent } from "../events/movement-event.ts";
import type { Limb, SpanMovement } from "../movement/movement.ts";
import type { Recording } from "../recording/recording.ts";
import { endOf } from "../signal/intervals.ts";
import { lowerBound } from "../signal/periodogram.ts";
import type { Survey } from "../survey/survey.ts";
import type { Timeline } from "./night-report.ts";
import { findUnreadable } from "./unreadable.ts";

/** Most bins of a timeline: more than a screen is wide, less than a file gets heavy. */
const MOST_BINS = 2400;
const SHORTEST_BIN = 0.5;
/** Legs seen in fewer poses than this share count as not seen. */
export const LEGS_SEEN = 0.3;

/**
 * Draws the whole recording into bins: motion, both legs, light, noise, and what could be judged when. A bin
 * takes the highest of its samples, so that no short event disappears.
 */
export function buildTimeline(
  recording: Recording,
  survey: Survey,
  spans: readonly SpanMovement[],
  events: readonly MovementEvent[],
): Timeline {
  const binDuration = Math.max(SHORTEST_BIN, recording.duration / MOST_BINS);
  const bins = Math.max(1, Math.ceil(recording.duration / binDuration - 1e-9));
  const { frames } = survey;
  const perBin = (values: Float32Array) => {
    const out = new Array<number>(bins).fill(0);
    for (let bin = 0; bin < bins; bin++) {
      const from = lowerBound(frames.time, bin * binDuration);
      const to = Math.max(from + 1, lowerBound(frames.time, (bin + 1) * binDuration));
      let sum = 0;
      for (let i = from; i < to; i++) sum += values[Math.min(i, values.length - 1)] ?? 0;
      out[bin] = round(sum / (to - from), 2);
    }
    return out;
  };
  return {
    binDuration,
    bins,
    activity: activityBins(survey, bins, binDuration),
    leftLeg: limbBins("leftLeg", spans, bins, binDuration),
    rightLeg: limbBins("rightLeg", spans, bins, binDuration),
    brightness: perBin(frames.brightness),
    noise: perBin(frames.noise),
    coverage: coverageBins(recording, survey, spans, events, bins, binDuration),
  };
}

function activityBins({ score, map }: Survey, bins: number, binDuration: number): number[] {
  const quiet = score.slice().sort()[score.length >> 2] || 1;
  const out = new Array<number>(bins).fill(0);
  for (let i = 0; i < score.length; i++) {
    const bin = Math.min(bins - 1, Math.floor((i * map.binDuration) / binDuration + 1e-9));
    out[bin] = Math.max(out[bin]!, round(score[i]! / quiet, 2));
  }
  return out;
}

function limbBins(
  limb: Limb,
  spans: readonly SpanMovement[],
  bins: number,
  binDuration: number,
): (number | null)[] {
  const out = new Array<number | null>(bins).fill(null);
  for (const span of spans) {
    if (span.legCoverage < LEGS_SEEN) continue;
    const { activity } = span.limbs[limb];
    for (let i = 0; i < activity.length; i++) {
      const value = activity[i]!;
      const bin = Math.min(bins - 1, Math.floor(span.time[i]! / binDuration));
      if (!Number.isNaN(value)) out[bin] = Math.max(out[bin] ?? 0, round(value, 3));
    }
  }
  return out;
}

function coverageBins(
  recording: Recording,
  survey: Survey,
  spans: readonly SpanMovement[],
  events: readonly MovementEvent[],
  bins: number,
  binDuration: number,
): Timeline["coverage"] {
  const out = new Array<Timeline["coverage"][number]>(bins).fill("still");
  const mark = (onset: number, end: number, state: Timeline["coverage"][number]) => {
    const from = Math.max(0, Math.round(onset / binDuration));
    const to = Math.min(bins, Math.max(from + 1, Math.round(end / binDuration)));
    out.fill(state, from, to);
  };
  for (const span of spans)
    mark(span.onset, endOf(span), span.legCoverage < LEGS_SEEN ? "legs-not-seen" : "legs-seen");
  for (const change of survey.lightChanges) mark(change.onset, endOf(change), "light");
  for (const event of events) if (event.kind === "caregiver") mark(event.onset, endOf(event), "carer");
  for (const lost of findUnreadable(recording, survey.frames.time))
    mark(lost.onset, endOf(lost), "unreadable");
  // A frozen picture shows nothing of its time, as if nothing had been recorded.
  for (const frozen of survey.repeats.frozen) mark(frozen.onset, endOf(frozen), "gap");
  let end = 0;
  for (const file of recording.files) {
    if (file.onset > end + binDuration / 2) mark(end, file.onset, "gap");
    const { time } = file.frames;
    for (let i = 1; i < time.length; i++) {
      if (time[i]! - time[i - 1]! > Math.max(1, binDuration))
        mark(file.onset + time[i - 1]!, file.onset + time[i]!, "gap");
    }
    end = file.onset + file.duration;
  }
  return out;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
