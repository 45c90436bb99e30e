import type { Evidence } from "./evidence.ts";

/** The kinds of event, a closed union: every `switch` over it is exhaustive. */
export const EVENT_KINDS = [
  "leg-movement",
  "kicking",
  "tremor-like",
  "slow-rhythm",
  "jerk",
  "startle",
  "large-movement",
  "caregiver",
  "light-change",
  "artefact",
  "indeterminate",
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** Which of the infant's limbs moved; "unseen" when pose did not see what moved. */
export type EventLimb = "left leg" | "right leg" | "both legs" | "arm" | "head" | "body" | "unseen" | "none";

/** A detected thing with onset and duration. */
export interface MovementEvent {
  /** Stable within one analysis: the same recording and options give the same ids. */
  readonly id: string;
  /** Seconds from the recording's start, half open. */
  readonly onset: number;
  readonly duration: number;
  readonly kind: EventKind;
  readonly limb: EventLimb;
  /** How far its measures lie inside the rule, 0-1; 0.5 is on the edge. Not a probability. */
  readonly confidence: number;
  /** Dominant frequency, Hz, of rhythmic kinds. */
  readonly frequencyHz: number | undefined;
  /** Trunk lengths, a lower bound. */
  readonly amplitude: number | undefined;
  /** Single strokes counted. */
  readonly strokes: number | undefined;
  readonly evidence: Evidence;
}
