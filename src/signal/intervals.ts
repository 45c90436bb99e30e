/** A stretch of time, seconds, half open. */
export interface Interval {
  readonly onset: number;
  readonly duration: number;
}

export function endOf(interval: Interval): number {
  return interval.onset + interval.duration;
}

/** An interval from its two ends. */
export function between(onset: number, end: number): Interval {
  return { onset, duration: end - onset };
}

/** Length of the overlap of two intervals, seconds. */
export function overlapOf(a: Interval, b: Interval): number {
  return Math.max(0, Math.min(endOf(a), endOf(b)) - Math.max(a.onset, b.onset));
}

/** Joins intervals that overlap or lie at most `gap` apart; the result is sorted. */
export function joinIntervals(intervals: readonly Interval[], gap: number): Interval[] {
  const joined: { onset: number; end: number }[] = [];
  for (const interval of [...intervals].sort((a, b) => a.onset - b.onset)) {
    const last = joined.at(-1);
    if (last && interval.onset <= last.end + gap) last.end = Math.max(last.end, endOf(interval));
    else joined.push({ onset: interval.onset, end: endOf(interval) });
  }
  return joined.map(({ onset, end }) => between(onset, end));
}

/** What of `intervals` lies outside all of `taken`; pieces shorter than `shortest` are dropped. */
export function subtractIntervals(
  intervals: readonly Interval[],
  taken: readonly Interval[],
  shortest: number,
): Interval[] {
  const cuts = joinIntervals(taken, 0);
  const rest = intervals.flatMap((piece) => cutOut(piece, cuts));
  return rest.filter((piece) => piece.duration >= shortest);
}

/** What is left of a piece; cuts in order and apart from each other. */
function cutOut(piece: Interval, cuts: readonly Interval[]): Interval[] {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(cuts[middle]!) <= piece.onset) low = middle + 1;
    else high = middle;
  }
  const pieces: Interval[] = [];
  let from = piece.onset;
  for (let i = low; i < cuts.length && cuts[i]!.onset < endOf(piece); i++) {
    if (overlapOf(piece, cuts[i]!) === 0) continue;
    if (cuts[i]!.onset > from) pieces.push(between(from, cuts[i]!.onset));
    from = endOf(cuts[i]!);
  }
  if (from === piece.onset) return [piece];
  if (from < endOf(piece)) pieces.push(between(from, endOf(piece)));
  return pieces;
}

/**
 * Finds where a signal is up: it starts at a sample at or above `on` and ends when it stays below `off` for
 * `hold` seconds (the end is the first sample of that stay). NaN counts as below.
 *
 * *Source:* two-threshold rule of leg-movement scoring, WASM 2016 (Ferri et al., Sleep Medicine 26:86),
 * offset = start of at least 0.5 s below the lower threshold. *Differs from the source:* thresholds are
 * given in the signal's own unit.
 */
export function detectIntervals(
  time: ArrayLike<number>,
  value: ArrayLike<number>,
  threshold: { readonly on: number; readonly off: number; readonly hold: number },
): Interval[] {
  const found: Interval[] = [];
  let start = -1;
  let below = -1;
  for (let i = 0; i < time.length; i++) {
    const v = value[i]!;
    if (start === -1) {
      if (v < threshold.on || Number.isNaN(v)) continue;
      start = i;
      // Back to where the rise began.
      while (start > 0 && value[start - 1]! >= threshold.off) start--;
      below = -1;
    } else if (!(v >= threshold.off)) {
      if (below === -1) below = i;
      if (time[i]! - time[below]! < threshold.hold) continue;
      found.push(between(time[start]!, time[below]!));
      start = -1;
    } else below = -1;
  }
  if (start !== -1) found.push(between(time[start]!, time[below === -1 ? time.length - 1 : below]!));
  return found;
}
