import { createFfmpegReader } from "./frames/readers/ffmpeg-reader.ts";
import { type Issue, issue } from "./issues.ts";
import type { Ffmpeg } from "./media/ffmpeg.ts";
import type { SpanMovement } from "./movement/movement.ts";
import { measureNoiseFloor } from "./movement/noise-floor.ts";
import type { SpanMeasurement } from "./night/analyze-span.ts";
import { freeMemory } from "./night/free-memory.ts";
import { type JournalKeeper, NO_JOURNAL } from "./night/journal.ts";
import { judgeNight } from "./night/judge-night.ts";
import { listenTo } from "./night/listen.ts";
import { measureSpans } from "./night/measure-spans.ts";
import { type Opened, openNight } from "./night/open-night.ts";
import { sketchPictures } from "./night/sketch-pictures.ts";
import { createStopwatch, type Stopwatch } from "./night/stopwatch.ts";
import { surveySegments } from "./night/survey-segments.ts";
import { type AnalysisOptions, type AnalysisOptionsInput, parseOptions } from "./options.ts";
import { isBundled } from "./pose/find-model.ts";
import { identifyModel } from "./pose/list-models.ts";
import type { ModelIdentity, PoseEstimator } from "./pose/pose-estimator.ts";
import type { PoseTable } from "./pose/pose-table.ts";
import { describeClockReport } from "./recording/clock-report.ts";
import type { Recording } from "./recording/recording.ts";
import { buildReport } from "./report/build-report.ts";
import type { NightReport } from "./report/night-report.ts";
import { findUnreadable } from "./report/unreadable.ts";
import { describeResolvability } from "./resolvability/describe-resolvability.ts";
import { between, endOf, type Interval, joinIntervals } from "./signal/intervals.ts";
import { createMotionTest } from "./survey/active-spans.ts";
import type { Repeats } from "./survey/repeated-pictures.ts";
import { type Sketch, Sketcher } from "./survey/sketch.ts";
import type { Survey } from "./survey/survey.ts";
import type { Segment } from "./survey/survey-recording.ts";
import { VERSION } from "./version.ts";

/** How far an analysis is. */
export interface Progress {
  readonly stage: "opening" | "survey" | "movement" | "report";
  /** Seconds of recording done and to do in this stage. */
  readonly done: number;
  readonly total: number;
}

/** How to call {@link analyzeRecording}. Everything may be left out. */
export interface AnalyzeOptions {
  /** Any part of the options; the rest takes its defaults. */
  readonly options?: AnalysisOptionsInput;
  /** ISO 8601: the clock at the first frame. */
  readonly startedAt?: string;
  /** Name of the time zone it was filmed in, such as "Europe/Berlin". */
  readonly timeZone?: string;
  /** A folder of the caller's for films that were never finished and are rebuilt; see `openRecording`. */
  readonly rebuildIn?: string;
  /** A whole film of the same camera, to rebuild unfinished ones by. */
  readonly reference?: string;
  readonly signal?: AbortSignal;
  /** Told of each stage as it goes; not to be waited for. */
  readonly onProgress?: (progress: Progress) => void;
  /** Shown the night as far as it is known: seconds after the start, then better with each part surveyed. */
  readonly onSketch?: (sketch: Sketch, recording: Recording) => void;
  /** Cores to use. Default: all. */
  readonly parallel?: number;
  /** Keeps finished pieces, so that a run that was stopped goes on where it was. Default: keeps nothing. */
  readonly journal?: JournalKeeper;
  /** Another estimator than the options name (the caller closes it): for tests and for people's own models. */
  readonly estimator?: PoseEstimator;
  /**
   * A `model.json` of one's own that was not added, in place of the model that the options name. It should have passed
   * `checkModel`.
   */
  readonly modelFile?: string;
  /** Poses that another program found, in place of an estimator's; see `readPoses`. */
  readonly poses?: PoseTable;
  /** Shown each active span as it was measured (or taken from the journal), in no order. Not to be kept whole. */
  readonly onSpan?: (measured: SpanMeasurement) => void;
}

