import type { ActiveSpan, Survey } from "./survey.ts";

export interface ActiveSpanOptions {
  /** How many times the recording's own quiet score a bin must reach. */
  readonly motionFactor: number;
  /** Seconds added before and after. */
  readonly preRoll: number;
  readonly postRoll: number;
  /** Longest span, seconds: longer ones are cut, so that no single piece of work outgrows the rest. */
  readonly longest: number;
}

/** The quiet score is that of the calmest quarter of the recording... */
const QUIET_QUANTILE = 0.25;
/** ...but not below this: a picture without any noise would make a threshold of nothing. */
const QUIET_FLOOR = 4;
/** Quiet cannot be above this: a recording that moves all the time has no quiet quarter. */
const QUIET_CEILING = 14;

/**
 * Turns motion scores per bin into the spans that deserve a closer look.
 *
 * @param score per bin, see `scoreMotion`.
 * @param end end of the recording, seconds: no span reaches beyond it.
 */
export function findActiveSpans(
  score: Float32Array,
  binDuration: number,
  end: number,
  options: ActiveSpanOptions,
): ActiveSpan[] {
  const limit = options.motionFactor * quietScore(score);
  const spans: { from: number; to: number; peak: number }[] = [];
  for (let bin = 0; bin < score.length; bin++) {
    if (score[bin]! < limit) continue;
    const from = Math.max(0, bin * binDuration - options.preRoll);
    const to = Math.min(end, (bin + 1) * binDuration + options.postRoll);
    const last = spans.at(-1);
    if (last && from <= last.to) {
      last.to = to;
      last.peak = Math.max(last.peak, score[bin]!);
    } else spans.push({ from, to, peak: score[bin]! });
  }
  return spans.flatMap((span) => cut(span, options.longest));
}

/** The score of stillness in a recording. */
export function quietScore(score: Float32Array): number {
  const sorted = score.slice().sort();
  const quantile = sorted[Math.floor(QUIET_QUANTILE * (sorted.length - 1))] ?? 0;
  return Math.min(QUIET_CEILING, Math.max(QUIET_FLOOR, quantile));
}

/** Whether the survey saw motion at a moment, seconds. */
export function createMotionTest(
  survey: Pick<Survey, "score" | "map">,
  motionFactor: number,
): (time: number) => boolean {
  const limit = motionFactor * quietScore(survey.score);
  return (time) => (survey.score[Math.floor(time / survey.map.binDuration)] ?? 0) >= limit;
}

function cut(span: { from: number; to: number; peak: number }, longest: number): ActiveSpan[] {
  const length = span.to - span.from;
  const pieces = Math.max(1, Math.ceil(length / longest));
  return Array.from({ length: pieces }, (_, i) => ({
    onset: span.from + (i * length) / pieces,
    duration: length / pieces,
    peakScore: span.peak,
  }));
}
