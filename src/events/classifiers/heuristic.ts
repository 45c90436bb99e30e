import type { EventOptions } from "../event-options.ts";
import type { Evidence, Measure } from "../evidence.ts";
import { type Candidate, FEATURE_INFO, type FeatureName, type Features } from "../features.ts";
import type { EventDetail, EventKind } from "../movement-event.ts";
import type { EventClassifier, Verdict } from "./classifier.ts";
import { placeOf } from "./rhythm-place.ts";
import type { Condition, Rule } from "./rule.ts";
import { RULES } from "./rule-order.ts";
import { judgeWitnesses } from "./witnesses.ts";
import { whyUndecided } from "./wording.ts";

/** A margin of half the limit or more is as sure as a rule can be. */
const FULL_MARGIN = 0.5;
/** How short of its limit one measure counts at most; so much for one that could not be measured. */
const FAR = 2;
/** A rule is not near with more than this missing. */
const NOT_NEAR = 6;
/** What pose contradicts, or cannot see, is less sure. */
const DISAGREEMENT = 0.8;
const UNSEEN = 0.9;

/** What the frame rate can show is arithmetic, and is not eased. */
const NOT_EASED: ReadonlySet<FeatureName> = new Set(["bandUse", "aliasHz", "frameRate"]);

/**
 * The classifier of named rules: the first rule whose conditions all hold gives the kind; when none does
 * the event is indeterminate. It explains itself: every condition with its margin, both witnesses, and the
 * nearest other kind with what would have to change.
 *
 * @param ease by how much every condition is made easier (0.1: a tenth of its limit) or, negative, harder: for
 * asking how far counts hang on the limits.
 */
export function createHeuristicClassifier(options: EventOptions, ease = 0): EventClassifier {
  return {
    name: "heuristic",
    classify(candidate) {
      const judged = RULES.filter((rule) => rule.origins.includes(candidate.origin)).map((rule) =>
        judge(rule, candidate.features, options, ease),
      );
      const decided = judged.find(({ holds }) => holds);
      const kind: EventKind = decided?.rule.kind ?? "indeterminate";
      const nearest = nearestOther(judged, kind);
      // Nothing held: the evidence is what kept it from the nearest kind.
      const measures = (decided ?? judged.find((one) => one.rule.kind === nearest?.kind))?.measures ?? [];
      const detail = decided && detailOf(decided.rule, candidate, options);
      const witnesses = judgeWitnesses(kind, candidate.features);
      const evidence: Evidence = {
        rule: kind,
        because: decided ? decided.rule.because(candidate, detail) : whyUndecided(candidate, options),
        measures,
        witnesses,
        nearest,
        features: finiteOnly(candidate.features),
      };
      return {
        kind,
        detail,
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
  /** How many conditions were asked: a rule of nine that fails one is nearer than one of two that does. */
  readonly asked: number;
  /** The conditions that fail, those that could not be measured among them. */
  readonly missing: readonly Measure[];
  /** Sum of what is missing, as shares of the limits, each at most twice its limit. */
  readonly shortfall: number;
}

function detailOf(rule: Rule, candidate: Candidate, options: EventOptions): EventDetail | undefined {
  // Where a rhythm is hangs on the limb as well, which is no feature.
  if (rule.kind === "tremor-like" || rule.kind === "slow-rhythm") return placeOf(candidate);
  return rule.detail?.(candidate.features, options);
}

function judge(rule: Rule, features: Features, options: EventOptions, ease: number): Judged {
  const asked = rule
    .conditions(options)
    .filter(({ feature, isOptional }) => !isOptional || !Number.isNaN(features[feature]));
  const measures = asked.map((condition) => measure(easier(condition, ease), features));
  const shortfalls = measures.map(({ margin }, i) =>
    Math.min(asked[i]!.isWitness ? FAR / 4 : FAR, Math.max(0, -margin)),
  );
  return {
    rule,
    measures: measures.filter(({ value }) => !Number.isNaN(value)),
    holds: measures.every(({ margin }) => margin >= 0),
    asked: Math.max(1, measures.length),
    missing: measures.filter(({ margin }) => margin < 0),
    shortfall: shortfalls.reduce((sum, shortfall) => sum + shortfall, 0),
  };
}

function easier(condition: Condition, ease: number): Condition {
  if (ease === 0 || NOT_EASED.has(condition.feature)) return condition;
  const { comparison, limit } = condition;
  return { ...condition, limit: limit * (comparison === "at least" ? 1 - ease : 1 + ease) };
}

function measure({ feature, comparison, limit }: Condition, features: Features): Measure {
  const value = features[feature];
  const distance = comparison === "at least" ? value - limit : limit - value;
  const margin = Number.isNaN(value) ? -9 : distance / Math.max(Math.abs(limit), 1e-9);
  return { name: feature, value, comparison, limit, margin, ...FEATURE_INFO[feature] };
}

/**
 * The other kind that least is missing to. A measure that could not be made (a rhythm that the second witness
 * does not show) is named as such; a kind of which more than one is unknown is no neighbour.
 */
function nearestOther(judged: readonly Judged[], kind: EventKind): Evidence["nearest"] {
  const others = judged.filter(
    ({ rule, shortfall, holds, missing }) =>
      rule.kind !== kind &&
      (holds ||
        (shortfall < NOT_NEAR &&
          missing.filter(({ value }) => Number.isNaN(value)).length <= 1 &&
          !NOT_THE_INFANT.has(rule.kind))),
  );
  const perCondition = (one: Judged) => one.shortfall / one.asked;
  const [closest] = others.sort((a, b) => perCondition(a) - perCondition(b));
  if (!closest) return undefined;
  const changes = closest.missing.map(({ name, value, comparison, limit, unit }) => {
    const measured = Number.isNaN(value) ? "unmeasured" : round(value);
    return `${name} ${measured} ${unit} were ${comparison} ${round(limit)}`;
  });
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
