import type { AnalyzeOptions } from "../analyze.ts";
import type { FrameReader } from "../frames/frame-reader.ts";
import { createFfmpegReader } from "../frames/readers/ffmpeg-reader.ts";
import type { Ffmpeg } from "../media/ffmpeg.ts";
import type { SpanMovement } from "../movement/movement.ts";
import { computeSpanMovement } from "../movement/span-movement.ts";
import type { AnalysisOptions } from "../options.ts";
import { createPoseEstimator } from "../pose/create-pose-estimator.ts";
import { identifyModel } from "../pose/list-models.ts";
import type { ModelIdentity, PoseEstimator } from "../pose/pose-estimator.ts";
import { createPoseFollower, POSE_FOLLOWER_DEFAULTS } from "../pose/pose-follower.ts";
import { createTablePoses, type PoseTable } from "../pose/pose-table.ts";
import type { Recording } from "../recording/recording.ts";
import type { ActiveSpan, Survey } from "../survey/survey.ts";
import { keyFrameTicks, tick } from "../survey/survey-recording.ts";
import { analyzeSpan, type PoseSource, type SpanMeasurement } from "./analyze-span.ts";
import { type Journal, remember } from "./journal.ts";
import { workInLanes } from "./lanes.ts";

/** What measuring the active spans needs. */
export interface CloseLook {
  readonly ffmpeg: Ffmpeg;
  readonly recording: Recording;
  readonly survey: Survey;
  readonly options: AnalysisOptions;
  readonly parallel: number;
  readonly journal: Journal;
  /** Opens a reader of gray frames of a height, px. Default: of the recording's files. */
  readonly openReader?: (options: { readonly height: number }) => FrameReader;
  /** Poses found elsewhere, in place of an estimator's. */
  readonly poses?: PoseTable;
}

/**
 * The dear part of an analysis: every active span by pose and flow, several side by side. Spans that the
 * journal holds are not measured again, and when it holds all, no model is opened.
 */
export async function measureSpans(
  look: CloseLook,
  call: Pick<AnalyzeOptions, "signal" | "onProgress" | "estimator" | "onSpan" | "modelFile">,
): Promise<{ spans: SpanMovement[]; costs: SpanMeasurement["cost"][]; models: ModelIdentity[] }> {
  const { activeSpans } = look.survey;
  if (activeSpans.length === 0) return { spans: [], costs: [], models: [] };
  const total = activeSpans.reduce((sum, span) => sum + span.duration, 0);
  const done = new Float64Array(activeSpans.length);
  const tell = (i: number, seconds: number) => {
    done[i] = seconds;
    call.onProgress?.({ stage: "movement", done: done.reduce((sum, value) => sum + value, 0), total });
  };
  const spans = new Array<SpanMovement>(activeSpans.length);
  const costs = new Array<SpanMeasurement["cost"]>(activeSpans.length);
  const compute = movementOf(look);
  const estimators = new LazyEstimators(look, call);
  try {
    await workInLanes(activeSpans.length, look.parallel, call.signal, async (i, signal) => {
      const span = activeSpans[i]!;
      const measured = await rememberSpan(look, span, estimators, signal, (time) =>
        tell(i, time - span.onset),
      );
      call.onSpan?.(measured);
      // At once: what was measured takes several times the room of what it becomes.
      spans[i] = compute(measured);
      costs[i] = measured.cost;
      tell(i, span.duration);
    });
    return { spans, costs, models: await modelsOf(look, call) };
  } finally {
    await estimators.close();
  }
}

/** Name of a span's piece in the journal. */
export function spanName({ onset, duration }: Pick<ActiveSpan, "onset" | "duration">): string {
  return `span-${Math.round(onset * 1000)}-${Math.round(duration * 1000)}`;
}

function rememberSpan(
  look: CloseLook,
  span: ActiveSpan,
  estimators: LazyEstimators,
  signal: AbortSignal,
  onProgress: (time: number) => void,
): Promise<SpanMeasurement> {
  return remember(look.journal, spanName(span), () =>
    measureSpan(look, span, estimators, signal, onProgress),
  );
}

