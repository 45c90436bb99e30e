import { endOf, type Interval, overlapOf } from "../signal/intervals.ts";

/** An event of either side, as far as matching needs it. */
export interface Matchable extends Interval {
  readonly kind: string;
}

/** A reference event and the detection that was paired with it. */
export interface Match<R extends Matchable, D extends Matchable> {
  readonly reference: R;
  readonly detection: D;
  /** Overlap over union, 0-1. */
  readonly overlap: number;
}

/** Pairs, reference events without a detection, and detections without a reference event. */
export interface MatchResult<R extends Matchable, D extends Matchable> {
  readonly matches: readonly Match<R, D>[];
  readonly missed: readonly R[];
  readonly extra: readonly D[];
}

/** Overlap over union of two intervals, 0-1. */
export function intersectionOverUnion(a: Interval, b: Interval): number {
  const overlap = overlapOf(a, b);
  const union = Math.max(endOf(a), endOf(b)) - Math.min(a.onset, b.onset);
  return union > 0 && overlap > 0 ? overlap / (a.duration + b.duration - overlap) : 0;
}

/**
 * Pairs detections with reference events, each at most once, best overlap first.
 *
 * @param atLeast overlap over union needed for a pair, 0-1.
 * @param isSame whether two kinds may pair; default: equal.
 *
 * *Source:* event matching by overlap over union as in sleep spindle scoring (Warby et al. 2014, doi
 * 10.1038/nmeth.2855). *Differs from the source:* greedy by overlap instead of optimal assignment; events
 * of one kind do not overlap, so that both give the same pairs.
 */
export function matchEvents<R extends Matchable, D extends Matchable>(
  reference: readonly R[],
  detections: readonly D[],
  atLeast: number,
  isSame: (a: R, b: D) => boolean = (a, b) => a.kind === b.kind,
): MatchResult<R, D> {
  const pairs = reference.flatMap((one) =>
    detections
      .filter((other) => isSame(one, other))
      .map((other) => ({ reference: one, detection: other, overlap: intersectionOverUnion(one, other) }))
      .filter(({ overlap }) => overlap > 0),
  );
  const matches: Match<R, D>[] = [];
  const usedReference = new Set<R>();
  const usedDetection = new Set<D>();
  for (const pair of pairs.sort((a, b) => b.overlap - a.overlap)) {
    if (pair.overlap < atLeast || usedReference.has(pair.reference) || usedDetection.has(pair.detection))
      continue;
    usedReference.add(pair.reference);
    usedDetection.add(pair.detection);
    matches.push(pair);
  }
  return {
    matches: matches.sort((a, b) => a.reference.onset - b.reference.onset),
    missed: reference.filter((one) => !usedReference.has(one)),
    extra: detections.filter((one) => !usedDetection.has(one)),
  };
}
