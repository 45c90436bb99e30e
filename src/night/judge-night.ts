import { describeRest, type RestReport } from "../epochs/describe-rest.ts";
import { type EpochInput, labelEpochs } from "../epochs/label-epochs.ts";
import { addSurroundings, isOwnMovement } from "../epochs/surroundings.ts";
import { createHeuristicClassifier } from "../events/classifiers/heuristic.ts";
import { findAllCandidates, nameEvents } from "../events/detect-events.ts";
import type { MovementEvent } from "../events/movement-event.ts";
import { EVENT_KINDS } from "../events/movement-event.ts";
import type { Heard } from "../events/sound-context.ts";
import type { NoiseFloor, SpanMovement } from "../movement/movement.ts";
import type { AnalysisOptions } from "../options.ts";
import type { Recording } from "../recording/recording.ts";
import { findCovered, findDark } from "../report/hidden-time.ts";
import { describeSeries, type SeriesReport } from "../series/describe-series.ts";
import { RULE_SETS } from "../series/rule-sets.ts";
import { between, type Interval, joinIntervals, subtractIntervals } from "../signal/intervals.ts";
import { describeSoothing, type SoothingReport } from "../soothing/describe-soothing.ts";
import { createMotionTest } from "../survey/active-spans.ts";
import { detectFlicker } from "../survey/flicker.ts";
import type { Survey } from "../survey/survey.ts";
import { type CountRange, findSteadiness, rangeCounts } from "../uncertainty/count-ranges.ts";
import { MOVED_BY, scaleLimits } from "../uncertainty/move-limits.ts";

/** What is made of the measured spans: events, and what the events of the whole recording say together. */
export interface NightJudgement {
  readonly classifier: string;
  readonly events: readonly MovementEvent[];
  /** Of each event: share of runs with moved limits that found it again. */
  readonly steadiness: readonly number[];
  readonly ranges: readonly CountRange[];
  readonly rest: RestReport;
  readonly series: readonly SeriesReport[];
  readonly soothing: SoothingReport;
  /** When the legs could not be judged, in order and apart. */
  readonly legsHidden: readonly Interval[];
}

export interface JudgeInput {
  readonly recording: Recording;
  readonly survey: Survey;
  readonly spans: readonly SpanMovement[];
  readonly floor: NoiseFloor;
  readonly options: AnalysisOptions;
  /** Stretches of which there is no picture, in order. */
  readonly lost: readonly Interval[];
  /** What was heard; undefined without sound. */
  readonly heard: Heard | undefined;
}

/**
 * The late stages, from measured spans to what the report says: names, epochs, series, soothing, and how sure
 * the counts are. Pure, and quick beside the measuring.
 */
export function judgeNight(input: JudgeInput): NightJudgement {
  const { recording, survey, spans, options } = input;
  const { named, runs } = nameWithMovedLimits(input);
  const carers = named.filter(({ kind }) => kind === "caregiver");
  const dark = findDark(recording, survey);
  const epochInput = { duration: recording.duration, moving: movingTimes(input, named), carers, dark };
  const events = addSurroundings(named, epochInput, options.epochs);
  const rest = describeRest(labelEpochs(epochInput, options.epochs), options.epochs);
  const legsHidden = joinIntervals([...dark, ...findCovered(spans), ...carers], 0);
  const series = RULE_SETS.map((rules) => describeSeries(events, legsHidden, rules));
  const onsets = series[0]!.candidates.map(({ onset }) => onset);
  return {
    classifier: createHeuristicClassifier(options.events).name,
    events,
    steadiness: findSteadiness(events, runs),
    ranges: rangeCounts(EVENT_KINDS, events, runs),
    rest,
    series,
    soothing: describeSoothing(carers, onsets, legsHidden, recording.duration),
    legsHidden,
  };
}

/** The events as they are, and as they would be with every limit a tenth larger, smaller, easier, harder. */
function nameWithMovedLimits({ spans, floor, survey, options, lost, heard }: JudgeInput): {
  readonly named: MovementEvent[];
  readonly runs: MovementEvent[][];
} {
  const flickers = detectFlicker(survey.frames);
  const find = (limits: AnalysisOptions["events"]) => findAllCandidates(spans, floor, limits);
  const name = (candidates: ReturnType<typeof find>, limits: AnalysisOptions["events"], ease = 0) =>
    nameEvents(
      candidates,
      survey.lightChanges,
      createHeuristicClassifier(limits, ease),
      limits,
      flickers,
      lost,
      heard,
    );
  const candidates = find(options.events);
  const scaled = [1 - MOVED_BY, 1 + MOVED_BY].map((factor) => {
    const limits = scaleLimits(options.events, factor);
    return name(find(limits), limits);
  });
  const eased = [MOVED_BY, -MOVED_BY].map((ease) => name(candidates, options.events, ease));
  return { named: name(candidates, options.events), runs: [...scaled, ...eased] };
}

/** What is not the infant's is taken out with this margin, seconds: the survey sees it a little longer. */
const MARGIN = 1;

/** When the infant moved: what the survey saw, without light and disturbances, and every named movement. */
function movingTimes(
  { survey, options }: JudgeInput,
  events: readonly MovementEvent[],
): EpochInput["moving"] {
  const { binDuration } = survey.map;
  const isMoving = createMotionTest(survey, options.survey.motionFactor);
  const seen: Interval[] = [];
  for (let bin = 0; bin < survey.score.length; bin++) {
    if (isMoving((bin + 0.5) * binDuration)) seen.push(between(bin * binDuration, (bin + 1) * binDuration));
  }
  const others = events
    .filter(({ kind }) => kind === "light-change" || kind === "artefact")
    .map(({ onset, duration }) => ({ onset: onset - MARGIN, duration: duration + 2 * MARGIN }));
  const own = events.filter(({ kind }) => isOwnMovement(kind));
  return [...subtractIntervals(joinIntervals(seen, 1e-6), others, 0), ...own];
}
