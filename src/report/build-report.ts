import type { EventKind, MovementEvent } from "../events/movement-event.ts";
import { EVENT_KINDS } from "../events/movement-event.ts";
import type { Issue } from "../issues.ts";
import { issue } from "../issues.ts";
import type { NoiseFloor, SpanMovement } from "../movement/movement.ts";
import type { AnalysisOptions } from "../options.ts";
import type { ClockReport } from "../recording/clock-report.ts";
import type { Recording } from "../recording/recording.ts";
import type { Resolvability } from "../resolvability/resolvability.ts";
import { median } from "../signal/statistics.ts";
import type { Sound } from "../sound/sound.ts";
import type { Survey } from "../survey/survey.ts";
import { wallTimeAt } from "../time.ts";
import { buildIndices, type IndicesInput } from "./build-indices.ts";
import { type NightReport, REPORT_SCHEMA_VERSION, type ReportEvent } from "./night-report.ts";
import { tidyResolvability } from "./resolvability-schema.ts";
import { tidySound } from "./sound-schema.ts";
import { buildTimeline } from "./timeline.ts";

/** Everything a report is made of. */
export interface ReportInput {
  readonly recording: Recording;
  readonly clock: ClockReport;
  readonly survey: Survey;
  readonly spans: readonly SpanMovement[];
  readonly floor: NoiseFloor;
  readonly events: readonly MovementEvent[];
  readonly resolvability: Resolvability;
  /** Undefined without sound, or when it was not listened to. */
  readonly sound: Sound | undefined;
  /** Of each event, in the same order: share of runs with moved limits that found it again. */
  readonly steadiness: readonly number[];
  readonly indices: Omit<IndicesInput, "duration" | "observableHours" | "options">;
  readonly issues: readonly Issue[];
  readonly options: AnalysisOptions;
  readonly provenance: NightReport["provenance"];
  readonly timing: NightReport["timing"];
}

/** Less than this share of the recording judged, or no legs in any moving part, is not fit to judge. */
const FIT_SHARE = 0.2;
const DARK = 12;
const NOISY = 8;
const SMALL_TRUNK_PX = 30;
/** A rhythm must rise this many times above the noise floor of a limb to be found. */
const FOUND_ABOVE = 1.5;

/** Draws up the night's report: coverage, limits, counts, timeline, events. Pure. */
export function buildReport(input: ReportInput): NightReport {
  const { recording, survey, spans } = input;
  const timeline = buildTimeline(recording, survey, spans, input.events);
  const coverage = summarizeCoverage(timeline, recording.duration);
  const isFit = isFitToJudge(coverage, recording.duration, spans);
  const trunkLengthPx = trunkInPicture(input);
  const issues = [...input.issues, ...pictureIssues(input, timeline, trunkLengthPx)];
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    recording: {
      id: recording.id,
      files: recording.files.map((file) => ({
        name: baseName(file.path),
        hash: file.hash,
        bytes: file.bytes,
        onset: round(file.onset),
        duration: round(file.duration),
        frames: file.frames.time.length,
        container: file.container,
        codec: file.codec,
      })),
      startedAt: recording.startedAt ?? null,
      startedAtSource: recording.startedAtSource ?? null,
      timeZone: recording.timeZone ?? null,
      clockChanges: (recording.clockChanges ?? []).map((change) => ({ ...change })),
      duration: round(recording.duration),
      frameRate: round(recording.frameRate),
      width: recording.size.width,
      height: recording.size.height,
      hasAudio: recording.files.some((file) => file.audio !== undefined),
    },
    clock: tidyClock(input.clock),
    coverage,
    limits: describeLimits(input, trunkLengthPx),
    resolvability: tidyResolvability(input.resolvability),
    summary: summarizeEvents(input.events, coverage.observableHours),
    fitToJudge: isFit,
    timeline,
    sound: input.sound ? tidySound(input.sound, timeline) : null,
    events: input.events.map((event, i) => toReportEvent(event, recording, input.steadiness[i])),
    indices: buildIndices({
      ...input.indices,
      duration: recording.duration,
      observableHours: coverage.observableHours,
      options: input.options.epochs,
    }),
    issues: issues.map((found) => ({ ...found })),
    options: input.options,
    provenance: input.provenance,
    timing: input.timing,
  };
}

/** The clock report as JSON can say it: rounded, and null for what is not known. */
function tidyClock(clock: ClockReport): NightReport["clock"] {
  const known = (value: number, digits = 3) => (Number.isFinite(value) ? round(value, digits) : null);
  return {
    frameRate: known(clock.frameRate),
    statedFrameRate: known(clock.statedFrameRate),
    interval: known(clock.interval, 6),
    shortestInterval: known(clock.shortestInterval, 6),
    longestInterval: known(clock.longestInterval, 6),
    frames: clock.frames,
    duplicateFrames: clock.duplicateFrames,
    droppedFrames: clock.droppedFrames,
    stretches: clock.stretches.map(({ onset, duration, frames, frameRate, unevenShare }) => ({
      onset: round(onset),
      duration: round(duration),
      frames,
      frameRate: known(frameRate),
      unevenShare: round(unevenShare, 4),
    })),
    gaps: clock.gaps.map(({ onset, duration }) => ({ onset: round(onset), duration: round(duration) })),
  };
}

