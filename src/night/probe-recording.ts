import { createHeuristicClassifier } from "../events/classifiers/heuristic.ts";
import { detectEvents } from "../events/detect-events.ts";
import { createFfmpegReader } from "../frames/readers/ffmpeg-reader.ts";
import type { Issue } from "../issues.ts";
import { encodeFrames } from "../media/encode-frames.ts";
import { findFfmpeg } from "../media/ffmpeg.ts";
import { measureNoiseFloor } from "../movement/noise-floor.ts";
import { type AnalysisOptionsInput, parseOptions } from "../options.ts";
import { createPoseEstimator } from "../pose/create-pose-estimator.ts";
import type { PoseEstimator } from "../pose/pose-estimator.ts";
import { type Lever, MovementPainter } from "../probe/paint.ts";
import { encodedRecording, readEncoded, readStretch } from "../probe/still-stretch.ts";
import {
  type MeasuredTrial,
  type ProbeRow,
  smallestReliable,
  summarizeTrials,
} from "../probe/summarize-trials.ts";
import { judgeTrial, makeTrials, type Trial, turnOf } from "../probe/trials.ts";
import { openRecording } from "../recording/open-recording.ts";
import type { Interval } from "../signal/intervals.ts";
import { createMotionTest } from "../survey/active-spans.ts";
import { type Desk, findPlaces, type Place, type Source, surveyStretch } from "./find-probe-places.ts";
import { NO_JOURNAL } from "./journal.ts";
import { workInLanes } from "./lanes.ts";
import { measureSpans } from "./measure-spans.ts";

