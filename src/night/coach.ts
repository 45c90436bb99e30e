import type { FrameReader, ReadRange } from "../frames/frame-reader.ts";
import { createFfmpegReader } from "../frames/readers/ffmpeg-reader.ts";
import type { Issue } from "../issues.ts";
import { findFfmpeg } from "../media/ffmpeg.ts";
import type { SpanMovement } from "../movement/movement.ts";
import { measureNoiseFloor } from "../movement/noise-floor.ts";
import { type AnalysisOptionsInput, parseOptions } from "../options.ts";
import type { PoseEstimator } from "../pose/pose-estimator.ts";
import { describeClockReport } from "../recording/clock-report.ts";
import { openRecording } from "../recording/open-recording.ts";
import type { Recording } from "../recording/recording.ts";
import { adviseCamera, type CameraCheck, legFromShank, viewOf } from "../resolvability/coach-advice.ts";
import { describeResolvability } from "../resolvability/describe-resolvability.ts";
import { median } from "../signal/statistics.ts";
import { createMotionTest } from "../survey/active-spans.ts";
import { NO_JOURNAL } from "./journal.ts";
import { measureSpans } from "./measure-spans.ts";
import { surveySegments } from "./survey-segments.ts";

/** Seconds of a clip that are looked at. */
const LOOKED_AT = 60;
/** Poses a second: where the infant lies, not how it moves. */
const POSE_RATE = 1;

/** How to call {@link coachCamera}. */
export interface CoachOptions {
  readonly options?: AnalysisOptionsInput;
  readonly signal?: AbortSignal;
  readonly parallel?: number;
  /** Another estimator than the options name (the caller closes it). */
  readonly estimator?: PoseEstimator;
}

/** A camera check, and what to change. */
export interface Coaching extends CameraCheck {
  /** In plain words, the most useful first; empty when there is nothing. */
  readonly advice: readonly string[];
  readonly issues: readonly Issue[];
}

/**
 * Looks at the first minute of a clip, with the same stages as an analysis, and says what to change about the
 * camera before a night is filmed with it.
 *
 * @throws KicklineError as `analyzeRecording`.
 */
export async function coachCamera(files: readonly string[], call: CoachOptions = {}): Promise<Coaching> {
  const given = call.options ?? {};
  const options = parseOptions({ ...given, pose: { rateHz: POSE_RATE, ...given.pose } });
  const parallel = call.parallel ?? 1;
  const ffmpeg = await findFfmpeg();
  const { recording: whole, issues } = await openRecording(ffmpeg, files, { signal: call.signal });
  const recording = firstMinute(whole);
  const clock = describeClockReport(recording);
  const openReader = (): FrameReader => {
    const height = Math.round((options.survey.width * whole.size.height) / Math.max(whole.size.width, 1));
    const reader = createFfmpegReader(ffmpeg, recording, { height, skipLoopFilter: true });
    return { ...reader, read: (range, signal) => reader.read(endAt(recording.duration, range), signal) };
  };
  const { survey } = await surveySegments(
    openReader,
    recording,
    NO_JOURNAL.at([]),
    // All of it is looked at closely, whether anything moves or not.
    { ...options.survey, motionFactor: 0, longest: LOOKED_AT + 1, parallel: 1 },
    call.signal,
  );
  const isMoving = createMotionTest(survey, options.survey.motionFactor);
  const stages = { ffmpeg, recording, survey, options, parallel, journal: NO_JOURNAL.at([]) };
  const { spans } = await measureSpans(stages, call);
  const floorOf = (some: readonly SpanMovement[]) => measureNoiseFloor(some, (time) => !isMoving(time));
  const pictureScale = recording.size.height / Math.min(options.flow.height, recording.size.height);
  const measured = {
    ...{ duration: recording.duration, clock, repeats: survey.repeats, spans, pictureScale },
    ...{ floor: floorOf(spans), floorOf },
  };
  const { hours, kinds } = describeResolvability(measured, options.events);
  const floor = hours[0]!;
  const check: CameraCheck = {
    seconds: recording.duration,
    statedFrameRate: clock.statedFrameRate,
    frameRate: clock.frameRate,
    newPictureRate: Math.min(clock.frameRate, survey.repeats.pictureRate ?? Infinity),
    picture: recording.size,
    trunkPx: floor.trunkPx,
    legPx: legFromShank(floor.shankPx),
    view: viewOf(
      spans.flatMap(({ posture }) => [...posture.width]),
      spans.flatMap(({ posture }) => [...posture.leftShank, ...posture.rightShank]),
    ),
    brightness: median(survey.frames.brightness),
    noise: median(survey.frames.noise),
    ...{ floor, kinds },
  };
  return { ...check, advice: adviseCamera(check), issues };
}

function endAt(end: number, range: ReadRange = {}): ReadRange {
  return { ...range, to: Math.min(range.to ?? Infinity, end) };
}

/** The recording as if it ended after a minute. */
function firstMinute(recording: Recording): Recording {
  if (recording.duration <= LOOKED_AT) return recording;
  const files = recording.files
    .filter(({ onset }) => onset < LOOKED_AT)
    .map((file) => {
      const left = LOOKED_AT - file.onset;
      if (file.duration <= left) return file;
      const count = file.frames.time.filter((time) => time < left).length;
      const { time, key, bytes } = file.frames;
      const frames = {
        ...{ time: time.subarray(0, count), key: key.subarray(0, count), bytes: bytes.subarray(0, count) },
      };
      return { ...file, duration: left, frames };
    });
  return { ...recording, files, duration: LOOKED_AT };
}
