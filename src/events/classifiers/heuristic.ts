import type { EventOptions } from "../event-options.ts";
import type { Evidence, Measure } from "../evidence.ts";
import { FEATURE_INFO, type Features } from "../features.ts";
import type { EventKind } from "../movement-event.ts";
import type { EventClassifier, Verdict } from "./classifier.ts";
import { type Condition, heuristicRules, type Rule } from "./rules.ts";
import { judgeWitnesses } from "./witnesses.ts";
import { describeVerdict } from "./wording.ts";

/** A margin of half the limit or more is as sure as a rule can be. */
const FULL_MARGIN = 0.5;
/** What pose contradicts, or cannot see, is less sure. */
const DISAGREEMENT = 0.8;
const UNSEEN = 0.9;

/**
 * The classifier of named rules: the first rule whose conditions all hold gives the kind; when none does
 * the event is indeterminate. It explains itself: every condition with its margin, both witnesses, and the
 * nearest other kind with what would have to change.
 */
export function createHeuristicClassifier(options: EventOptions): EventClassifier {
  const rules = heuristicRules(options);
  return {
    name: "heuristic",
    classify(candidate) {
      const judged = rules
        .filter((rule) => rule.origins.includes(candidate.origin))
        .map((rule) => judge(rule, candidate.features));
      const decided = judged.find(({ holds }) => holds);
      const kind: EventKind = decided?.rule.kind ?? "indeterminate";
      const nearest = nearestOther(judged, kind);
      // Nothing held: the evidence is what kept it from the nearest kind.
      const measures = (decided ?? judged.find((one) => one.rule.kind === nearest?.kind))?.measures ?? [];
      const witnesses = judgeWitnesses(kind, candidate.features);
      const evidence: Evidence = {
        rule: kind,
        because: describeVerdict(kind, candidate, options),
        measures,
        witnesses,
        nearest,
        features: finiteOnly(candidate.features),
      };
      return {
        kind,
        confidence: confidenceOf(measures, decided !== undefined, witnesses.agree),
        evidence,
      } satisfies Verdict;
    },
  };
}

/** What is not the infant's movement is no near miss of one. */
const NOT_THE_INFANT: ReadonlySet<EventKind> = new Set(["artefact", "caregiver"]);

interface Judged {
  readonly rule: Rule;
  readonly measures: readonly Measure[];
  readonly holds: boolean;
  /** Sum of what is missing, as shares of the limits. */
  readonly shortfall: number;
}

function judge(rule: Rule, features: Features): Judged {
  const measures = rule.conditions
    .filter(({ feature, isOptional }) => !isOptional || !Number.isNaN(features[feature]))
    .map((condition) => measure(condition, features));
  return {
    rule,
    measures: measures.filter(({ value }) => !Number.isNaN(value)),
    holds: measures.every(({ margin }) => margin >= 0),
    shortfall: measures.reduce((sum, { margin }) => sum + Math.max(0, -margin), 0),
  };
}

function measure({ feature, comparison, limit }: Condition, features: Features): Measure {
  const value = features[feature];
  const distance = comparison === "at least" ? value - limit : limit - value;
  const margin = Number.isNaN(value) ? -9 : distance / Math.max(Math.abs(limit), 1e-9);
  return { name: feature, value, comparison, limit, margin, ...FEATURE_INFO[feature] };
}

function nearestOther(judged: readonly Judged[], kind: EventKind): Evidence["nearest"] {
  const others = judged.filter(
    ({ rule, shortfall, holds }) =>
      rule.kind !== kind && (holds || (shortfall < 9 && !NOT_THE_INFANT.has(rule.kind))),
  );
  const [closest] = others.sort((a, b) => a.shortfall - b.shortfall);
  if (!closest) return undefined;
  const missing = closest.measures.filter(({ margin }) => margin < 0);
  const changes = missing.map(
    ({ name, value, comparison, limit, unit }) =>
      `${name} ${round(value)} ${unit} were ${comparison} ${round(limit)}`,
  );
  const flip = changes.length === 0 ? `rule "${kind}" comes first` : `if ${changes.join(" and ")}`;
  return { kind: closest.rule.kind, flip };
}

function confidenceOf(measures: readonly Measure[], isDecided: boolean, agree: boolean | null): number {
  if (!isDecided) return 0.5;
  const smallest = Math.min(FULL_MARGIN, ...measures.map(({ margin }) => margin));
  const inside = 0.5 + (0.5 * smallest) / FULL_MARGIN;
  const seen = agree === false ? DISAGREEMENT : agree === null ? UNSEEN : 1;
  return Math.round(100 * inside * seen) / 100;
}

function finiteOnly(features: Features): Record<string, number> {
  return Object.fromEntries(
    Object.entries(features)
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => [name, Number(value.toPrecision(5))]),
  );
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