/** How to call {@link probeRecording}. */
export interface ProbeOptions {
  readonly options?: AnalysisOptionsInput;
  /** Still stretches to paint into. Default 4. */
  readonly stretches?: number;
  /** Swings of tremor-like rhythms, px as filmed to one side. Default 0.12 to 4. */
  readonly sizesPx?: readonly number[];
  /** Their frequencies, as far as the frame rate can show them. Default 4, 6, 8, 10. */
  readonly frequenciesHz?: readonly number[];
  /** A folder of the caller's in which painted stretches are encoded anew. Default: they are judged as painted only. */
  readonly encodeIn?: string;
  readonly signal?: AbortSignal;
  readonly parallel?: number;
  /** Another estimator than the options name (the caller closes it). */
  readonly estimator?: PoseEstimator;
  /** Told how many painted movements were looked at, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A still stretch that was painted into, and how large the infant is there, px as filmed. */
export interface ProbedStretch extends Interval {
  readonly leg: "left leg" | "right leg";
  readonly trunkPx: number;
  readonly shankPx: number;
  readonly frameRate: number;
  /** Rate factor at which x264 spoils a picture as much as the recording's own encoder did; NaN when not asked. */
  readonly crf: number;
}

/** What would have been found in a recording, by kind, frequency and size. */
export interface Probe {
  readonly recording: string;
  readonly stretches: readonly ProbedStretch[];
  /** Stretches that were looked at and not used. */
  readonly passedOver: { readonly moving: number; readonly legsNotSeen: number };
  readonly rows: readonly ProbeRow[];
  /**
   * For each frequency the smallest swing that is found reliably, px; NaN when none is. The truth lies between both:
   * as painted nothing was lost to an encoder, encoded anew it was lost twice.
   */
  readonly smallest: {
    readonly asPainted: ReturnType<typeof smallestReliable>;
    /** Empty where this ffmpeg cannot encode, or it was not asked. */
    readonly encodedAnew: ReturnType<typeof smallestReliable>;
  };
  readonly issues: readonly Issue[];
}

/** How far the foot reaches beyond the ankle, trunk lengths. */
const FOOT_REACH = 0.2;

/**
 * Asks a recording what could be found in it: paints movements of known size and frequency into still stretches
 * of this very recording (its light, noise, camera and infant), analyses them with the stages of an analysis,
 * and counts what is found.
 *
 * *Differs from a real movement:* painted after decoding and without the blur of exposure, on a leg that lies as it
 * lay. Judged as painted, what is found is the most that could be; encoded anew as coarsely as the recording is, what
 * was spoilt once is spoilt again. Nothing of the recording is changed.
 *
 * @throws KicklineError as `analyzeRecording`.
 */
export async function probeRecording(files: readonly string[], call: ProbeOptions = {}): Promise<Probe> {
  const options = parseOptions(call.options);
  const parallel = call.parallel ?? 1;
  const ffmpeg = await findFfmpeg();
  const { recording, issues } = await openRecording(ffmpeg, files, { signal: call.signal });
  const { model, runtime } = options.pose;
  const estimator =
    call.estimator ??
    (await createPoseEstimator({
      model: model === "blazepose-heavy" ? "movenet-thunder" : model,
      ...{ runtime, workers: parallel },
    }));
  try {
    const desk = { ffmpeg, recording, options, estimator, signal: call.signal };
    const { places, passedOver } = await findPlaces(desk, call.stretches ?? 4, call.encodeIn);
    const plan = places.flatMap((place) =>
      makeTrials(
        place.frameRate,
        options.events.bandShare,
        place.trunkPx,
        call.sizesPx,
        call.frequenciesHz,
      ).flatMap((trial, size) =>
        (Number.isNaN(place.crf) ? [false] : [true, false]).map((isEncoded) => ({
          ...{ place, trial, size, isEncoded },
        })),
      ),
    );
    const trials: MeasuredTrial[] = new Array(plan.length);
    let done = 0;
    await workInLanes(plan.length, parallel, call.signal, async (i, signal) => {
      const { place, trial, size, isEncoded } = plan[i]!;
      const path = isEncoded ? `${call.encodeIn}/painted-${i}.mp4` : undefined;
      const outcome = await tryOne({ ...desk, signal }, place, trial, path);
      trials[i] = { ...outcome, shankPx: place.shankPx, size, isEncoded };
      call.onProgress?.(++done, plan.length);
    });
    const rows = summarizeTrials(trials);
    return {
      recording: recording.id,
      stretches: places.map(({ stretch, leg, trunkPx, shankPx, frameRate, crf }) => ({
        ...stretch,
        ...{ leg, trunkPx, shankPx, frameRate, crf },
      })),
      ...{ passedOver, rows, issues },
      smallest: { asPainted: smallestReliable(rows, false), encodedAnew: smallestReliable(rows, true) },
    };
  } finally {
    if (!call.estimator) await estimator.close();
  }
}

async function tryOne(desk: Desk, place: Place, trial: Trial, path: string | undefined) {
  const { ffmpeg, options } = desk;
  const painted = paintedSource(desk, place, trial);
  const source = path === undefined ? painted : await encodeAnew(desk, place, painted, path);
  const survey = await surveyStretch(desk, source);
  const { spans } = await measureSpans(
    {
      ...{ ffmpeg, recording: source.part, survey, options, openReader: source.open },
      ...{ parallel: 1, journal: NO_JOURNAL.at([]) },
    },
    { estimator: desk.estimator, ...(desk.signal ? { signal: desk.signal } : {}) },
  );
  const isMoving = createMotionTest(survey, options.survey.motionFactor);
  const floor = measureNoiseFloor(spans, (time) => !isMoving(time));
  const classifier = createHeuristicClassifier(options.events);
  return judgeTrial(trial, detectEvents(spans, survey.lightChanges, floor, classifier, options.events));
}

function paintedSource({ ffmpeg, recording }: Desk, place: Place, trial: Trial): Source {
  const turn = turnOf(trial, place.lever);
  const lever = withFoot(place, trial);
  return {
    part: place.part,
    open: (options) => {
      const reader = createFfmpegReader(ffmpeg, recording, options);
      const { width, height } = reader;
      const painter = new MovementPainter(lever, turn, {
        ...{ width, height, scale: height / recording.size.height },
      });
      return readStretch(reader, place.stretch, (data, columns, rows, time) =>
        painter.paint(data, columns, rows, time),
      );
    },
  };
}

/** Key frames of a still stretch are too few to say how far they are apart: taken as every so many seconds. */
const KEY_FRAME_SECONDS = 4;

async function encodeAnew(desk: Desk, place: Place, painted: Source, path: string): Promise<Source> {
  const { ffmpeg, signal } = desk;
  const { frameRate, part, crf } = place;
  const { time } = part.files[0]!.frames;
  const keyFrameEvery = Math.max(1, Math.round(KEY_FRAME_SECONDS * frameRate));
  const reader = painted.open({ height: desk.recording.size.height });
  await encodeFrames(ffmpeg, reader.read({}, signal), {
    ...{ path, width: reader.width, height: reader.height, frameRate, keyFrameEvery, crf, signal },
  });
  const encoded = encodedRecording(part, path, keyFrameEvery);
  return {
    part: encoded,
    open: (options) => readEncoded(createFfmpegReader(ffmpeg, encoded, options), time, frameRate),
  };
}

/** The shank with its foot; around a kick the picture gives way as far as the kick goes. */
function withFoot({ lever, trunkPx }: Place, trial: Trial): Lever {
  const [dx, dy] = [lever.tip[0] - lever.joint[0], lever.tip[1] - lever.joint[1]];
  const share = (FOOT_REACH * trunkPx) / Math.hypot(dx, dy);
  return {
    ...lever,
    tip: [lever.tip[0] + share * dx, lever.tip[1] + share * dy],
    fade: Math.max(lever.fade, 2 * trial.sizePx),
  };
}
