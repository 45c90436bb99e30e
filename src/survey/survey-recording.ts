import type { FrameReader } from "../frames/frame-reader.ts";
import type { Recording } from "../recording/recording.ts";
import { type ActiveSpanOptions, findActiveSpans } from "./active-spans.ts";
import { keepBins } from "./keep-bins.ts";
import { detectLightChanges } from "./light-changes.ts";
import { scoreMotion } from "./motion-score.ts";
import { findRepeats } from "./repeated-pictures.ts";
import type { Survey } from "./survey.ts";
import { Surveyor, type SurveyPart } from "./surveyor.ts";
import { usualChange } from "./usual-change.ts";

/** A part of the recording that is surveyed in one go: from a key frame to the next part. */
export interface Segment {
  /** Time of its first own frame, seconds. */
  readonly onset: number;
  readonly end: number;
  /** Time of the frame before, with which the comparison starts. */
  readonly from: number;
}

/**
 * Cuts a recording at key frames into segments of about the length wanted. Where it is cut hangs on the
 * recording and that length alone, never on how many cores there are.
 *
 * @param wanted seconds.
 */
export function cutSegments(recording: Recording, wanted: number): Segment[] {
  const starts: { onset: number; from: number }[] = [{ onset: 0, from: 0 }];
  for (const { onset: fileOnset, frames } of recording.files) {
    for (let i = 1; i < frames.time.length; i++) {
      const onset = fileOnset + frames.time[i]!;
      if (!frames.key[i] || onset - starts.at(-1)!.onset < wanted) continue;
      starts.push({ onset, from: fileOnset + frames.time[i - 1]! });
    }
  }
  // A short rest belongs to the last segment.
  if (starts.length > 1 && recording.duration - starts.at(-1)!.onset < wanted / 4) starts.pop();
  return starts.map((start, i) => ({ ...start, end: starts[i + 1]?.onset ?? Infinity }));
}

/**
 * Surveys one segment: every frame of it, small and gray.
 *
 * @param reader gray frames, at most 320 px wide.
 * @param keyTimes see {@link keyFrameTicks}.
 */
export async function surveySegment(
  reader: FrameReader,
  segment: Segment,
  keyTimes: ReadonlySet<number>,
  binDuration: number,
  signal?: AbortSignal,
  onFrame?: (time: number) => void,
): Promise<SurveyPart> {
  const surveyor = new Surveyor(reader.width, reader.height, binDuration, segment.onset);
  for await (const frame of reader.read({ from: segment.from, to: segment.end }, signal)) {
    surveyor.add(frame, keyTimes.has(tick(frame.time)));
    onFrame?.(frame.time);
  }
  return surveyor.finish();
}

/**
 * Draws the conclusions of a survey from what its parts, joined, collected: pure, and cheap to repeat. The
 * survey's map holds the active spans only.
 */
export function summarizeSurvey(part: SurveyPart, duration: number, options: ActiveSpanOptions): Survey {
  const lightChanges = detectLightChanges(part.frames, part.map);
  const score = scoreMotion(part.map, lightChanges);
  const activeSpans = findActiveSpans(score, part.map.binDuration, duration, options);
  return {
    width: part.width,
    height: part.height,
    frames: part.frames,
    map: keepBins(part.map, activeSpans),
    usual: usualChange(part.map),
    score,
    activeSpans,
    lightChanges,
    repeats: findRepeats(part.frames),
  };
}

/** Times of all key frames, as {@link tick}s. */
export function keyFrameTicks(recording: Recording): Set<number> {
  const keys = new Set<number>();
  for (const { onset, frames } of recording.files) {
    for (let i = 0; i < frames.time.length; i++) if (frames.key[i]) keys.add(tick(onset + frames.time[i]!));
  }
  return keys;
}

/** A time as whole tenths of a millisecond: the decoder's and the packet table's differ in the last bit. */
export function tick(time: number): number {
  return Math.round(time * 1e4);
}
