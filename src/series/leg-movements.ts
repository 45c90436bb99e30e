import type { EventLimb, MovementEvent } from "../events/movement-event.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import { type RuleSet, SERIES_ROLES } from "./rule-sets.ts";

export type Legs = "left" | "right" | "both";

/** A movement of the legs after both have been put together. */
export interface LegMovement extends Interval {
  readonly legs: Legs;
  /** A candidate may stand in a series; what is none only ends one. */
  readonly isCandidate: boolean;
  /** Ids of the events it is made of. */
  readonly events: readonly string[];
}

/** What of an event this stage reads. */
export type LegEvent = Pick<MovementEvent, "id" | "onset" | "duration" | "kind" | "limb">;

const LEGS_OF: Partial<Readonly<Record<EventLimb, Legs>>> = {
  "left leg": "left",
  "right leg": "right",
  "both legs": "both",
  // Movements of the whole body take both legs along.
  body: "both",
};

interface Part extends Interval {
  readonly legs: Legs;
  readonly isCounted: boolean;
  readonly id: string;
}

/**
 * Puts the movements of both legs together and tells candidates from other leg movements, in order of onset.
 *
 * *Source:* the rule set's. *Differs from it:* the movements are seen on video and named by `SERIES_ROLES`;
 * what lasts less than the shortest movement is left out, as no leg movement at all.
 *
 * @param isHidden whether a movement lies for the most part where the legs could not be judged: it is left out.
 */
export function findLegMovements(
  events: readonly LegEvent[],
  rules: RuleSet,
  isHidden: (interval: Interval) => boolean = () => false,
): LegMovement[] {
  const parts = events
    .flatMap(partOf)
    .filter((part) => part.duration >= rules.shortest - TINY && !isHidden(part))
    .sort((a, b) => a.onset - b.onset || endOf(a) - endOf(b) || a.legs.localeCompare(b.legs));
  const groups: Part[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last && isSame(last, part, rules)) last.push(part);
    else groups.push([part]);
  }
  return groups.map((group) => combine(group, rules));
}

/** Onsets are computed: two that should be ten seconds apart may miss it by a rounding. */
export const TINY = 1e-6;

function partOf({ id, onset, duration, kind, limb }: LegEvent): Part[] {
  const role = SERIES_ROLES[kind];
  const legs = LEGS_OF[limb];
  if (role === "none" || legs === undefined) return [];
  // Of the whole body only what is named so moves the legs for sure; an arm or the head alone does not.
  if (limb === "body" && (role === "counted" || kind === "indeterminate")) return [];
  return [{ id, onset, duration, legs, isCounted: role === "counted" }];
}

function isSame(group: readonly Part[], part: Part, { joined }: RuleSet): boolean {
  const end = Math.max(...group.map(endOf));
  if (part.onset < end - TINY) return true;
  if (joined.by === "end to onset") return part.onset - end < joined.below - TINY;
  const isOtherLeg = group.every(({ legs }) => legs !== "both" && part.legs !== "both" && legs !== part.legs);
  return isOtherLeg && part.onset - group[0]!.onset < joined.below - TINY;
}

function combine(group: readonly Part[], rules: RuleSet): LegMovement {
  const onset = group[0]!.onset;
  const duration = Math.max(...group.map(endOf)) - onset;
  const sides = new Set(group.map(({ legs }) => legs));
  const legs = sides.size === 1 ? group[0]!.legs : "both";
  const isCounted = ({ isCounted, duration, legs }: Part) =>
    isCounted && duration <= longest(legs, rules) + TINY;
  const isCandidate =
    group.every(isCounted) && group.length <= rules.mostParts && duration <= longest(legs, rules) + TINY;
  return { onset, duration, legs, isCandidate, events: group.map(({ id }) => id) };
}

function longest(legs: Legs, { longestOneLeg, longestBothLegs }: RuleSet): number {
  return legs === "both" ? longestBothLegs : longestOneLeg;
}
