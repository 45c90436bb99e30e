import type { Evidence } from "./evidence.ts";

/** The kinds of event, a closed union: every `switch` over it is exhaustive. */
export const EVENT_KINDS = [
  "leg-movement",
  "kicking",
  "tremor-like",
  "slow-rhythm",
  "jerk",
  "jerk-cluster",
  "flexion-cluster",
  "startle",
  "rubbing",
  "leg-slapping",
  "stretch",
  "position-change",
  "large-movement",
  "caregiver",
  "light-change",
  "artefact",
  "indeterminate",
] as const;

/** What a movement is called; the list is {@link EVENT_KINDS}. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** Where a rhythm is: the joint of a leg it turns about, or another part of the body. */
const RHYTHM_PLACES = ["ankle", "knee", "whole-leg", "arm", "head", "trunk"] as const;

/** The sub-kinds of each kind, closed like the kinds; an event may have none where nothing tells them apart. */
export const DETAILS_OF = {
  "leg-movement": ["unilateral", "bilateral"],
  kicking: ["alternating", "synchronous", "one-sided", "mixed"],
  "tremor-like": RHYTHM_PLACES,
  "slow-rhythm": RHYTHM_PLACES,
  jerk: [],
  "jerk-cluster": [],
  "flexion-cluster": [],
  startle: [],
  rubbing: [],
  "leg-slapping": [],
  stretch: ["stretching", "arching"],
  "position-change": ["turn", "shift"],
  "large-movement": [],
  caregiver: ["patting", "rocking", "stroking"],
  "light-change": ["switched", "auto-gain"],
  artefact: ["camera-knock", "key-frame-pulse", "flicker", "insect", "curtain", "off-body"],
  indeterminate: [],
} as const satisfies Readonly<Record<EventKind, readonly string[]>>;

export type EventDetail = (typeof DETAILS_OF)[EventKind][number];

/** Every sub-kind once. */
export const EVENT_DETAILS: readonly EventDetail[] = [...new Set(Object.values(DETAILS_OF).flat())];

/** Which of the infant's limbs moved; "unseen" when pose did not see what moved. */
export type EventLimb = "left leg" | "right leg" | "both legs" | "arm" | "head" | "body" | "unseen" | "none";

/** What happened just before an event that may have set it off; null: nothing that was looked for. */
export type Provocation = "sound" | "movement" | null;

/** How the minute around an event looked; null: neither. Movement alone, no stage of sleep. */
export type Surroundings = "awake-looking" | "resting" | null;

/** A detected thing with onset and duration. */
export interface MovementEvent {
  /** Stable within one analysis: the same recording and options give the same ids. */
  readonly id: string;
  /** Seconds from the recording's start, half open. */
  readonly onset: number;
  readonly duration: number;
  readonly kind: EventKind;
  /** Sub-kind, one of `DETAILS_OF[kind]`. */
  readonly detail: EventDetail | undefined;
  readonly limb: EventLimb;
  /** How far its measures lie inside the rule, 0-1; 0.5 is on the edge. Not a probability. */
  readonly confidence: number;
  /** Dominant frequency, Hz, of rhythmic kinds. */
  readonly frequencyHz: number | undefined;
  /** Cycles of the rhythm. */
  readonly cycles: number | undefined;
  /** Share of the movement that lies at the one rhythm, 0-1. */
  readonly regularity: number | undefined;
  /** Trunk lengths, a lower bound. */
  readonly amplitude: number | undefined;
  /** The same in lengths of the infant's shank as the picture shows it. */
  readonly amplitudeShanks: number | undefined;
  /** Single strokes counted; both legs at once are one. */
  readonly strokes: number | undefined;
  /** Strokes of each leg by itself. */
  readonly strokesOf: { readonly left: number; readonly right: number } | undefined;
  readonly provokedBy: Provocation;
  readonly around: Surroundings;
  /** Ids of the events a cluster is made of; empty for all others. */
  readonly members: readonly string[];
  readonly evidence: Evidence;
}

/** An event before it has its number and its neighbours. */
export type UnnumberedEvent = Omit<MovementEvent, "id">;

/** What an event says where its kind says nothing of its own. */
export const NOTHING_MORE = {
  detail: undefined,
  frequencyHz: undefined,
  cycles: undefined,
  regularity: undefined,
  amplitude: undefined,
  amplitudeShanks: undefined,
  strokes: undefined,
  strokesOf: undefined,
  provokedBy: null,
  around: null,
  members: [],
} as const satisfies Partial<UnnumberedEvent>;
