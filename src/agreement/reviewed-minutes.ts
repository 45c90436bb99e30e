import { endOf, type Interval, joinIntervals } from "../signal/intervals.ts";

/** A stretch of the recording that was watched, and how fast. */
export interface WatchedStretch extends Interval {
  /** Times real time. */
  readonly speed: number;
}

/** Speeds of adaptive replay: over quiet, over small movement, over events. */
export const REPLAY_SPEEDS = { quiet: 16, movement: 4, event: 1 } as const;
/** Seconds before and after an event that are watched at its speed. */
const AROUND = 1;

export interface ReplayNeeds {
  readonly events: readonly Interval[];
  /** Where something moved, whatever it was. */
  readonly movement: readonly Interval[];
}

/** The speed at which a moment is replayed. @returns times real time. */
export function replaySpeedAt({ events, movement }: ReplayNeeds, time: number): number {
  const holds = (around: number) => (one: Interval) =>
    time >= one.onset - around && time < endOf(one) + around;
  if (events.some(holds(AROUND))) return REPLAY_SPEEDS.event;
  return movement.some(holds(AROUND)) ? REPLAY_SPEEDS.movement : REPLAY_SPEEDS.quiet;
}

/** How much of a night was watched, each second once however often it was seen. */
export function summarizeWatched(
  stretches: readonly WatchedStretch[],
  duration: number,
): { readonly seconds: number; readonly share: number; readonly stretches: readonly Interval[] } {
  const sorted = [...stretches].sort((a, b) => a.onset - b.onset);
  const joined = joinIntervals(sorted, 1e-6);
  const seconds = joined.reduce(
    (sum, one) => sum + Math.min(endOf(one), duration) - Math.max(0, one.onset),
    0,
  );
  return { seconds, share: duration > 0 ? seconds / duration : 0, stretches: joined };
}
