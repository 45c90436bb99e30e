import { type Range, rateRange, rateRatio } from "../signal/exact-range.ts";
import { between, endOf, type Interval, joinIntervals, overlapOf } from "../signal/intervals.ts";

/** Leg movements in a stretch of time, of which a part could be judged. */
export interface CountOverTime {
  readonly movements: number;
  /** Seconds in which the legs could be judged. */
  readonly observable: number;
  /** Seconds of the whole stretch. */
  readonly duration: number;
  /** Movements a minute with the exact range; undefined where too little could be judged. */
  readonly perMinute: (Range & { readonly rate: number }) | undefined;
}

/** A carer's stay with the leg movements before, during and after it. */
export interface Stay extends Interval {
  readonly before: CountOverTime;
  readonly during: CountOverTime;
  readonly after: CountOverTime;
  /** Rate after over rate before, with the exact range; undefined where one of them is not known. */
  readonly ratio: (Range & { readonly ratio: number }) | undefined;
}

export interface SoothingReport {
  readonly stays: readonly Stay[];
  /** All stays that could be judged before and after, together. */
  readonly together: Omit<Stay, "onset" | "duration"> | undefined;
}

/** How long before and after a stay is looked at, seconds. */
export const SOOTHING_WINDOW = 300;
/** A carer who comes back within this has not left, seconds. */
export const STAY_GAP = 30;
/** Less judged time than this gives no rate, seconds. */
export const FEWEST_SECONDS = 60;

/**
 * Counts leg movements in the minutes before, during and after each stay of a carer. Between two stays the
 * time is shared at its middle, so that no movement counts twice.
 *
 * What it cannot say: that the stay was the reason. A carer comes when an infant moves much, and much movement
 * ebbs by itself. Movement while a carer is in view is not counted as the infant's, so "during" is mostly
 * not observable.
 *
 * @param onsets of leg movements, seconds.
 * @param hidden when the legs could not be judged, in order and apart; the carers' stays among them.
 */
export function describeSoothing(
  carers: readonly Interval[],
  onsets: readonly number[],
  hidden: readonly Interval[],
  duration: number,
): SoothingReport {
  const joined = joinIntervals(carers, STAY_GAP);
  const count = (from: number, to: number) => countWithin(between(from, to), onsets, hidden);
  const stays = joined.map((stay, i): Stay => {
    const earlier = joined[i - 1];
    const later = joined[i + 1];
    const from = Math.max(0, stay.onset - SOOTHING_WINDOW, earlier ? (endOf(earlier) + stay.onset) / 2 : 0);
    const to = Math.min(
      duration,
      endOf(stay) + SOOTHING_WINDOW,
      later ? (endOf(stay) + later.onset) / 2 : duration,
    );
    return {
      ...stay,
      ...compare(count(from, stay.onset), count(stay.onset, endOf(stay)), count(endOf(stay), to)),
    };
  });
  const judged = stays.filter(({ before, after }) => before.perMinute && after.perMinute);
  const sum = (side: "before" | "during" | "after") =>
    asRate(
      judged.reduce((total, stay) => total + stay[side].movements, 0),
      judged.reduce((total, stay) => total + stay[side].observable, 0),
      judged.reduce((total, stay) => total + stay[side].duration, 0),
    );
  const together = judged.length > 0 ? compare(sum("before"), sum("during"), sum("after")) : undefined;
  return { stays, together };
}

function compare(before: CountOverTime, during: CountOverTime, after: CountOverTime) {
  const known = before.perMinute !== undefined && after.perMinute !== undefined;
  const ratio = rateRatio(
    { count: before.movements, time: before.observable },
    { count: after.movements, time: after.observable },
  );
  return { before, during, after, ratio: known && !Number.isNaN(ratio.ratio) ? ratio : undefined };
}

function countWithin(
  stretch: Interval,
  onsets: readonly number[],
  hidden: readonly Interval[],
): CountOverTime {
  const isIn = (time: number, { onset, duration }: Interval) => time >= onset && time < onset + duration;
  const lost = hidden.reduce((sum, one) => sum + overlapOf(one, stretch), 0);
  const movements = onsets.filter((time) => isIn(time, stretch) && !hidden.some((one) => isIn(time, one)));
  return asRate(movements.length, Math.max(0, stretch.duration - lost), stretch.duration);
}

function asRate(movements: number, observable: number, duration: number): CountOverTime {
  const isEnough = observable >= FEWEST_SECONDS;
  const perMinute = isEnough ? rateRange(movements, observable / 60) : undefined;
  return { movements, observable, duration, perMinute };
}
