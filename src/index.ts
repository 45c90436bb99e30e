/** Kickline's public library: everything a caller may rely on, and nothing else. */

export type { CompareOptions, Comparison, KindComparison } from "./agreement/compare-annotations.ts";
export {
  compareRaters,
  type Disagreement,
  type KindAgreement,
  type RaterComparison,
} from "./agreement/compare-raters.ts";
export { type Match, type Matchable, type MatchResult, matchEvents } from "./agreement/match-events.ts";
export {
  type NewStep,
  newStepSchema,
  type RecordedStep,
  type ReviewStep,
  reviewStepSchema,
} from "./agreement/review-action.ts";
export {
  type Decision,
  type Detection,
  type ReviewedEvent,
  type ReviewState,
  replayReview,
} from "./agreement/review-state.ts";
export { summarizeWatched, type WatchedStretch } from "./agreement/reviewed-minutes.ts";
export { type Analysis, type AnalyzeOptions, analyzeRecording, type Progress } from "./analyze.ts";
export {
  DecoderError,
  type ErrorCode,
  isAbort,
  KicklineError,
  OptionsError,
  OutputError,
  RecordingError,
} from "./errors.ts";
export type { Evidence, Measure, Witness } from "./events/evidence.ts";
export { EVENT_KINDS, type EventKind, type EventLimb, type MovementEvent } from "./events/movement-event.ts";
export type { Frame, Picture } from "./frames/frame.ts";
export type { FrameReader, ReadRange } from "./frames/frame-reader.ts";
export { type Annotation, type AnnotationSet, annotationsOf } from "./interop/annotations/annotation.ts";
export {
  ANNOTATION_FORMATS,
  type AnnotationFormat,
  type AnnotationFormatOptions,
  annotationFormatOf,
  formatAnnotations,
  parseAnnotations,
} from "./interop/annotations/formats.ts";
export { formatCoco } from "./interop/poses/coco.ts";
export { formatDeepLabCutCsv } from "./interop/poses/deeplabcut-csv.ts";
export { formatDeepLabCutH5 } from "./interop/poses/deeplabcut-h5.ts";
export { formatMovement } from "./interop/poses/movement-nc.ts";
export { formatOpenPose } from "./interop/poses/openpose.ts";
export { formatSleap } from "./interop/poses/sleap-h5.ts";
export { ISSUE_CATALOGUE, type Issue, type IssueCode, type Severity } from "./issues.ts";
export { type Ffmpeg, findFfmpeg } from "./media/ffmpeg.ts";
export { isPlayable, writePlayable } from "./media/playable.ts";
export { type Coaching, type CoachOptions, coachCamera } from "./night/coach.ts";
export { compareViews, type ViewComparison } from "./night/compare-views.ts";
export { exportPoses } from "./night/export-poses.ts";
export type { Journal, JournalKeeper } from "./night/journal.ts";
export { clipEvents, pictureEvents } from "./night/picture-events.ts";
export {
  type Probe,
  type ProbedStretch,
  type ProbeOptions,
  probeRecording,
} from "./night/probe-recording.ts";
export {
  type FlowSegment,
  type LegFlow,
  type LegSpectrum,
  type LegTraces,
  type RecalledNight,
  recallNight,
  type SeenPoses,
} from "./night/recall-night.ts";
export { rejudgeRecording } from "./night/rejudge.ts";
export { type ShareOptions, shareNight } from "./night/share-night.ts";
export {
  type AnalysisOptions,
  type AnalysisOptionsInput,
  analysisOptionsSchema,
  DEFAULT_OPTIONS,
  parseOptions,
} from "./options.ts";
export { addModel, checkModel, removeModel } from "./pose/check-model.ts";
export {
  createPoseEstimator,
  type PoseEstimatorOptions,
} from "./pose/create-pose-estimator.ts";
export type { ExaminationLimits } from "./pose/estimators/examination.ts";
export type { PoseRuntime } from "./pose/estimators/model-session.ts";
export type { CheckedKeypoint, ModelCheck } from "./pose/examine-model.ts";
export type { ModelPlaces, PoseModel } from "./pose/find-model.ts";
export { KEYPOINT_NAMES, type Keypoint, type KeypointName, type Pose } from "./pose/keypoint.ts";
export { type AddedModelState, identifyModel, listAddedModels, listModels } from "./pose/list-models.ts";
export { ModelError, type ModelErrorCode } from "./pose/model-error.ts";
export type { BodyRegion, ModelIdentity, PoseEstimator } from "./pose/pose-estimator.ts";
export { emptyPoses, type PoseTable } from "./pose/pose-table.ts";
export type { ProbeRow } from "./probe/summarize-trials.ts";
export { type ClockReport, describeClockReport } from "./recording/clock-report.ts";
export { type OpenRecordingOptions, openRecording } from "./recording/open-recording.ts";
export type { Recording, RecordingFile } from "./recording/recording.ts";
export { applyReview } from "./report/apply-review.ts";
export { type ComparePage, renderComparePage } from "./report/formats/compare-html.ts";
export { formatEventsSidecar } from "./report/formats/events-sidecar.ts";
export { formatEventsTsv } from "./report/formats/events-tsv.ts";
export { formatIndicesTsv } from "./report/formats/indices-tsv.ts";
export { type PlainSummary, summarizePlainly } from "./report/formats/plain-summary.ts";
export { describeWhen } from "./report/formats/recording-words.ts";
export { type ReportHtmlOptions, renderReportHtml } from "./report/formats/report-html.ts";
export { renderSketchSvg } from "./report/formats/sketch-svg.ts";
export { renderTimelineSvg, type TimelineSvgOptions } from "./report/formats/timeline-svg.ts";
export {
  GUIDANCE,
  GUIDANCE_DRAFT,
  GUIDANCE_KEEP,
  GUIDANCE_SOURCES,
  type Guidance,
  HISTORY_QUESTIONS,
} from "./report/guidance.ts";
export {
  type NightReport,
  nightReportSchema,
  REPORT_SCHEMA_VERSION,
  type ReportEvent,
} from "./report/night-report.ts";
export { pickMoments, sayWhen } from "./report/typical-moments.ts";
export { describeDuration, KIND_WORDS } from "./report/wording.ts";
export { isCountedLegMovement } from "./series/rule-sets.ts";
export type { Interval } from "./signal/intervals.ts";
export { openJournal } from "./store/journal.ts";
export { NIGHT_FILES } from "./store/night-folder.ts";
export { type OutFolder, openOutFolder } from "./store/out-folder.ts";
export { type NamedAnnotations, readAnnotations } from "./store/read-annotations.ts";
export { readPoses } from "./store/read-poses.ts";
export { type ReadNight, readNight, writeNight } from "./store/write-night.ts";
export { findStudyInputs } from "./study/find-inputs.ts";
export { countStates, type LedgerEntry, NIGHT_STATES, type NightState } from "./study/ledger.ts";
export { mergeStudies } from "./study/merge-studies.ts";
export {
  type CountChange,
  compareCounts,
  type RedoCall,
  type Redone,
  type RedoStage,
  redoStudy,
} from "./study/redo-study.ts";
export { type NightNews, runStudy, type StudyCall } from "./study/run-study.ts";
export { type StudyInput, takeShard } from "./study/study-input.ts";
export {
  parseStudyOptions,
  type StudyOptions,
  type StudyOptionsInput,
  studyOptionsSchema,
} from "./study/study-options.ts";
export { readLedger, readStudyOptions } from "./study/study-store.ts";
export { summarizeStudy } from "./study/summarize-study.ts";
export type { Sketch, SketchSource } from "./survey/sketch.ts";
export { VERSION } from "./version.ts";
