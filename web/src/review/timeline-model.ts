import type { ReviewedEvent } from "../../../src/agreement/review-state.ts";
import { scalesOf } from "../../../src/report/formats/svg/lanes.ts";
import type { NightReport } from "../../../src/report/night-report.ts";

/** The stretch of the night that is shown, seconds. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/** A lane of values by bin. */
export interface ValueLane {
  readonly name: string;
  /** 1 fills the lane. */
  readonly values: Float32Array;
  readonly tone: "muted" | "left" | "right" | "sound";
}

/** A lane of stretches. */
export interface StretchLane {
  readonly name: string;
  readonly onset: Float64Array;
  readonly end: Float64Array;
  readonly tone: readonly string[];
}

export interface TimelineModel {
  readonly duration: number;
  readonly binDuration: number;
  readonly values: readonly ValueLane[];
  readonly stretches: readonly StretchLane[];
  /** Frequencies of rhythmic events: onset, end, Hz. */
  readonly rhythms: readonly (readonly [onset: number, end: number, hz: number])[];
  readonly highestHz: number;
}

/** Shortest stretch that can be shown, seconds: a few frames. */
export const SHORTEST_VIEW = 0.4;

/** Everything of a timeline that does not change while it is reviewed. */
export function buildTimelineModel(report: NightReport): TimelineModel {
  const { timeline, recording, events, indices, sound } = report;
  const scales = scalesOf(report);
  const lane = (values: readonly (number | null)[], scale: (value: number) => number) =>
    Float32Array.from(values, (value) => (value === null ? Number.NaN : scale(value)));
  const values: ValueLane[] = [
    { name: "Activity", values: lane(timeline.activity, scales.motion), tone: "muted" },
    { name: "Left leg", values: lane(timeline.leftLeg, scales.speed), tone: "left" },
    { name: "Right leg", values: lane(timeline.rightLeg, scales.speed), tone: "right" },
  ];
  if (sound) values.push({ name: "Sound", values: lane(sound.lane, scales.sound), tone: "sound" });
  const carers = events.filter(({ kind }) => kind === "caregiver");
  return {
    duration: recording.duration,
    binDuration: timeline.binDuration,
    values,
    stretches: [
      stretchLane("Rest, active", indices.rest.stretches, ({ state }) => state),
      stretchLane("Someone else", carers, () => "carer"),
      stretchLane("Could be judged", coverageStretches(timeline), ({ state }) => state),
    ],
    rhythms: events.flatMap(({ onset, duration, frequencyHz }) =>
      frequencyHz === null ? [] : [[onset, onset + duration, frequencyHz] as const],
    ),
    highestHz: Math.max(2, report.limits.highestHz),
  };
}

function stretchLane<T extends { readonly onset: number; readonly duration: number }>(
  name: string,
  stretches: readonly T[],
  toneOf: (one: T) => string,
): StretchLane {
  return {
    name,
    onset: Float64Array.from(stretches, ({ onset }) => onset),
    end: Float64Array.from(stretches, ({ onset, duration }) => onset + duration),
    tone: stretches.map(toneOf),
  };
}

function coverageStretches({ coverage, binDuration }: NightReport["timeline"]) {
  const found: { onset: number; duration: number; state: string }[] = [];
  for (const [i, state] of coverage.entries()) {
    const last = found.at(-1);
    if (last?.state === state) last.duration += binDuration;
    else found.push({ onset: i * binDuration, duration: binDuration, state });
  }
  return found;
}

/** A view of another width that keeps a moment in its place. */
export function zoomed({ from, to }: View, factor: number, around: number, duration: number): View {
  const width = Math.min(duration, Math.max(SHORTEST_VIEW, (to - from) * factor));
  const share = (around - from) / (to - from);
  return clamped(around - share * width, width, duration);
}

export function clamped(from: number, width: number, duration: number): View {
  const start = Math.max(0, Math.min(from, duration - width));
  return { from: start, to: start + Math.min(width, duration) };
}

/** Events that reach into a view; events by onset, with the longest of them known. */
export function eventsIn(
  events: readonly ReviewedEvent[],
  longest: number,
  { from, to }: View,
): readonly ReviewedEvent[] {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.onset < from - longest) low = middle + 1;
    else high = middle;
  }
  const found: ReviewedEvent[] = [];
  for (let i = low; i < events.length && events[i]!.onset < to; i++) {
    if (events[i]!.onset + events[i]!.duration >= from) found.push(events[i]!);
  }
  return found;
}
