import { DecoderError } from "../errors.ts";
import type { Frame } from "../frames/frame.ts";
import type { FrameReader } from "../frames/frame-reader.ts";
import { createFfmpegReader } from "../frames/readers/ffmpeg-reader.ts";
import { encodeFrames } from "../media/encode-frames.ts";
import type { Ffmpeg } from "../media/ffmpeg.ts";
import type { AnalysisOptions } from "../options.ts";
import { stretchContrast } from "../pose/enhance.ts";
import type { Keypoint } from "../pose/keypoint.ts";
import type { PoseEstimator } from "../pose/pose-estimator.ts";
import { createPoseFollower } from "../pose/pose-follower.ts";
import { computeTrunk, findKeypoint } from "../pose/trunk.ts";
import type { Lever } from "../probe/paint.ts";
import { readStretch, spreadStretches, stretchAsRecording } from "../probe/still-stretch.ts";
import { STRETCH_SECONDS } from "../probe/trials.ts";
import type { Recording } from "../recording/recording.ts";
import { type Interval, overlapOf } from "../signal/intervals.ts";
import { median } from "../signal/statistics.ts";
import type { Survey } from "../survey/survey.ts";
import { NO_JOURNAL } from "./journal.ts";
import { surveySegments } from "./survey-segments.ts";

/** So many times as many places are looked at as are wanted, and at least so many. */
const LOOK_MORE = 6;
const LOOK_LEAST = 24;
/** Moments at which pose is asked, seconds from the stretch's start. */
const POSE_TIMES = [1, 4, 7, 10, 13];
/** Half width of the shank, and how far around it the picture gives way, in trunk lengths. */
const SHANK_HALF = 0.14;
const FADE = 0.25;

/** What a probe works with. */
export interface Desk {
  readonly ffmpeg: Ffmpeg;
  readonly recording: Recording;
  readonly options: AnalysisOptions;
  readonly estimator: PoseEstimator;
  readonly signal: AbortSignal | undefined;
}

/** A still stretch in which a leg is seen. */
export interface Place {
  readonly stretch: Interval;
  readonly part: Recording;
  readonly leg: "left leg" | "right leg";
  readonly lever: Lever;
  readonly trunkPx: number;
  readonly shankPx: number;
  readonly frameRate: number;
  /** Quality of an encoding that spoils as much as the recording's own; NaN when not asked or not to be had. */
  readonly crf: number;
}

/**
 * Finds still stretches in which a leg is seen, spread over the recording.
 *
 * @param folder where qualities may be tried; undefined: they are not, and `crf` is NaN.
 */
export async function findPlaces(desk: Desk, wanted: number, folder: string | undefined) {
  const places: Place[] = [];
  const passedOver = { moving: 0, legsNotSeen: 0 };
  for (const stretch of spreadStretches(
    desk.recording.duration,
    STRETCH_SECONDS,
    Math.max(wanted * LOOK_MORE, LOOK_LEAST),
  )) {
    if (places.length >= wanted) break;
    if (places.some((place) => overlapOf(place.stretch, stretch) > 0)) continue;
    const part = stretchAsRecording(desk.recording, stretch);
    if (!part) continue;
    const open = (options: ReaderOptions) =>
      readStretch(createFfmpegReader(desk.ffmpeg, desk.recording, options), stretch);
    const survey = await surveyStretch(desk, { part, open });
    if (survey.activeSpans.length > 0 || survey.lightChanges.length > 0) {
      passedOver.moving++;
      continue;
    }
    const found = await findLeg(desk, stretch, places.length % 2 === 0);
    if (!found) {
      passedOver.legsNotSeen++;
      continue;
    }
    const { time } = part.files[0]!.frames;
    const frameRate = (time.length - 1) / (time.at(-1)! - time[0]!);
    const crf =
      folder === undefined ? NaN : await matchQuality(desk, stretch, folder).catch(whenEncoderFails);
    places.push({ ...{ stretch, part, frameRate, crf }, ...found });
  }
  return { places, passedOver };
}

