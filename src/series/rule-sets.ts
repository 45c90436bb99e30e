import type { EventKind } from "../events/movement-event.ts";

/** The published rule sets, by the names the report prints. */
export const RULE_SET_NAMES = ["WASM_2016", "AASM"] as const;
export type RuleSetName = (typeof RULE_SET_NAMES)[number];

/** One published set of rules for series of leg movements, as data. Times are seconds. */
export interface RuleSet {
  readonly name: RuleSetName;
  readonly title: string;
  readonly source: string;
  /** Shorter movements are none. */
  readonly shortest: number;
  /** Longer ones are no candidates. */
  readonly longestOneLeg: number;
  readonly longestBothLegs: number;
  /** What makes one movement of two: the first's end to the second's onset, or onset to onset. */
  readonly joined: { readonly by: "end to onset" | "onset to onset"; readonly below: number };
  /** Most movements of one leg that a candidate of both is made of. */
  readonly mostParts: number;
  /** Onset to onset, both ends included. */
  readonly intervalFrom: number;
  readonly intervalTo: number;
  /** Fewest candidates of a series. */
  readonly fewest: number;
  /** Whether a leg movement that is no candidate ends a series. */
  readonly endsAtOther: boolean;
}

/**
 * Both were made for electromyograms of older people. Here they only sort video-detected leg movements, so
 * that a reader can compare; no limit of theirs is a norm for an infant.
 */
export const RULE_SETS: readonly RuleSet[] = [
  {
    name: "WASM_2016",
    title: "WASM 2016",
    source:
      "Ferri R, Fulda S, Allen RP, et al. World Association of Sleep Medicine 2016 standards for recording and scoring leg movements in polysomnograms. Sleep Med 2016;26:86-95",
    ...{ shortest: 0.5, longestOneLeg: 10, longestBothLegs: 15, mostParts: 4 },
    joined: { by: "end to onset", below: 0.5 },
    ...{ intervalFrom: 10, intervalTo: 90, fewest: 4, endsAtOther: true },
  },
  {
    name: "AASM",
    title: "AASM",
    source:
      "Berry RB, Brooks R, Gamaldo C, et al. The AASM Manual for the Scoring of Sleep and Associated Events, version 2.5. American Academy of Sleep Medicine, 2018",
    ...{ shortest: 0.5, longestOneLeg: 10, longestBothLegs: 10, mostParts: Infinity },
    joined: { by: "onset to onset", below: 5 },
    ...{ intervalFrom: 5, intervalTo: 90, fewest: 4, endsAtOther: false },
  },
];

/**
 * What each kind of event is to a series when a leg did it. "counted": a leg movement, and a candidate if its
 * length fits. "other": the legs moved, but not as a candidate does; it counts nowhere and ends a series
 * where the rules say so. "none": no movement of the infant's legs.
 *
 * A bout of kicking is one movement from its first stroke to its last: single strokes last 0.2-0.3 s
 * (Trujillo-Priego & Smith 2017), less than any rule's shortest movement. So a short bout may be a candidate
 * and one of more than 15 s ends a series. Clusters list events that are counted by themselves.
 */
export const SERIES_ROLES: Readonly<Record<EventKind, "counted" | "other" | "none">> = {
  "leg-movement": "counted",
  jerk: "counted",
  kicking: "counted",
  "tremor-like": "other",
  "slow-rhythm": "other",
  rubbing: "other",
  startle: "other",
  stretch: "other",
  "position-change": "other",
  "large-movement": "other",
  indeterminate: "other",
  "jerk-cluster": "none",
  "flexion-cluster": "none",
  "leg-slapping": "none",
  caregiver: "none",
  "light-change": "none",
  artefact: "none",
};

/** Whether events of a kind may count as leg movements in a series; kinds of others' never do. */
export function isCountedLegMovement(kind: string): boolean {
  return Object.hasOwn(SERIES_ROLES, kind) && SERIES_ROLES[kind as EventKind] === "counted";
}
