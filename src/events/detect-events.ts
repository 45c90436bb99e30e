import type { NoiseFloor, SpanMovement } from "../movement/movement.ts";
import { endOf, type Interval, overlapOf } from "../signal/intervals.ts";
import type { Flicker, LightChange } from "../survey/survey.ts";
import type { EventClassifier } from "./classifiers/classifier.ts";
import { findClusters } from "./clusters.ts";
import { describeContext } from "./context.ts";
import type { EventOptions } from "./event-options.ts";
import type { Candidate } from "./features.ts";
import { findCandidates } from "./find-candidates.ts";
import { markLostTime } from "./lost-time.ts";
import {
  EVENT_KINDS,
  type EventKind,
  type MovementEvent,
  NOTHING_MORE,
  type UnnumberedEvent,
} from "./movement-event.ts";
import { describeHeard, type Heard } from "./sound-context.ts";

/** Kinds whose frequency and amplitude mean something. */
const RHYTHMIC: ReadonlySet<EventKind> = new Set(["tremor-like", "slow-rhythm", "indeterminate"]);
/** Kinds whose single strokes are counted. */
const STROKED: ReadonlySet<EventKind> = new Set(["kicking", "rubbing", "leg-slapping"]);

/**
 * Finds and names everything that happened in the active spans, in order of time. Pure: signals in, events
 * out.
 *
 * The single events are named first, span by span; clusters and what each event's neighbours say of it are
 * made of the named events of the whole recording, so that it does not matter how it was cut into spans.
 *
 * @param lightChanges of the whole recording, which are events of their own. @param flickers likewise.
 * @param lost stretches of which there is no picture, in order; see {@link markLostTime}.
 * @param heard what was heard, for events to tell; absent without sound.
 */
export function detectEvents(
  spans: readonly SpanMovement[],
  lightChanges: readonly LightChange[],
  floor: NoiseFloor,
  classifier: EventClassifier,
  options: EventOptions,
  flickers: readonly Flicker[] = [],
  lost: readonly Interval[] = [],
  heard?: Heard,
): MovementEvent[] {
  const candidates = findAllCandidates(spans, floor, options);
  return nameEvents(candidates, lightChanges, classifier, options, flickers, lost, heard);
}

/** Everything that moved in the active spans, in order of the spans, without names yet: the dear half. */
export function findAllCandidates(
  spans: readonly SpanMovement[],
  floor: NoiseFloor,
  options: EventOptions,
): Candidate[] {
  return spans.flatMap((span) => findCandidates(span, floor, options));
}

/** Names candidates, and adds what is found in the whole recording: light, clusters, neighbours. */
export function nameEvents(
  candidates: readonly Candidate[],
  lightChanges: readonly LightChange[],
  classifier: EventClassifier,
  options: EventOptions,
  flickers: readonly Flicker[] = [],
  lost: readonly Interval[] = [],
  heard?: Heard,
): MovementEvent[] {
  const events = candidates.map((candidate) => markLostTime(nameCandidate(candidate, classifier), lost));
  const carers = events.filter(({ kind }) => kind === "caregiver");
  const isFlicker = (change: LightChange) =>
    flickers.some((flicker) => overlapOf(flicker, change) > 0.5 * change.duration);
  const lights = lightChanges
    .filter((change) => !isShadow(change, carers) && !isFlicker(change))
    .map(nameLightChange);
  const all = inOrder([...events, ...lights, ...flickers.map(nameFlicker)]);
  const inContext = describeContext(all, options);
  const named = number(heard ? describeHeard(inContext, heard) : inContext);
  const clusters = number(inOrder(findClusters(named, options)));
  return inOrder([...named, ...clusters]);
}

function inOrder<T extends UnnumberedEvent>(events: readonly T[]): T[] {
  return [...events].sort((a, b) => a.onset - b.onset || endOf(a) - endOf(b));
}

/** A carer who leans over darkens the picture: that is the carer, not the lamp. */
const SHADOW_LEVELS = 15;
const SHADOW_REACH = 2;

function isShadow(change: LightChange, carers: readonly UnnumberedEvent[]): boolean {
  if (Math.abs(change.shift) > SHADOW_LEVELS) return false;
  return carers.some(
    (carer) => change.onset < endOf(carer) + SHADOW_REACH && endOf(change) > carer.onset - SHADOW_REACH,
  );
}

function nameCandidate(candidate: Candidate, classifier: EventClassifier): UnnumberedEvent {
  const { kind, detail, confidence, evidence } = classifier.classify(candidate);
  const { features } = candidate;
  const isRhythmic = RHYTHMIC.has(kind) && Number.isFinite(features.frequencyHz);
  const rhythm = {
    frequencyHz: features.frequencyHz,
    cycles: known(features.cycles),
    regularity: known(features.concentration),
    amplitude: features.amplitude,
    amplitudeShanks: known(features.amplitudeShanks),
  };
  const isArm = kind === "leg-slapping";
  return {
    ...NOTHING_MORE,
    onset: candidate.onset,
    duration: candidate.duration,
    kind,
    detail,
    limb: candidate.limb,
    confidence,
    ...(isRhythmic ? rhythm : {}),
    strokes: STROKED.has(kind) ? known(isArm ? features.armStrokes : features.strokes) : undefined,
    strokesOf: kind === "kicking" ? { left: features.leftStrokes, right: features.rightStrokes } : undefined,
    evidence,
  };
}

function known(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function nameLightChange(change: LightChange): UnnumberedEvent {
  const levels = Math.abs(change.shift).toFixed(0);
  return {
    ...NOTHING_MORE,
    onset: change.onset,
    duration: change.duration,
    kind: "light-change",
    detail: change.isSudden ? "switched" : "auto-gain",
    limb: "none",
    confidence: Math.min(1, 0.5 + Math.abs(change.shift) / 40),
    evidence: {
      rule: "light-change",
      because: change.isSudden
        ? `The light of the whole picture changed at once, by ${levels} gray levels.`
        : `The whole picture slowly became lighter or darker, by ${levels} gray levels, as a camera adjusts itself.`,
      measures: [],
      witnesses: { flow: "not measured while the light changes", pose: "not asked", agree: null },
      nearest: undefined,
      features: { lightShift: Number(change.shift.toPrecision(4)) },
    },
  };
}

function nameFlicker(flicker: Flicker): UnnumberedEvent {
  return {
    ...NOTHING_MORE,
    onset: flicker.onset,
    duration: flicker.duration,
    kind: "artefact",
    detail: "flicker",
    limb: "none",
    confidence: Math.min(1, 0.5 + flicker.depth / 10),
    frequencyHz: flicker.frequencyHz,
    evidence: {
      rule: "artefact",
      because: `The light of the whole picture went up and down ${flicker.frequencyHz.toFixed(1)} times a second, as under a lamp that beats with the camera.`,
      measures: [],
      witnesses: { flow: "takes changes of light out", pose: "not asked", agree: null },
      nearest: undefined,
      features: { lightShift: Number(flicker.depth.toPrecision(4)) },
    },
  };
}

function number(events: readonly UnnumberedEvent[]): MovementEvent[] {
  const counts = new Map<string, number>(EVENT_KINDS.map((kind) => [kind, 0]));
  return events.map((event) => {
    const count = counts.get(event.kind)! + 1;
    counts.set(event.kind, count);
    return { id: `${event.kind}-${String(count).padStart(3, "0")}`, ...event };
  });
}
