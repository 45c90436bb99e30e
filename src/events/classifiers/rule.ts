import { toTenths, toWhole } from "../../signal/tenths.ts";
import type { EventOptions } from "../event-options.ts";
import type { Candidate, FeatureName, Features, Origin } from "../features.ts";
import type { EventDetail, EventKind, EventLimb } from "../movement-event.ts";

/** One condition of a rule: a feature against a limit. A feature that was not measured fails it. */
export interface Condition {
  readonly feature: FeatureName;
  readonly comparison: "at least" | "at most";
  readonly limit: number;
  /** Asked only where the feature could be measured: without it the others decide. */
  readonly isOptional?: boolean;
  /** Asks whether a second witness confirms it: a rhythm that fails this alone is nearest to the rule. */
  readonly isWitness?: boolean;
}

/** A rule: all conditions must hold. One file each, with its source and the words of its verdict. */
export interface Rule {
  readonly kind: EventKind;
  /** Origins of candidates it applies to. */
  readonly origins: readonly Origin[];
  /** Where the rule comes from; its limits' sources stand with the options. */
  readonly source: string;
  conditions(options: EventOptions): readonly Condition[];
  /** The sub-kind, where something tells it. */
  detail?(features: Features, options: EventOptions): EventDetail | undefined;
  /** One sentence a parent understands, with the numbers that made it so. */
  because(candidate: Candidate, detail: EventDetail | undefined): string;
}

export const least = (feature: FeatureName, limit: number): Condition => ({
  feature,
  comparison: "at least",
  limit,
});

export const most = (feature: FeatureName, limit: number): Condition => ({
  feature,
  comparison: "at most",
  limit,
});

/** Asked only where it could be measured. */
export const ifKnown = (condition: Condition): Condition => ({ ...condition, isOptional: true });

export const LEGS: readonly Origin[] = ["rhythm", "strokes"];
/** Every way in which something of the infant may be found to move. */
export const MOVED: readonly Origin[] = ["rhythm", "strokes", "arm", "body", "unseen"];

/** What every rhythm must be: clear, even, and within what the frame rate can show. */
export const isRhythm = (options: EventOptions): Condition[] => [
  least("concentration", options.rhythmConcentration),
  least("snrDb", options.rhythmSnr),
  most("frequencyVariation", options.frequencyVariation),
  most("bandUse", 1),
];

/** The subject of a sentence. */
export const LIMB_SUBJECTS: Readonly<Record<EventLimb, string>> = {
  "left leg": "The left leg",
  "right leg": "The right leg",
  "both legs": "Both legs",
  arm: "An arm",
  head: "The head",
  body: "The body",
  unseen: "Something under the cover",
  none: "Something",
};

/** A number as a sentence says it. */
export function show(value: number): string {
  if (!Number.isFinite(value)) return "?";
  return value >= 9.95 ? toWhole(value) : toTenths(value);
}
