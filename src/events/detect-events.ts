import type { NoiseFloor, SpanMovement } from "../movement/movement.ts";
import { endOf } from "../signal/intervals.ts";
import type { LightChange } from "../survey/survey.ts";
import type { EventClassifier } from "./classifiers/classifier.ts";
import type { EventOptions } from "./event-options.ts";
import type { Candidate } from "./features.ts";
import { findCandidates } from "./find-candidates.ts";
import { EVENT_KINDS, type MovementEvent } from "./movement-event.ts";

/** Kinds whose frequency and amplitude mean something. */
const RHYTHMIC = new Set(["tremor-like", "slow-rhythm", "indeterminate"]);

/**
 * Finds and names everything that happened in the active spans, in order of time. Pure: signals in, events
 * out.
 *
 * @param lightChanges of the whole recording, which are events of their own.
 */
export function detectEvents(
  spans: readonly SpanMovement[],
  lightChanges: readonly LightChange[],
  floor: NoiseFloor,
  classifier: EventClassifier,
  options: EventOptions,
): MovementEvent[] {
  const events = spans
    .flatMap((span) => findCandidates(span, floor, options))
    .map((candidate) => nameCandidate(candidate, classifier));
  const carers = events.filter(({ kind }) => kind === "caregiver");
  const lights = lightChanges.filter((change) => !isShadow(change, carers)).map(nameLightChange);
  return number([...events, ...lights].sort((a, b) => a.onset - b.onset || endOf(a) - endOf(b)));
}

/** A carer who leans over darkens the picture: that is the carer, not the lamp. */
const SHADOW_LEVELS = 15;
const SHADOW_REACH = 2;

function isShadow(change: LightChange, carers: readonly Unnumbered[]): boolean {
  if (Math.abs(change.shift) > SHADOW_LEVELS) return false;
  return carers.some(
    (carer) => change.onset < endOf(carer) + SHADOW_REACH && endOf(change) > carer.onset - SHADOW_REACH,
  );
}

type Unnumbered = Omit<MovementEvent, "id">;

function nameCandidate(candidate: Candidate, classifier: EventClassifier): Unnumbered {
  const { kind, confidence, evidence } = classifier.classify(candidate);
  const { features } = candidate;
  const isRhythmic = RHYTHMIC.has(kind) && Number.isFinite(features.frequencyHz);
  return {
    onset: candidate.onset,
    duration: candidate.duration,
    kind,
    limb: candidate.limb,
    confidence,
    frequencyHz: isRhythmic ? features.frequencyHz : undefined,
    amplitude: isRhythmic ? features.amplitude : undefined,
    strokes: kind === "kicking" ? features.strokes : undefined,
    evidence,
  };
}

function nameLightChange(change: LightChange): Unnumbered {
  return {
    onset: change.onset,
    duration: change.duration,
    kind: "light-change",
    limb: "none",
    confidence: Math.min(1, 0.5 + Math.abs(change.shift) / 40),
    frequencyHz: undefined,
    amplitude: undefined,
    strokes: undefined,
    evidence: {
      rule: "light-change",
      because: `The light of the whole picture changed by ${Math.abs(change.shift).toFixed(0)} gray levels.`,
      measures: [],
      witnesses: { flow: "not measured while the light changes", pose: "not asked", agree: null },
      nearest: undefined,
      features: { lightShift: Number(change.shift.toPrecision(4)) },
    },
  };
}

function number(events: readonly Unnumbered[]): MovementEvent[] {
  const counts = new Map<string, number>(EVENT_KINDS.map((kind) => [kind, 0]));
  return events.map((event) => {
    const count = counts.get(event.kind)! + 1;
    counts.set(event.kind, count);
    return { id: `${event.kind}-${String(count).padStart(3, "0")}`, ...event };
  });
}
