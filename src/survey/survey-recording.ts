import type { FrameReader } from "../frames/frame-reader.ts";
import type { Recording } from "../recording/recording.ts";
import { type ActiveSpanOptions, findActiveSpans } from "./active-spans.ts";
import { detectLightChanges } from "./light-changes.ts";
import { mergeParts } from "./merge-parts.ts";
import { scoreMotion } from "./motion-score.ts";
import type { Survey } from "./survey.ts";
import { Surveyor, type SurveyPart } from "./surveyor.ts";

export interface SurveyOptions extends ActiveSpanOptions {
  /** Seconds of a bin of the motion map. */
  readonly binDuration: number;
  /** Parts surveyed side by side: one decoder each. */
  readonly parallel: number;
}

/** Parts shorter than this are not worth a decoder of their own, seconds. */
const SHORTEST_PART = 60;

/**
 * Looks at every frame of the recording, small and gray, and says where something moved.
 *
 * The recording is cut at key frames into as many parts as may run side by side; each part starts with the
 * last frame of the one before, so that the result is the same however it was cut.
 *
 * @param reader gray frames, at most 320 px wide.
 * @param onProgress told the seconds surveyed so far.
 */
export async function surveyRecording(
  reader: FrameReader,
  recording: Recording,
  options: SurveyOptions,
  signal?: AbortSignal,
  onProgress?: (seconds: number) => void,
): Promise<Survey> {
  const starts = partStarts(recording, options);
  const keyTimes = new Set(allKeyTimes(recording).map(nearest));
  const done = new Float64Array(starts.length);
  const parts = await Promise.all(
    starts.map(async (start, i) => {
      const range = { from: start.from, to: starts[i + 1]?.onset ?? Infinity };
      const surveyor = new Surveyor(reader.width, reader.height, options.binDuration, start.onset);
      for await (const frame of reader.read(range, signal)) {
        surveyor.add(frame, keyTimes.has(nearest(frame.time)));
        done[i] = frame.time - start.onset;
        onProgress?.(done.reduce((sum, seconds) => sum + seconds, 0));
      }
      return surveyor.finish();
    }),
  );
  return summarizeSurvey(mergeParts(parts), recording.duration, options);
}

/** Draws the conclusions of a survey from what its parts collected: pure, and cheap to repeat. */
export function summarizeSurvey(part: SurveyPart, duration: number, options: ActiveSpanOptions): Survey {
  const lightChanges = detectLightChanges(part.frames, part.map);
  const score = scoreMotion(part.map, lightChanges);
  return {
    width: part.width,
    height: part.height,
    frames: part.frames,
    map: part.map,
    score,
    activeSpans: findActiveSpans(score, part.map.binDuration, duration, options),
    lightChanges,
  };
}

interface PartStart {
  /** Time of its first own frame. */
  readonly onset: number;
  /** Time of the frame before, with which the comparison starts. */
  readonly from: number;
}

function partStarts(recording: Recording, options: SurveyOptions): PartStart[] {
  const count = Math.max(1, Math.min(options.parallel, Math.floor(recording.duration / SHORTEST_PART)));
  const starts: PartStart[] = [{ onset: 0, from: 0 }];
  const times = recording.files.flatMap((file) => Array.from(file.frames.time, (time) => file.onset + time));
  const keys = allKeyTimes(recording);
  for (let i = 1; i < count; i++) {
    const wanted = (i * recording.duration) / count;
    const onset = keys.find((time) => time >= wanted);
    const at = onset === undefined ? -1 : times.indexOf(onset);
    if (onset === undefined || at < 1 || onset <= starts.at(-1)!.onset) continue;
    starts.push({ onset, from: times[at - 1]! });
  }
  return starts;
}

function allKeyTimes(recording: Recording): number[] {
  return recording.files.flatMap((file) =>
    [...file.frames.time].filter((_, i) => file.frames.key[i] === 1).map((time) => file.onset + time),
  );
}

/** Times as whole tenths of a millisecond: the decoder's and the packet table's differ in the last bit. */
function nearest(time: number): number {
  return Math.round(time * 1e4);
}
