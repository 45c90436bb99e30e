import { isInside, type PlacedMovement } from "./find-series.ts";
import { TINY } from "./leg-movements.ts";
import type { RuleSet } from "./rule-sets.ts";

/** Width and number of the histogram's bins: 0-90 s. */
const HISTOGRAM_BIN = 2;
const BINS = 45;

/** How the times between candidates are spread. */
export interface IntervalStatistics {
  /** Known intervals, from onset to onset. */
  readonly known: number;
  /** Counts of `[0, 2), [2, 4) ... [88, 90]` seconds. */
  readonly histogram: readonly number[];
  /** Width of a bin, seconds. */
  readonly binDuration: number;
  readonly longer: number;
  /** Intervals within the rules, mean and standard deviation of their natural logarithms; NaN: too few. */
  readonly inside: number;
  readonly logMean: number;
  readonly logSd: number;
  /** Candidates in series over all candidates; NaN without any. */
  readonly seriesShare: number;
  /** Intervals in runs of three or more within the rules, over all intervals; NaN without any. */
  readonly runShare: number;
}

/** Fewest intervals in a row that count as periodic. */
const RUN = 3;

/**
 * Describes the intervals of the candidates of a night.
 *
 * *Sources:* histogram and logarithms as in open programs for WASM 2016; `seriesShare` is the periodicity index
 * as those programs compute it (they take the movements in sleep, which a video does not know), `runShare` that
 * of Ferri et al., Sleep 2006;29:759. The two differ: a reader must see which one stands there.
 */
export function describeIntervals(candidates: readonly PlacedMovement[], rules: RuleSet): IntervalStatistics {
  const intervals = candidates.map(({ interval }) => interval);
  const known = intervals.filter((interval) => !Number.isNaN(interval));
  const histogram = new Array<number>(BINS).fill(0);
  const most = BINS * HISTOGRAM_BIN;
  for (const interval of known) {
    if (interval <= most + TINY)
      histogram[Math.min(BINS - 1, Math.floor(interval / HISTOGRAM_BIN + TINY))]!++;
  }
  const logs = known.filter((interval) => isInside(interval, rules)).map(Math.log);
  const logMean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - logMean) ** 2, 0);
  const inSeries = candidates.filter(({ standing }) => standing === "in series").length;
  return {
    known: known.length,
    histogram,
    binDuration: HISTOGRAM_BIN,
    longer: known.filter((interval) => interval > most + TINY).length,
    inside: logs.length,
    logMean: logs.length > 0 ? logMean : NaN,
    logSd: logs.length > 1 ? Math.sqrt(squares / (logs.length - 1)) : NaN,
    seriesShare: candidates.length > 0 ? inSeries / candidates.length : NaN,
    runShare: known.length > 0 ? inRuns(intervals, rules) / known.length : NaN,
  };
}

/** Intervals that lie in runs of three or more within the rules. */
function inRuns(intervals: readonly number[], rules: RuleSet): number {
  let [sum, run] = [0, 0];
  for (const interval of [...intervals, NaN]) {
    if (isInside(interval, rules)) run++;
    else {
      if (run >= RUN) sum += run;
      run = 0;
    }
  }
  return sum;
}