function summarizeCoverage(timeline: NightReport["timeline"], duration: number): NightReport["coverage"] {
  const { binDuration } = timeline;
  const seconds = (state: NightReport["timeline"]["coverage"][number]) => {
    let sum = 0;
    for (const [i, value] of timeline.coverage.entries()) {
      if (value === state) sum += Math.min(binDuration, Math.max(0, duration - i * binDuration));
    }
    return sum;
  };
  const legsSeen = seconds("legs-seen");
  const legsNotSeen = seconds("legs-not-seen");
  // While the light changes nothing is measured, but it is still the infant lying there: a moment of still.
  const still = seconds("still") + seconds("light");
  return {
    still: round(still),
    legsSeen: round(legsSeen),
    legsNotSeen: round(legsNotSeen),
    carer: round(seconds("carer")),
    gap: round(seconds("gap")),
    unreadable: round(seconds("unreadable")),
    observableHours: round((still + legsSeen + legsNotSeen) / 3600, 6),
  };
}

function isFitToJudge(
  coverage: NightReport["coverage"],
  duration: number,
  spans: readonly SpanMovement[],
): boolean {
  if (coverage.observableHours * 3600 < FIT_SHARE * duration) return false;
  const wasInfantSeen = spans.length === 0 || spans.some((span) => span.trunkLengthPx > 0);
  return wasInfantSeen;
}

function summarizeEvents(events: readonly MovementEvent[], observableHours: number): NightReport["summary"] {
  return EVENT_KINDS.map((kind: EventKind) => {
    const own = events.filter((event) => event.kind === kind);
    return {
      kind,
      count: own.length,
      seconds: round(own.reduce((sum, event) => sum + event.duration, 0)),
      perObservableHour: observableHours > 0 ? round(own.length / observableHours) : 0,
    };
  });
}

function toReportEvent(event: MovementEvent, recording: Recording, steadiness = NaN): ReportEvent {
  const file = recording.files.findLast((one) => one.onset <= event.onset + 1e-6) ?? recording.files[0]!;
  return {
    id: event.id,
    onset: round(event.onset),
    duration: round(event.duration),
    kind: event.kind,
    detail: event.detail ?? null,
    limb: event.limb,
    confidence: event.confidence,
    frequencyHz: event.frequencyHz === undefined ? null : round(event.frequencyHz),
    cycles: event.cycles === undefined ? null : round(event.cycles, 1),
    regularity: event.regularity === undefined ? null : round(event.regularity, 2),
    amplitude: event.amplitude === undefined ? null : round(event.amplitude, 4),
    amplitudeShanks: event.amplitudeShanks === undefined ? null : round(event.amplitudeShanks, 4),
    strokes: event.strokes ?? null,
    strokesOf: event.strokesOf ?? null,
    provokedBy: event.provokedBy,
    around: event.around,
    members: [...event.members],
    steadiness: Number.isFinite(steadiness) ? round(steadiness, 2) : null,
    wallTime: wallTimeAt(recording.startedAt, event.onset, recording.clockChanges) ?? null,
    file: baseName(file.path),
    fileTime: round(event.onset - file.onset + (file.skipped ?? 0)),
    evidence: {
      ...event.evidence,
      measures: event.evidence.measures.map((measure) => ({
        ...measure,
        value: Number(measure.value.toPrecision(5)),
        margin: Number(measure.margin.toPrecision(3)),
      })),
      nearest: event.evidence.nearest ?? null,
    },
  };
}

function trunkInPicture({ recording, spans, options }: ReportInput): number | undefined {
  const seen = spans.map((span) => span.trunkLengthPx).filter((px) => px > 0);
  if (seen.length === 0) return undefined;
  return (median(seen) * recording.size.height) / Math.min(options.flow.height, recording.size.height);
}

function describeLimits(input: ReportInput, trunkLengthPx: number | undefined): NightReport["limits"] {
  const { recording, survey, floor, options } = input;
  const frameRate = Math.min(recording.frameRate, survey.repeats.pictureRate ?? Infinity);
  const highestHz = options.events.bandShare * frameRate;
  const cannotShow = [
    "Whether the infant was asleep or awake, and any stage of sleep.",
    "What a gentle hold or a touch would have changed.",
    "Breathing, pulse, or anything else inside the body.",
    "The true size of a small movement: the sizes given here are lower bounds.",
  ];
  if (highestHz < options.events.tremorTo) {
    cannotShow.unshift(
      `Rhythms faster than ${highestHz.toFixed(1)} a second, at ${frameRate.toFixed(1)} frames a second.`,
    );
  }
  const limbFloor = Math.max(floor.activity.leftLeg, floor.activity.rightLeg);
  const isMeasured = floor.seconds > 0;
  return {
    highestHz: round(highestHz),
    // At 5 Hz, the middle of the tremor band; slower rhythms of the same speed are larger.
    smallestAmplitude: isMeasured ? round((FOUND_ABOVE * limbFloor) / (2 * Math.PI * 5), 5) : null,
    trunkLengthPx: trunkLengthPx === undefined ? null : round(trunkLengthPx, 1),
    cannotShow,
  };
}

function pictureIssues(
  { spans, survey, recording }: ReportInput,
  timeline: NightReport["timeline"],
  trunkLengthPx: number | undefined,
): Issue[] {
  const issues: Issue[] = [];
  const whole = { onset: 0, duration: recording.duration };
  for (const span of spans) {
    const isHidden = span.legCoverage < 0.3 && span.trunkLengthPx > 0;
    if (isHidden)
      issues.push(issue("legs-not-found", { onset: round(span.onset), duration: round(span.duration) }));
  }
  if (spans.length > 0 && spans.every((span) => !(span.trunkLengthPx > 0)))
    issues.push(issue("infant-not-found", whole));
  if (median(survey.frames.brightness) < DARK) issues.push(issue("picture-dark", whole));
  if (median(timeline.noise) > NOISY) issues.push(issue("picture-noisy", whole));
  if (trunkLengthPx !== undefined && trunkLengthPx < SMALL_TRUNK_PX) issues.push(issue("legs-small", whole));
  return issues;
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1)!;
}

function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}