/** What an analysis gives: the night's report, and what it was made of. */
export interface Analysis {
  readonly report: NightReport;
  readonly recording: Recording;
  readonly survey: Survey;
  readonly spans: readonly SpanMovement[];
  readonly ffmpeg: Ffmpeg;
  /** The report as it would be with other limits of events: from what was measured, in moments. */
  readonly judgeAgain: (events: AnalysisOptionsInput["events"]) => NightReport;
}

/**
 * Analyses a recording: files in, the night's report out.
 *
 * The whole way in one screen. Every frame is surveyed small and gray; only what moved is looked at closely,
 * by pose (where the legs are) and optical flow (how they move); signals become features, features events,
 * and events a report that shows its evidence.
 *
 * @param files one file or many of one recording.
 * @throws KicklineError (see `errors.ts`) for what cannot be read; the signal's reason when aborted.
 */
export async function analyzeRecording(
  files: readonly string[],
  given: AnalyzeOptions = {},
): Promise<Analysis> {
  const { call, model } = await settleModel(given);
  const options = parseOptions(call.options);
  const watch = createStopwatch();
  const opened = await openForPieces(files, call, model);
  watch.lap("open");
  return analyzeOpened(opened, options, call, watch);
}

/** Opens the recording that a call names, for an analysis with a model that {@link settleModel} told. */
export function openForPieces(
  files: readonly string[],
  call: AnalyzeOptions,
  model: ModelIdentity | undefined,
): Promise<Opened> {
  const { signal, startedAt, timeZone, rebuildIn, reference, journal } = call;
  call.onProgress?.({ stage: "opening", done: 0, total: files.length });
  return openNight(files, { startedAt, timeZone, rebuildIn, reference, signal, model, journal });
}

/** Which model it will be, before anything is opened: a name that is none ends here. */
export async function settleModel(
  call: AnalyzeOptions,
): Promise<{ readonly call: AnalyzeOptions; readonly model: ModelIdentity | undefined }> {
  const given = call.poses?.model ?? call.estimator?.model;
  if (given) return { call, model: given };
  const { pose } = parseOptions(call.options);
  const { modelFile } = call;
  const identity = await identifyModel(pose.model, modelFile === undefined ? {} : { modelFile });
  if (isBundled(identity.name)) return { call, model: undefined };
  const options = { ...call.options, pose: { ...call.options?.pose, model: identity.name } };
  return { call: { ...call, options }, model: identity };
}

/** Where the finished pieces of each stage lie: what their results hang on, and nothing else. */
export function pieceKeys({ ffmpeg, recording, model }: Opened, options: AnalysisOptions) {
  const onsets = recording.files.map((file) => file.onset);
  const same = [recording.id, onsets, VERSION, ffmpeg.version];
  const early = [...same, options.survey.width, options.survey.binDuration];
  return {
    survey: ["survey", ...early, options.survey.segment],
    spans: [...["spans", ...early, options.survey, options.pose, options.flow], ...(model ? [model] : [])],
    sound: ["sound", ...same, options.sound.segment],
  };
}

