import { endOf, type Interval, overlapOf } from "../signal/intervals.ts";
import { findSeries, type PlacedMovement, type Series } from "./find-series.ts";
import { describeIntervals, type IntervalStatistics } from "./interval-statistics.ts";
import { findLegMovements, type LegEvent, TINY } from "./leg-movements.ts";
import type { RuleSet, RuleSetName } from "./rule-sets.ts";

/** Video-detected leg movements of one recording under one rule set. Counts; rates are the report's. */
export interface SeriesReport {
  readonly ruleSet: RuleSetName;
  readonly candidates: readonly PlacedMovement[];
  /** Leg movements that are no candidates. */
  readonly others: number;
  readonly series: readonly Series[];
  readonly intervals: IntervalStatistics;
}

/**
 * Sorts the leg movements of a recording by a rule set.
 *
 * @param hidden times in which the legs could not be judged, in order and apart from each other.
 */
export function describeSeries(
  events: readonly LegEvent[],
  hidden: readonly Interval[],
  rules: RuleSet,
): SeriesReport {
  const overlap = (interval: Interval) => hiddenWithin(interval, hidden);
  const movements = findLegMovements(events, rules, (part) => overlap(part) > part.duration / 2 + TINY);
  const { series, candidates } = findSeries(movements, rules, (between) => overlap(between) > TINY);
  return {
    ruleSet: rules.name,
    candidates,
    others: movements.length - candidates.length,
    series,
    intervals: describeIntervals(candidates, rules),
  };
}

function hiddenWithin(interval: Interval, hidden: readonly Interval[]): number {
  let sum = 0;
  for (const one of hidden) {
    if (one.onset >= endOf(interval)) break;
    sum += overlapOf(interval, one);
  }
  return sum;
}
