import { between, endOf, type Interval } from "../signal/intervals.ts";
import { type LegMovement, TINY } from "./leg-movements.ts";
import type { RuleSet } from "./rule-sets.ts";

/** Candidates that follow each other at intervals within the rules. */
export interface Series extends Interval {
  readonly movements: readonly LegMovement[];
}

/** Where a candidate stands. */
export type Standing = "in series" | "short interval" | "isolated";

/** A candidate with the time since the last one. */
export interface PlacedMovement extends LegMovement {
  /** Onset to onset, seconds; NaN for the first, and where what lies between is not known or no candidate. */
  readonly interval: number;
  readonly standing: Standing;
}

export interface SeriesFound {
  readonly series: readonly Series[];
  readonly candidates: readonly PlacedMovement[];
}

/**
 * Finds series among leg movements. An interval outside the rules ends a series, and so does (where the rules
 * say so) a leg movement that is no candidate, and any time between two movements in which the legs could not
 * be judged.
 *
 * *Source:* the rule set's. Where published programs disagree this follows the abstract of WASM 2016: both
 * ends of 10-90 s are inside, the recording's last movement counts, and a movement that comes too soon after
 * another ends a series but may open the next one.
 *
 * @param movements in order of onset, as `findLegMovements` gives them.
 * @param isHidden whether any of a stretch of time could not be judged.
 */
export function findSeries(
  movements: readonly LegMovement[],
  rules: RuleSet,
  isHidden: (interval: Interval) => boolean = () => false,
): SeriesFound {
  const runs: { movement: LegMovement; interval: number }[][] = [];
  let last: LegMovement | undefined;
  for (const movement of movements) {
    if (!movement.isCandidate) {
      if (rules.endsAtOther) last = undefined;
      continue;
    }
    const isKnown = last !== undefined && !isHidden(between(last.onset, movement.onset));
    const interval = isKnown ? movement.onset - last!.onset : NaN;
    if (isInside(interval, rules)) runs.at(-1)!.push({ movement, interval });
    else runs.push([{ movement, interval }]);
    last = movement;
  }
  const isSeries = (run: readonly unknown[]) => run.length >= rules.fewest;
  const series = runs.filter(isSeries).map((run) => {
    const of = run.map(({ movement }) => movement);
    return { ...between(of[0]!.onset, Math.max(...of.map(endOf))), movements: of };
  });
  const candidates = runs.flatMap((run) =>
    run.map(({ movement, interval }) => ({
      ...movement,
      interval,
      standing: isSeries(run) ? IN_SERIES : interval < rules.intervalFrom - TINY ? SHORT : ISOLATED,
    })),
  );
  return { series, candidates };
}

const IN_SERIES: Standing = "in series";
const SHORT: Standing = "short interval";
const ISOLATED: Standing = "isolated";

/** Whether an interval keeps a series going; NaN does not. */
export function isInside(interval: number, { intervalFrom, intervalTo }: RuleSet): boolean {
  return interval >= intervalFrom - TINY && interval <= intervalTo + TINY;
}
