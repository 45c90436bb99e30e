import type { AnalyzeOptions } from "./analyze.ts";
import { analyzeSpan, type SpanMeasurement } from "./analyze-span.ts";
import { createFfmpegReader } from "./frames/readers/ffmpeg-reader.ts";
import type { Ffmpeg } from "./media/ffmpeg.ts";
import type { SpanMovement } from "./movement/movement.ts";
import { computeSpanMovement } from "./movement/span-movement.ts";
import type { AnalysisOptions } from "./options.ts";
import { createPoseEstimator } from "./pose/create-pose-estimator.ts";
import type { ModelIdentity, PoseEstimator } from "./pose/pose-estimator.ts";
import { createPoseFollower, POSE_FOLLOWER_DEFAULTS } from "./pose/pose-follower.ts";
import type { Recording } from "./recording/recording.ts";
import type { Survey } from "./survey/survey.ts";

/** What measuring the active spans needs. */
export interface CloseLook {
  readonly ffmpeg: Ffmpeg;
  readonly recording: Recording;
  readonly survey: Survey;
  /** Usual change of each block of the motion map. */
  readonly usual: Float32Array;
  readonly options: AnalysisOptions;
  readonly parallel: number;
}

/** The dear part of an analysis: every active span by pose and flow, several side by side. */
export async function measureSpans(
  look: CloseLook,
  call: Pick<AnalyzeOptions, "signal" | "onProgress" | "estimator">,
): Promise<{ measurements: SpanMeasurement[]; models: ModelIdentity[] }> {
  if (look.survey.activeSpans.length === 0) return { measurements: [], models: [] };
  const { estimator, detail, close } = await openEstimators(look, call.estimator);
  try {
    const measurements = await runLanes(look, call, estimator, detail);
    return { measurements, models: [estimator, detail].flatMap((one) => (one ? [{ ...one.model }] : [])) };
  } finally {
    await close();
  }
}

async function openEstimators({ options, parallel }: CloseLook, given: PoseEstimator | undefined) {
  const { model, runtime } = options.pose;
  const isBlazePose = model === "blazepose-heavy";
  // BlazePose knows neither where to look nor when it is wrong: MoveNet leads it.
  const leader = isBlazePose ? "movenet-thunder" : model;
  const estimator = given ?? (await createPoseEstimator({ model: leader, runtime, workers: parallel }));
  const detail = isBlazePose ? await createPoseEstimator({ model, workers: parallel }) : undefined;
  const close = async () => {
    if (!given) await estimator.close();
    await detail?.close();
  };
  return { estimator, detail, close };
}

async function runLanes(
  { ffmpeg, recording, survey, usual, options, parallel }: CloseLook,
  { signal, onProgress }: Pick<AnalyzeOptions, "signal" | "onProgress">,
  estimator: PoseEstimator,
  detail: PoseEstimator | undefined,
): Promise<SpanMeasurement[]> {
  const { activeSpans } = survey;
  const reader = createFfmpegReader(ffmpeg, recording, { height: options.flow.height });
  const spanOptions = {
    poseRateHz: options.pose.rateHz,
    minConfidence: options.pose.minConfidence,
    mostCells: options.flow.mostCells,
  };
  const total = activeSpans.reduce((sum, span) => sum + span.duration, 0);
  const done = new Float64Array(activeSpans.length);
  const measurements = new Array<SpanMeasurement>(activeSpans.length);
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < activeSpans.length; i = next++) {
      const span = activeSpans[i]!;
      // A fresh follower for each span: the result does not hang on which lane took it, or when.
      const follower = createPoseFollower(estimator, POSE_FOLLOWER_DEFAULTS, detail);
      measurements[i] = await analyzeSpan(
        reader,
        survey,
        usual,
        span,
        follower,
        spanOptions,
        signal,
        (time) => {
          done[i] = time - span.onset;
          onProgress?.({ stage: "movement", done: done.reduce((sum, seconds) => sum + seconds, 0), total });
        },
      );
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parallel) }, lane));
  return measurements;
}

/** Turns what was measured in each span into signals and features: pure arithmetic, quick to repeat. */
export function computeMovement(
  measurements: readonly SpanMeasurement[],
  { recording, survey, usual }: Pick<CloseLook, "recording" | "survey" | "usual">,
): SpanMovement[] {
  const keys = keyFrameTimes(recording);
  return measurements.map(({ span, flow, tracks }) =>
    computeSpanMovement({
      ...{ span, flow, tracks, map: survey.map, usual },
      isKeyFrame: Uint8Array.from(flow.time, (time) => (keys.has(tick(time)) ? 1 : 0)),
      lightChanges: survey.lightChanges,
      surveyHeight: survey.height,
    }),
  );
}

function keyFrameTimes(recording: Recording): Set<number> {
  const keys = new Set<number>();
  for (const { onset, frames } of recording.files) {
    for (let i = 0; i < frames.time.length; i++) if (frames.key[i]) keys.add(tick(onset + frames.time[i]!));
  }
  return keys;
}

/** Times as whole tenths of a millisecond: the decoder's and the packet table's differ in the last bit. */
function tick(time: number): number {
  return Math.round(time * 1e4);
}
