import type { Recording } from "./recording.ts";

/** Minutes for which the frame rate is told. */
const STRETCH_SECONDS = 600;
/** A pause between two frames longer than this many usual intervals (and seconds) is a gap. */
const GAP_INTERVALS = 5;
const GAP_SECONDS = 0.5;
/** An interval that differs from the usual one by more than this share is uneven. */
const UNEVEN_SHARE = 0.25;
/** Two frames closer than this are shown at the same time. */
const SAME_TIME = 1e-6;

/** The clock of a stretch of the recording. */
export interface ClockStretch {
  /** Seconds, half open. */
  readonly onset: number;
  readonly duration: number;
  readonly frames: number;
  /** Frames a second of the time that was filmed in it; NaN when nothing was. */
  readonly frameRate: number;
  /** Share of its frame intervals that differ from the recording's usual one by more than a quarter, 0-1. */
  readonly unevenShare: number;
}

/** What a recording's timestamps say about its camera. Times are seconds from the recording's start. */
export interface ClockReport {
  /** Frames a second of the time that was filmed. */
  readonly frameRate: number;
  /** Frames a second that the files' headers state; NaN when they state none, or not the same. */
  readonly statedFrameRate: number;
  /** The usual interval between frames, seconds (the median). */
  readonly interval: number;
  readonly shortestInterval: number;
  readonly longestInterval: number;
  readonly frames: number;
  /** Frames with the same time as the one before: they are read once. */
  readonly duplicateFrames: number;
  /** Frames that a steady camera would have given besides, inside what was filmed. */
  readonly droppedFrames: number;
  /** Frame rate and evenness by ten minutes: where it varies, and where it is another. */
  readonly stretches: readonly ClockStretch[];
  /** Where nothing was recorded. */
  readonly gaps: readonly { readonly onset: number; readonly duration: number }[];
}

/**
 * Describes the recording's clock, from the packet table alone: nothing is decoded.
 *
 * A frame is dropped where an interval is about a whole number (2 to 5) of usual ones; longer is a gap.
 * *Limits:* a picture that a camera shows twice under two times is two frames here.
 */
export function describeClockReport(recording: Recording): ClockReport {
  const { at, steps } = listIntervals(recording);
  const usual = median(steps.filter((step) => step > SAME_TIME));
  const stretches = layStretches(recording.duration);
  const gaps: { onset: number; duration: number }[] = [];
  let [duplicates, dropped, previousEnd] = [0, 0, 0];
  for (const file of recording.files) {
    if (file.onset > previousEnd + GAP_SECONDS) {
      gaps.push({ onset: previousEnd, duration: file.onset - previousEnd });
    }
    previousEnd = file.onset + file.duration;
    for (const time of file.frames.time) stretchAt(stretches, file.onset + time).frames++;
  }
  let [shortest, longest] = [Infinity, 0];
  for (const [i, step] of steps.entries()) {
    const stretch = stretchAt(stretches, at[i]!);
    if (step > Math.max(GAP_SECONDS, GAP_INTERVALS * usual)) {
      gaps.push({ onset: at[i]!, duration: step });
      continue;
    }
    if (step <= SAME_TIME) duplicates++;
    else {
      shortest = Math.min(shortest, step);
      longest = Math.max(longest, step);
    }
    dropped += Math.max(0, Math.round(step / usual) - 1);
    stretch.intervals++;
    if (Math.abs(step - usual) > UNEVEN_SHARE * usual) stretch.uneven++;
  }
  gaps.sort((a, b) => a.onset - b.onset);
  const filmed = recording.duration - gaps.reduce((sum, gap) => sum + gap.duration, 0);
  const frames = recording.files.reduce((sum, file) => sum + file.frames.time.length, 0);
  return {
    frameRate: (frames - duplicates) / filmed,
    statedFrameRate: statedRateOf(recording),
    interval: usual,
    shortestInterval: shortest === Infinity ? NaN : shortest,
    longestInterval: longest === 0 ? NaN : longest,
    frames,
    duplicateFrames: duplicates,
    droppedFrames: dropped,
    stretches: stretches.map(({ onset, duration, frames: own, intervals, uneven }) => {
      const lost = gaps.reduce((sum, gap) => sum + overlap(gap, { onset, duration }), 0);
      return {
        onset,
        duration,
        frames: own,
        frameRate: duration - lost > SAME_TIME && own > 0 ? own / (duration - lost) : NaN,
        unevenShare: intervals > 0 ? uneven / intervals : 0,
      };
    }),
    gaps,
  };
}

interface Span {
  readonly onset: number;
  readonly duration: number;
}

interface Counted extends Span {
  frames: number;
  intervals: number;
  uneven: number;
}

function layStretches(duration: number): Counted[] {
  const count = Math.max(1, Math.ceil(duration / STRETCH_SECONDS - 1e-9));
  return Array.from({ length: count }, (_, i) => ({
    onset: i * STRETCH_SECONDS,
    duration: Math.min(STRETCH_SECONDS, duration - i * STRETCH_SECONDS),
    ...{ frames: 0, intervals: 0, uneven: 0 },
  }));
}

function statedRateOf({ files }: Recording): number {
  const rates = new Set(files.map(({ statedFrameRate }) => statedFrameRate ?? NaN));
  return rates.size === 1 ? [...rates][0]! : NaN;
}

function stretchAt(stretches: readonly Counted[], time: number): Counted {
  return stretches[Math.min(stretches.length - 1, Math.floor(time / STRETCH_SECONDS))]!;
}

/** All intervals between frames of the same file, and when each begins. */
function listIntervals({ files }: Recording): { at: Float64Array; steps: Float64Array } {
  const count = files.reduce((sum, file) => sum + Math.max(0, file.frames.time.length - 1), 0);
  const at = new Float64Array(count);
  const steps = new Float64Array(count);
  let next = 0;
  for (const { onset, frames } of files) {
    for (let i = 1; i < frames.time.length; i++) {
      at[next] = onset + frames.time[i - 1]!;
      steps[next++] = frames.time[i]! - frames.time[i - 1]!;
    }
  }
  return { at, steps };
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.onset + a.duration, b.onset + b.duration) - Math.max(a.onset, b.onset));
}

function median(values: Float64Array): number {
  return values.length === 0 ? NaN : values.slice().sort()[values.length >> 1]!;
}