/** Looks for the legs a few times and takes what lies in the middle of what was seen. */
async function findLeg(
  { ffmpeg, recording, options, estimator, signal }: Desk,
  stretch: Interval,
  isLeftFirst: boolean,
) {
  const reader = readStretch(createFfmpegReader(ffmpeg, recording, { height: options.flow.height }), stretch);
  const scale = recording.size.height / reader.height;
  const follower = createPoseFollower(estimator);
  const seen: (readonly Keypoint[])[] = [];
  let next = 0;
  for await (const frame of reader.read({}, signal)) {
    if (frame.time < POSE_TIMES[next]!) continue;
    const pose = await follower.next(stretchContrast(frame), frame.time, signal);
    if (pose) seen.push(pose.keypoints);
    if (++next >= POSE_TIMES.length) break;
  }
  const trunkPx = scale * median(seen.map((keypoints) => computeTrunk(keypoints).length));
  const sides = isLeftFirst ? (["left", "right"] as const) : (["right", "left"] as const);
  for (const side of sides) {
    const middle = (name: "Knee" | "Ankle") => {
      const points = seen
        .map((keypoints) => findKeypoint(keypoints, `${side}${name}`))
        .filter(({ confidence }) => confidence >= options.pose.minConfidence);
      const isOften = points.length > seen.length / 2;
      const at = (values: readonly number[]) => (isOften ? scale * median(values) : NaN);
      return [at(points.map(({ x }) => x)), at(points.map(({ y }) => y))] as const;
    };
    const [knee, ankle] = [middle("Knee"), middle("Ankle")];
    const shankPx = Math.hypot(ankle[0] - knee[0], ankle[1] - knee[1]);
    if (!(shankPx > 0) || !(trunkPx > 0)) continue;
    const lever = { joint: knee, tip: ankle, radius: SHANK_HALF * trunkPx, fade: FADE * trunkPx };
    return { leg: `${side} leg` as const, lever, trunkPx, shankPx };
  }
  return undefined;
}

/** Pictures of a stretch, whole or painted, and the packet table that goes with them. */
export interface Source {
  readonly part: Recording;
  readonly open: (options: ReaderOptions) => FrameReader;
}

export type ReaderOptions = Parameters<typeof createFfmpegReader>[2];

/** Qualities that are tried for one that fits the recording's own: x264's rate factors, from fine to coarse. */
const QUALITIES = [16, 20, 24, 28, 32, 36, 40];

/** The quality at which a frame of the stretch takes the room that the recording's own key frames take. */
async function matchQuality(desk: Desk, stretch: Interval, folder: string): Promise<number> {
  const { ffmpeg, recording, signal } = desk;
  const own = recording.files.flatMap(({ frames }) =>
    Array.from(frames.bytes).filter((_, i) => frames.key[i] === 1),
  );
  const reader = createFfmpegReader(ffmpeg, recording, { height: recording.size.height });
  const { width, height } = reader;
  let best = { crf: QUALITIES[0]!, off: Infinity };
  for (const crf of QUALITIES) {
    const one = readFirst(readStretch(reader, stretch).read({ from: 0, to: 1 }, signal));
    const size = { path: `${folder}/quality.mp4`, width, height, frameRate: 25, keyFrameEvery: 1 };
    const bytes = await encodeFrames(ffmpeg, one, { ...size, crf, signal });
    const off = Math.abs(Math.log(bytes / median(own)));
    if (off < best.off) best = { crf, off };
  }
  return best.crf;
}

async function* readFirst(frames: AsyncIterable<Frame>): AsyncGenerator<Frame> {
  for await (const frame of frames) {
    yield frame;
    return;
  }
}

export async function surveyStretch(
  { recording, options, signal }: Desk,
  { part, open }: Source,
): Promise<Survey> {
  const { width } = options.survey;
  const height = Math.round((width * recording.size.height) / Math.max(recording.size.width, 1));
  const { survey } = await surveySegments(
    () => open({ height, skipLoopFilter: true }),
    part,
    NO_JOURNAL.at([]),
    { ...options.survey, longest: options.survey.longestSpan, parallel: 1 },
    signal,
  );
  return survey;
}

/** An ffmpeg without x264 can still paint and look. */
function whenEncoderFails(error: unknown): number {
  if (error instanceof DecoderError) return NaN;
  throw error;
}
