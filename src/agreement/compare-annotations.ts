import { type Range, shareRange } from "../signal/exact-range.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import { median, quantile } from "../signal/statistics.ts";
import { computeKappa, type Kappa } from "./cohen-kappa.ts";
import { type Match, type Matchable, matchEvents } from "./match-events.ts";

export interface CompareOptions {
  /** Overlap over union that makes two events one, 0-1. */
  readonly overlap: number;
  /** Length of the epochs for kappa, seconds. */
  readonly epochSeconds: number;
}

export const COMPARE_DEFAULTS: CompareOptions = { overlap: 0.5, epochSeconds: 30 };

/** Differences of paired events, second less first, seconds. */
export interface Spread {
  readonly median: number;
  readonly from: number;
  readonly to: number;
}

/** Agreement on one kind of event, or on all as if they were one. */
export interface KindComparison {
  /** "any" when kinds were not asked. */
  readonly kind: string;
  readonly first: number;
  readonly second: number;
  readonly both: number;
  /** Share of the second's that the first has; NaN without any. */
  readonly precision: number;
  readonly precision95: Range;
  /** Share of the first's that the second has. */
  readonly recall: number;
  readonly recall95: Range;
  readonly f1: number;
  /** Median and middle half of the differences of paired events. */
  readonly onset: Spread;
  readonly duration: Spread;
  /** Over epochs: whether anything of the kind lies in them. */
  readonly epochs: Kappa;
}

/** Two views of the same recordings, compared. */
export interface Comparison {
  readonly recordings: number;
  readonly hours: number;
  readonly options: CompareOptions;
  /** By kind, the most frequent first. */
  readonly kinds: readonly KindComparison[];
  readonly any: KindComparison;
  /** What the second calls the events of the first, and "nothing"; and what of the second the first lacks. */
  readonly confusion: readonly Confusion[];
}

/** How many events the first view calls one thing and the second another; "nothing" where one has none. */
export interface Confusion {
  readonly first: string;
  readonly second: string;
  readonly count: number;
}

/** One recording as both saw it. */
export interface ComparedPair {
  readonly first: readonly Matchable[];
  readonly second: readonly Matchable[];
  /** Seconds; epochs beyond the last event are quiet ones. */
  readonly duration: number;
}

const NOTHING = "nothing";

/**
 * Compares two views (machine and human, two humans, two versions) of one or many recordings: events by overlap over
 * union, epochs by Cohen's kappa. The first view counts as the reference; F1 and kappa do not care which is which.
 *
 * *Source:* event matching: `matchEvents`; kappa: `computeKappa`; ranges of shares: Clopper & Pearson 1934.
 */
export function compareAnnotations(pairs: readonly ComparedPair[], options: CompareOptions): Comparison {
  const counts = new Map<string, number>();
  for (const { first, second } of pairs)
    for (const { kind } of [...first, ...second]) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b, "en")).map(([kind]) => kind);
  return {
    recordings: pairs.length,
    hours: pairs.reduce((sum, pair) => sum + lengthOf(pair), 0) / 3600,
    options,
    kinds: kinds.map((kind) =>
      compareKind(
        kind,
        pairs.map((pair) => only(pair, kind)),
        options,
      ),
    ),
    any: compareKind("any", pairs, options, () => true),
    confusion: confuse(pairs, options),
  };
}

function only({ first, second, duration }: ComparedPair, kind: string): ComparedPair {
  const isKind = (event: Matchable) => event.kind === kind;
  return { first: first.filter(isKind), second: second.filter(isKind), duration };
}

function compareKind(
  kind: string,
  pairs: readonly ComparedPair[],
  { overlap, epochSeconds }: CompareOptions,
  isSame?: () => boolean,
): KindComparison {
  const matches = pairs.flatMap(({ first, second }) => matchEvents(first, second, overlap, isSame).matches);
  const first = pairs.reduce((sum, pair) => sum + pair.first.length, 0);
  const second = pairs.reduce((sum, pair) => sum + pair.second.length, 0);
  const both = matches.length;
  const epochs = (side: "first" | "second") =>
    pairs.flatMap((pair) => epochsWith(pair[side], lengthOf(pair), epochSeconds));
  return {
    ...{ kind, first, second, both },
    ...{ precision: both / second, precision95: shareRange(both, second) },
    ...{ recall: both / first, recall95: shareRange(both, first) },
    f1: (2 * both) / (first + second),
    onset: spread(matches, ({ reference, detection }) => detection.onset - reference.onset),
    duration: spread(matches, ({ reference, detection }) => detection.duration - reference.duration),
    epochs: computeKappa(epochs("first"), epochs("second")),
  };
}

function spread(
  matches: readonly Match<Matchable, Matchable>[],
  read: (match: Match<Matchable, Matchable>) => number,
): Spread {
  const values = matches.map(read);
  return { median: median(values), from: quantile(values, 0.25), to: quantile(values, 0.75) };
}

/** Seconds of a recording, or up to the last event of either where nobody tells. */
function lengthOf({ first, second, duration }: ComparedPair): number {
  return [...first, ...second].reduce((last, event) => Math.max(last, endOf(event)), duration || 0);
}

/** 1 for every epoch in which an event lies, 0 for the others. */
function epochsWith(events: readonly Interval[], duration: number, length: number): number[] {
  const epochs = new Array<number>(Math.max(1, Math.ceil(duration / length - 1e-9))).fill(0);
  for (const event of events) {
    const from = Math.max(0, Math.floor(event.onset / length));
    // An event that ends where an epoch begins does not lie in it; one without duration lies where it is.
    const to = Math.max(from + 1, Math.ceil(endOf(event) / length - 1e-9));
    for (let i = from; i < Math.min(to, epochs.length); i++) epochs[i] = 1;
  }
  return epochs;
}

function confuse(pairs: readonly ComparedPair[], { overlap }: CompareOptions): Confusion[] {
  const counts = new Map<string, Confusion>();
  const count = (first: string, second: string) => {
    const key = JSON.stringify([first, second]);
    counts.set(key, { first, second, count: (counts.get(key)?.count ?? 0) + 1 });
  };
  for (const { first, second } of pairs) {
    const { matches, missed, extra } = matchEvents(first, second, overlap, () => true);
    for (const { reference, detection } of matches) count(reference.kind, detection.kind);
    for (const { kind } of missed) count(kind, NOTHING);
    for (const { kind } of extra) count(NOTHING, kind);
  }
  return [...counts.values()].sort(
    (a, b) =>
      a.first.localeCompare(b.first, "en") || b.count - a.count || a.second.localeCompare(b.second, "en"),
  );
}