/** The stages from an opened recording on; what the journal holds is not done again. */
export async function analyzeOpened(
  opened: Opened,
  options: AnalysisOptions,
  call: AnalyzeOptions,
  watch: Stopwatch,
): Promise<Analysis> {
  const { ffmpeg, recording, issues } = opened;
  const { signal, onProgress } = call;
  const keeper = call.journal ?? NO_JOURNAL;
  const parallel = call.parallel ?? (await import("node:os")).availableParallelism();
  const keys = pieceKeys(opened, options);
  const sketcher = new Sketcher(recording);
  const showSketch = () => call.onSketch?.(sketcher.read(), recording);
  showSketch();
  if (call.onSketch) await sketchPictures(ffmpeg, recording, sketcher, parallel, signal);
  showSketch();
  watch.lap("sketch");

  const surveyJournal = keeper.at(keys.survey);
  await surveyJournal.sweep();
  const { survey, damaged } = await surveySegments(
    surveyReader(opened, options),
    recording,
    surveyJournal,
    { ...options.survey, longest: options.survey.longestSpan, parallel },
    signal,
    (done) => onProgress?.({ stage: "survey", done, total: recording.duration }),
    (part) => {
      sketcher.addPart(part);
      showSketch();
    },
  );
  freeMemory();
  watch.lap("survey");

  const journal = keeper.at(keys.spans);
  await journal.sweep();
  const given = call.poses ? { poses: call.poses } : {};
  const close = { ffmpeg, recording, survey, options, parallel, journal, ...given };
  const { spans, costs, models } = await measureSpans(close, call);
  watch.lap("pose and flow");

  // What is made of the sound hangs on options that come later: only what was heard is kept.
  const soundJournal = keeper.at(keys.sound);
  const listen = { options: options.sound, parallel, journal: soundJournal, signal };
  const sound = await listenTo(ffmpeg, recording, listen);
  watch.lap("sound");

  const isMoving = createMotionTest(survey, options.survey.motionFactor);
  const floor = measureNoiseFloor(spans, (time) => !isMoving(time));
  watch.lap("movement");
  const lost = findLost(issues, recording, survey);
  const heard = sound && { stretches: sound.stretches, provokedWithin: options.sound.provokedWithin };
  const clock = describeClockReport(recording);
  const findings = [
    ...issues,
    ...describeDamage(damaged, recording, survey),
    ...describeRepeats(survey.repeats, recording),
  ];
  const judge = (options: AnalysisOptions): NightReport => {
    const judged = judgeNight({ recording, survey, spans, floor, options, lost, heard });
    watch.lap("events");
    const resolvability = describeResolvability(
      {
        ...{ duration: recording.duration, clock, repeats: survey.repeats, spans, floor },
        floorOf: (some) => measureNoiseFloor(some, (time) => !isMoving(time)),
        pictureScale: recording.size.height / Math.min(options.flow.height, recording.size.height),
      },
      options.events,
    );
    return buildReport({
      ...{ recording, survey, spans, floor, options, clock, resolvability, sound },
      ...{ events: judged.events, steadiness: judged.steadiness, indices: judged },
      issues: findings,
      provenance: {
        kickline: VERSION,
        inputHash: recording.id,
        models,
        decoder: `ffmpeg ${ffmpeg.version}`,
        classifier: judged.classifier,
      },
      timing: watch.timing(costs),
    });
  };
  onProgress?.({ stage: "report", done: 0, total: 1 });
  const judgeAgain: Analysis["judgeAgain"] = (events) => judge(parseOptions({ ...call.options, events }));
  return { report: judge(options), recording, survey, spans, ffmpeg, judgeAgain };
}

/** Small, gray, without deblocking: all that the survey needs. */
export function surveyReader({ ffmpeg, recording }: Opened, { survey }: AnalysisOptions) {
  const { width, height } = recording.size;
  const size = { height: Math.round((survey.width * height) / Math.max(width, 1)), skipLoopFilter: true };
  return (onDamage: () => void) => createFfmpegReader(ffmpeg, recording, { ...size, onDamage });
}

/** Where there is no picture, because none was recorded or none could be read. */
function findLost(issues: readonly Issue[], recording: Recording, survey: Survey): Interval[] {
  const gaps = issues.flatMap(({ code, onset, duration }) =>
    code === "gap" && onset !== undefined && duration !== undefined ? [{ onset, duration }] : [],
  );
  return joinIntervals([...gaps, ...findUnreadable(recording, survey.frames.time)], 0);
}

/** Where the decoder complained: the stretches that gave no picture, or else the segment it was in. */
function describeDamage(damaged: readonly Segment[], recording: Recording, survey: Survey): Issue[] {
  const lost = findUnreadable(recording, survey.frames.time);
  return damaged.flatMap(({ onset, end }) => {
    const within = lost.filter((stretch) => stretch.onset < end && endOf(stretch) > onset);
    const whole = between(onset, Math.min(end, recording.duration));
    return (within.length > 0 ? within : [whole]).map((stretch) => issue("frames-unreadable", stretch));
  });
}

/** Where pictures were shown again instead of new ones. */
function describeRepeats({ pictureRate, frozen }: Repeats, { duration }: Recording): Issue[] {
  const issues = frozen.map((stretch) => issue("picture-frozen", stretch));
  if (pictureRate === undefined) return issues;
  const detail = `About ${pictureRate.toFixed(1)} a second are real.`;
  return [...issues, issue("pictures-repeated", between(0, duration), detail)];
}
