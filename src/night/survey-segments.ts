import type { FrameReader } from "../frames/frame-reader.ts";
import type { Recording } from "../recording/recording.ts";
import type { ActiveSpanOptions } from "../survey/active-spans.ts";
import { PartMerger } from "../survey/merge-parts.ts";
import type { Survey } from "../survey/survey.ts";
import {
  cutSegments,
  keyFrameTicks,
  type Segment,
  summarizeSurvey,
  surveySegment,
} from "../survey/survey-recording.ts";
import type { SurveyPart } from "../survey/surveyor.ts";
import { type Journal, remember } from "./journal.ts";
import { workInLanes } from "./lanes.ts";

export interface SurveyCall extends ActiveSpanOptions {
  /** Seconds of a bin of the motion map. */
  readonly binDuration: number;
  /** Seconds of a piece of work. */
  readonly segment: number;
  /** Pieces surveyed side by side: one decoder each. */
  readonly parallel: number;
}

interface Surveyed {
  readonly part: SurveyPart;
  /** Whether the decoder complained of it. */
  readonly isDamaged: boolean;
}

/**
 * Looks at every frame of the recording, small and gray, and says where something moved. Finished segments
 * are kept in the journal and not surveyed again.
 *
 * @param openReader opens a reader of gray frames, at most 320 px wide, that says when it meets damage.
 * @param onProgress told the seconds surveyed so far.
 * @param onPart given each part as soon as it is there, in any order.
 * @returns the survey, and the segments the decoder complained of.
 */
export async function surveySegments(
  openReader: (onDamage: () => void) => FrameReader,
  recording: Recording,
  journal: Journal,
  options: SurveyCall,
  signal?: AbortSignal,
  onProgress?: (seconds: number) => void,
  onPart?: (part: SurveyPart) => void,
): Promise<{ survey: Survey; damaged: Segment[] }> {
  const segments = cutSegments(recording, options.segment);
  const keys = keyFrameTicks(recording);
  const damaged: Segment[] = [];
  const done = new Float64Array(segments.length);
  const tell = (i: number, seconds: number) => {
    done[i] = seconds;
    onProgress?.(done.reduce((sum, value) => sum + value, 0));
  };
  const merger = new PartMerger(expected(recording, options.binDuration));
  // Parts end in any order and are joined in that of time: the few that come early wait.
  const waiting = new Map<number, Surveyed>();
  let next = 0;
  const take = (i: number, surveyed: Surveyed) => {
    waiting.set(i, surveyed);
    for (let due = waiting.get(next); due; due = waiting.get(next)) {
      merger.add(due.part);
      if (due.isDamaged) damaged.push(segments[next]!);
      waiting.delete(next++);
    }
  };
  await workInLanes(segments.length, options.parallel, signal, async (i, ownSignal) => {
    const segment = segments[i]!;
    const onFrame = (time: number) => tell(i, time - segment.onset);
    const look = { openReader, journal, keys, binDuration: options.binDuration };
    const surveyed = await surveyPiece(look, segment, i, ownSignal, onFrame);
    onPart?.(surveyed.part);
    take(i, surveyed);
    tell(i, Math.min(segment.end, recording.duration) - segment.onset);
  });
  return { survey: summarizeSurvey(merger.finish(), recording.duration, options), damaged };
}

interface PieceLook {
  readonly openReader: (onDamage: () => void) => FrameReader;
  readonly journal: Journal;
  readonly keys: ReadonlySet<number>;
  readonly binDuration: number;
}

/** Name of a segment's piece in the journal. */
export function surveyName(i: number): string {
  return `survey-${String(i).padStart(5, "0")}`;
}

/** One segment's part of the survey, from the journal or anew. */
export function surveyPiece(
  { openReader, journal, keys, binDuration }: PieceLook,
  segment: Segment,
  i: number,
  signal?: AbortSignal,
  onFrame?: (time: number) => void,
): Promise<Surveyed> {
  return remember<Surveyed>(journal, surveyName(i), async () => {
    let isDamaged = false;
    const reader = openReader(() => {
      isDamaged = true;
    });
    const part = await surveySegment(reader, segment, keys, binDuration, signal, onFrame);
    return { part, isDamaged };
  });
}

/** How much there will be to join: as the packet tables say. */
function expected(recording: Recording, binDuration: number): { bins: number; frames: number } {
  return {
    bins: Math.ceil(recording.duration / binDuration) + 1,
    frames: recording.files.reduce((sum, { frames }) => sum + frames.time.length, 0),
  };
}