async function measureSpan(
  { ffmpeg, recording, survey, options, openReader, poses }: CloseLook,
  span: ActiveSpan,
  estimators: LazyEstimators,
  signal: AbortSignal | undefined,
  onProgress: (time: number) => void,
): Promise<SpanMeasurement> {
  const size = { height: options.flow.height };
  const reader = openReader?.(size) ?? createFfmpegReader(ffmpeg, recording, size);
  // A fresh follower for each span: the result does not hang on which lane took it, or when.
  const follower = poses ? givenPoses(poses, recording, reader.height, options) : await estimators.follow();
  const spanOptions = {
    poseRateHz: options.pose.rateHz,
    minConfidence: options.pose.minConfidence,
    mostCells: options.flow.mostCells,
  };
  return analyzeSpan(reader, survey, span, follower, spanOptions, signal, onProgress);
}

/** A pose may be a little off the moment it is asked for: half the time between two. */
function givenPoses(
  poses: PoseTable,
  recording: Recording,
  height: number,
  options: AnalysisOptions,
): PoseSource {
  const times = recording.files.flatMap(({ onset, frames }) =>
    Array.from(frames.time, (time) => onset + time),
  );
  const scale = height / recording.size.height;
  return createTablePoses(poses, Float64Array.from(times), scale, 0.5 / options.pose.rateHz);
}

interface Estimators {
  readonly estimator: PoseEstimator;
  readonly detail: PoseEstimator | undefined;
}

/** BlazePose knows neither where to look nor when it is wrong: MoveNet leads it. */
const LEADER = "movenet-thunder";

/** What the caller gives in place of a model's name. */
type Given = Pick<AnalyzeOptions, "estimator" | "modelFile">;
const fileOf = ({ modelFile }: Given) => (modelFile === undefined ? {} : { modelFile });

/** Opens the models when the first span asks for them. */
class LazyEstimators {
  readonly #look: CloseLook;
  readonly #given: Given;
  #opened: Promise<Estimators> | undefined;

  constructor(look: CloseLook, given: Given) {
    this.#look = look;
    this.#given = given;
  }

  open(): Promise<Estimators> {
    this.#opened ??= this.#create();
    return this.#opened;
  }

  async follow(): Promise<PoseSource> {
    const { estimator, detail } = await this.open();
    return createPoseFollower(estimator, POSE_FOLLOWER_DEFAULTS, detail);
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    if (!this.#given.estimator) await opened?.estimator.close();
    await opened?.detail?.close();
  }

  async #create(): Promise<Estimators> {
    const { options, parallel: workers } = this.#look;
    const { model, runtime } = options.pose;
    const isLed = model === "blazepose-heavy";
    const estimator =
      this.#given.estimator ??
      (await createPoseEstimator({
        model: isLed ? LEADER : model,
        runtime,
        workers,
        ...fileOf(this.#given),
      }));
    return { estimator, detail: isLed ? await createPoseEstimator({ model, workers }) : undefined };
  }
}

async function modelsOf({ options, poses }: CloseLook, given: Given): Promise<ModelIdentity[]> {
  if (poses) return [{ ...poses.model }];
  const { model } = options.pose;
  const leader = given.estimator
    ? { ...given.estimator.model }
    : await identifyModel(model === "blazepose-heavy" ? LEADER : model, fileOf(given));
  return model === "blazepose-heavy" ? [leader, await identifyModel(model)] : [leader];
}

/** Turns what was measured in a span into signals and features: pure arithmetic, quick to repeat. */
function movementOf({ recording, survey }: CloseLook): (measured: SpanMeasurement) => SpanMovement {
  const keys = keyFrameTicks(recording);
  return ({ span, flow, tracks }) =>
    computeSpanMovement({
      ...{ span, flow, tracks, map: survey.map, usual: survey.usual },
      isKeyFrame: Uint8Array.from(flow.time, (time) => (keys.has(tick(time)) ? 1 : 0)),
      lightChanges: survey.lightChanges,
      surveyHeight: survey.height,
    });
}
