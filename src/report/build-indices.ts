import type { RestReport } from "../epochs/describe-rest.ts";
import type { EpochOptions } from "../epochs/epoch-options.ts";
import type { EpochState } from "../epochs/label-epochs.ts";
import type { SeriesReport } from "../series/describe-series.ts";
import type { PlacedMovement } from "../series/find-series.ts";
import { type Range, rateRange } from "../signal/exact-range.ts";
import { endOf, type Interval, subtractIntervals } from "../signal/intervals.ts";
import type { CountOverTime, SoothingReport, Stay } from "../soothing/describe-soothing.ts";
import type { CountRange } from "../uncertainty/count-ranges.ts";
import type { NightIndices } from "./indices-schema.ts";

export interface IndicesInput {
  readonly duration: number;
  readonly observableHours: number;
  readonly legsHidden: readonly Interval[];
  readonly rest: RestReport;
  readonly series: readonly SeriesReport[];
  readonly soothing: SoothingReport;
  readonly ranges: readonly CountRange[];
  readonly options: EpochOptions;
}

/** Below this much judged time an hourly figure would be made of too little. */
export const SHORTEST_FOR_RATES_H = 1;

/** The indices of a night as the report keeps them: rounded, rates with their ranges, null for the unknown. */
export function buildIndices(input: IndicesInput): NightIndices {
  const { rest, soothing } = input;
  const whole = [{ onset: 0, duration: input.duration }];
  const inState = (state: EpochState) => rest.stretches.filter((stretch) => stretch.state === state);
  const legTime = (of: readonly Interval[]) => hoursOf(subtractIntervals(of, input.legsHidden, 0));
  const [resting, active] = [inState("resting"), inState("active")];
  const hours = { night: legTime(whole), resting: legTime(resting), active: legTime(active) };
  return {
    rest: {
      epochDuration: input.options.duration,
      seconds: {
        active: round(rest.seconds.active),
        resting: round(rest.seconds.resting),
        caregiver: round(rest.seconds.caregiver),
        notObservable: round(rest.seconds["not-observable"]),
      },
      stretches: rest.stretches.map((stretch) => ({ ...tidy(stretch), state: stretch.state })),
      firstLongRest: rest.firstLongRest ? tidy(rest.firstLongRest) : null,
      timeToRest: known(rest.timeToRest),
      interruptions: rest.interruptions,
      interruptedSeconds: round(rest.interruptedSeconds),
      longestRest: rest.longestRest ? tidy(rest.longestRest) : null,
    },
    series: input.series.map((one) => ({
      ruleSet: one.ruleSet,
      others: one.others,
      night: standing(one.candidates, hours.night),
      resting: standing(within(one.candidates, resting), hours.resting),
      active: standing(within(one.candidates, active), hours.active),
      intervals: {
        known: one.intervals.known,
        binDuration: one.intervals.binDuration,
        histogram: [...one.intervals.histogram],
        longer: one.intervals.longer,
        inside: one.intervals.inside,
        logMean: known(one.intervals.logMean),
        logSd: known(one.intervals.logSd),
      },
      periodicity: {
        seriesShare: known(one.intervals.seriesShare),
        runShare: known(one.intervals.runShare),
      },
      series: one.series.map((series) => ({
        ...tidy(series),
        movements: series.movements.length,
        events: series.movements.flatMap(({ events }) => events),
      })),
    })),
    soothing: {
      stays: soothing.stays.map((stay) => ({ ...tidy(stay), ...comparison(stay) })),
      together: soothing.together ? comparison(soothing.together) : null,
    },
    ranges: input.ranges.map((range) => ({ ...range, perHour: perHour(range.count, input.observableHours) })),
  };
}

function hoursOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { duration }) => sum + duration, 0) / 3600;
}

function within(movements: readonly PlacedMovement[], stretches: readonly Interval[]): PlacedMovement[] {
  return movements.filter(({ onset }) =>
    stretches.some((stretch) => onset >= stretch.onset && onset < endOf(stretch)),
  );
}

function standing(movements: readonly PlacedMovement[], hours: number): NightIndices["series"][0]["night"] {
  const counted = (place: PlacedMovement["standing"]) =>
    movements.filter((movement) => movement.standing === place).length;
  const [inSeries, shortInterval] = [counted("in series"), counted("short interval")];
  const isolated = counted("isolated");
  return {
    ...{ hours: round(hours, 6), candidates: movements.length, inSeries, shortInterval, isolated },
    candidatesPerHour: perHour(movements.length, hours),
    inSeriesPerHour: perHour(inSeries, hours),
    shortIntervalPerHour: perHour(shortInterval, hours),
    isolatedPerHour: perHour(isolated, hours),
  };
}

function perHour(count: number, hours: number) {
  return hours >= SHORTEST_FOR_RATES_H ? tidyRate(rateRange(count, hours)) : null;
}

function tidyRate({ rate, from, to }: Range & { readonly rate: number }) {
  return { rate: round(rate), from: round(from), to: round(to) };
}

function comparison({ before, during, after, ratio }: Omit<Stay, "onset" | "duration">) {
  return {
    before: overTime(before),
    during: overTime(during),
    after: overTime(after),
    ratio: ratio ? { ratio: known(ratio.ratio), from: round(ratio.from), to: known(ratio.to) } : null,
  };
}

function overTime({ movements, observable, duration, perMinute }: CountOverTime) {
  return {
    ...{ movements, observable: round(observable), duration: round(duration) },
    perMinute: perMinute ? tidyRate(perMinute) : null,
  };
}

function tidy({ onset, duration }: Interval): Interval {
  return { onset: round(onset), duration: round(duration) };
}

function known(value: number): number | null {
  return Number.isFinite(value) ? round(value, 4) : null;
}

function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}
