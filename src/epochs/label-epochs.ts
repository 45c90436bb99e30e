import {
  between,
  endOf,
  type Interval,
  joinIntervals,
  overlapOf,
  subtractIntervals,
} from "../signal/intervals.ts";
import type { EpochOptions } from "./epoch-options.ts";

/** What an epoch looked like. Rest and activity, no stage of sleep, neither sleep nor waking. */
export const EPOCH_STATES = ["active", "resting", "caregiver", "not-observable"] as const;
export type EpochState = (typeof EPOCH_STATES)[number];

export interface Epoch extends Interval {
  readonly state: EpochState;
  /** Share of the time that could be judged in which the infant moved, 0-1; NaN where none could. */
  readonly movingShare: number;
}

/** What the epochs of a recording are made of. Intervals may overlap and come in any order. */
export interface EpochInput {
  /** Seconds of recording. */
  readonly duration: number;
  /** When the infant moved, whatever part of it. */
  readonly moving: readonly Interval[];
  /** When somebody else was in view. */
  readonly carers: readonly Interval[];
  /** When there was no picture to judge. */
  readonly dark: readonly Interval[];
}

/** An epoch of which more than this could not be seen, or was a carer's, is not the infant's. */
const MOST_LOST = 0.5;

/**
 * Cuts a recording into epochs and says of each whether the infant was active or rested. The last epoch may
 * be shorter. Movement under a cover is movement: legs need not be in view for this.
 *
 * *Source:* counting movement by epochs is actigraphy's way (Ikeda 2015: ankle and video agree in 93.5 % of
 * minutes); the limit is ours. *Differs from it:* nothing is called sleep. In infants such rules called awake
 * time sleep and sleep awake too often to be believed (zsad160, 2023).
 */
export function labelEpochs(input: EpochInput, options: EpochOptions): Epoch[] {
  const dark = new Sums(input.dark);
  const carers = new Sums(subtractIntervals(joinIntervals(input.carers, 0), dark.intervals, 0));
  const lost = [...dark.intervals, ...carers.intervals];
  const moving = new Sums(subtractAll(joinIntervals(input.moving, 0), lost));
  const epochs: Epoch[] = [];
  const count = Math.ceil(input.duration / options.duration - 1e-9);
  for (let i = 0; i < count; i++) {
    const epoch = between(i * options.duration, Math.min((i + 1) * options.duration, input.duration));
    const seen = epoch.duration - dark.within(epoch);
    const own = seen - carers.within(epoch);
    const movingShare = own > 0 ? Math.min(1, moving.within(epoch) / own) : NaN;
    const state =
      seen < (1 - MOST_LOST) * epoch.duration
        ? "not-observable"
        : own < (1 - MOST_LOST) * seen
          ? "caregiver"
          : movingShare >= options.activeShare
            ? "active"
            : "resting";
    epochs.push({ ...epoch, state, movingShare });
  }
  return epochs;
}

function subtractAll(intervals: readonly Interval[], taken: readonly Interval[]): Interval[] {
  return taken.length === 0 ? [...intervals] : subtractIntervals(intervals, joinIntervals(taken, 0), 0);
}

/** Intervals asked in order of time how much of each stretch they cover. */
class Sums {
  readonly intervals: readonly Interval[];
  #next = 0;

  constructor(intervals: readonly Interval[]) {
    this.intervals = joinIntervals(intervals, 0);
  }

  within(stretch: Interval): number {
    while (this.#next < this.intervals.length && endOf(this.intervals[this.#next]!) <= stretch.onset)
      this.#next++;
    let sum = 0;
    for (let i = this.#next; i < this.intervals.length; i++) {
      if (this.intervals[i]!.onset >= endOf(stretch)) break;
      sum += overlapOf(stretch, this.intervals[i]!);
    }
    return sum;
  }
}
