import { LIMBS, type Limb, type NoiseFloor, type SpanMovement } from "../movement/movement.ts";
import {
  detectIntervals,
  endOf,
  type Interval,
  joinIntervals,
  overlapOf,
  subtractIntervals,
} from "../signal/intervals.ts";
import type { EventOptions } from "./event-options.ts";
import type { Candidate, Features } from "./features.ts";
import { findRhythms, type RhythmStretch } from "./find-rhythms.ts";
import { findAway, findCarers, findKnocks } from "./find-surroundings.ts";
import { type ActiveIntervals, measureFeatures } from "./measure-features.ts";
import type { EventLimb } from "./movement-event.ts";
import {
  explainsLeg,
  isCarriedAlong,
  isNobodys,
  isShaken,
  LEGS,
  limbOf,
  rhythmLimb,
} from "./whose-movement.ts";

/** Movements this close to a rhythm are its own beginning or end, seconds. */
const RHYTHM_MARGIN = 0.4;
/** What is left of a movement beside a rhythm or a carer is one of its own from this length on, seconds. */
const SHORTEST_REST = 0.5;
/** A movement of arms, head or trunk without legs is a body movement only with this many parts. */
const FEWEST_PARTS = 2;

/**
 * Finds what moved in a span and when, without saying yet what it was: carers, rhythms, bouts and single
 * movements of the legs, movements of the body, movements of what pose cannot see.
 */
export function findCandidates(span: SpanMovement, floor: NoiseFloor, options: EventOptions): Candidate[] {
  const active = findActive(span, floor, options);
  const knocks = findKnocks(span, options);
  // A camera that was pushed shows everything otherwise: that is nobody's arm.
  const carers = findCarers(span, options).filter((carer) =>
    knocks.every((knock) => overlapOf(knock, carer) < 0.5 * carer.duration),
  );
  const isFree = (interval: Interval) =>
    [...carers, ...knocks].every((other) => overlapOf(other, interval) < 0.5 * interval.duration);
  const make = (
    origin: Candidate["origin"],
    interval: Interval,
    limb: EventLimb,
    rhythm?: RhythmStretch,
  ): Candidate => ({
    onset: interval.onset,
    duration: interval.duration,
    origin,
    limb,
    features: measureFeatures(span, interval, active, options, rhythm, origin === "foreign"),
  });

  const slaps = findSlaps(span, active, carers, options)
    .map((interval) => make("arm", interval, "arm"))
    .filter(({ features }) => isSlapping(features, options));
  const rhythms = findRhythms(span, active, floor, options, carers)
    .filter(isFree)
    .filter((rhythm) => !isCarriedAlong(span, rhythm) && !isNobodys(span, rhythm, options))
    .filter((rhythm) => slaps.every((slap) => overlapOf(slap, rhythm) < 0.5 * rhythm.duration));
  const others = [...carers, ...knocks, ...slaps];
  const taken = [...rhythms.map((rhythm) => widen(rhythm, RHYTHM_MARGIN)), ...others];
  const legs = LEGS.flatMap((leg) => {
    const own = rhythms.filter((rhythm) => explainsLeg(span, rhythm, leg));
    const spoken = [...own.map((rhythm) => widen(rhythm, RHYTHM_MARGIN)), ...others];
    return subtractIntervals(active[leg], spoken, options.shortestMovement).filter(
      (rest) => rest.duration >= SHORTEST_REST || !spoken.some((other) => touches(other, rest)),
    );
  });
  const groups = joinIntervals(legs, options.boutGap);
  const movements = groups.flatMap((group) => {
    const whole = make("strokes", group, limbOf(span, group));
    const { strokes, duration } = whole.features;
    const isBout = strokes >= options.boutStrokes && duration >= options.boutShortest;
    if (isBout || isBodyWide(whole, options)) return [whole];
    const parts = joinIntervals(
      legs.filter((leg) => overlapOf(leg, group) > 0),
      options.offsetHold,
    );
    return parts.map((part) => make("strokes", part, limbOf(span, part)));
  });
  const explained = [...taken, ...movements.map((movement) => widen(movement, options.boutGap))];
  const unseen = findUnseen(span, active, explained, options);
  const bodies = findBodyMovements(active, explained, options).filter(
    (body) => !unseen.some((other) => overlapOf(other, body) > 0.5 * body.duration && isShaken(span, body)),
  );
  const moved = [...explained, ...bodies, ...unseen];
  return [
    ...carers.map((carer) => make("foreign", carer, "none")),
    ...knocks.map((knock) => make("camera", knock, "none")),
    ...findAway(span, moved, options).map((interval) => make("away", interval, "none")),
    ...slaps,
    ...rhythms.map((rhythm) => make("rhythm", rhythm, rhythmLimb(rhythm), rhythm)),
    ...movements.filter(({ features }) => features.peakSpeed >= options.movementSpeed),
    ...bodies.map((interval) => make("body", interval, "body")),
    ...unseen
      .map((interval) => make("unseen", interval, "unseen"))
      .filter((candidate) => !isNoise(span, candidate, options)),
  ].sort((a, b) => a.onset - b.onset);
}

function findActive(span: SpanMovement, floor: NoiseFloor, options: EventOptions): ActiveIntervals {
  const active = {} as Record<Limb, readonly Interval[]>;
  for (const limb of LIMBS) {
    const unit = floor.activity[limb];
    const on = Math.max(options.activityOn * unit, options.activityLeast);
    const off = Math.max(options.activityOff * unit, options.activityLeast / 2);
    const threshold = { on, off, hold: options.offsetHold };
    active[limb] = detectIntervals(span.time, span.limbs[limb].activity, threshold).filter(
      (interval) => interval.duration >= options.shortestMovement,
    );
  }
  // Where pose does not see the legs, what it calls leg is cover or sheet.
  if (span.legCoverage < options.legsSeen) return { ...active, leftLeg: [], rightLeg: [] };
  return active;
}

/**
 * Whether what moved where the legs are not seen is the noise of the picture: most of it lies off the infant, and
 * nothing there is clear enough to be something that moves.
 */
function isNoise(span: SpanMovement, { features, ...interval }: Candidate, options: EventOptions): boolean {
  if (!(features.foreignShare >= options.foreignShare)) return false;
  const isWithin = (time: number) => time >= interval.onset && time <= endOf(interval);
  return span.foreignArea.every((area, i) => !isWithin(span.time[i]!) || area < options.awayArea);
}

/** Bouts of an arm. */
function findSlaps(
  span: SpanMovement,
  active: ActiveIntervals,
  carers: readonly Interval[],
  options: EventOptions,
): Interval[] {
  if (span.legCoverage < options.legsSeen) return [];
  const arms = subtractIntervals([...active.leftArm, ...active.rightArm], carers, options.shortestMovement);
  return joinIntervals(arms, options.offsetHold * 2);
}

/** Only what meets the rule for slapping takes the legs' movement with it. */
function isSlapping(features: Features, options: EventOptions): boolean {
  return (
    features.armStrokes >= options.slapCount &&
    features.handToLeg <= options.slapDistance &&
    features.armLead >= options.slapLead
  );
}

function isBodyWide({ features }: Candidate, options: EventOptions): boolean {
  return features.duration >= options.largeDuration && features.bodyParts >= options.largeParts;
}

function findBodyMovements(
  active: ActiveIntervals,
  explained: readonly Interval[],
  options: EventOptions,
): Interval[] {
  const parts = [active.leftArm, active.rightArm, active.head, active.trunk];
  const groups = joinIntervals(
    subtractIntervals(parts.flat(), explained, options.shortestMovement),
    options.offsetHold,
  );
  return groups.filter((group) => {
    const moving = parts.filter((intervals) =>
      intervals.some((interval) => overlapOf(interval, group) >= group.duration / 3),
    );
    return group.duration >= options.legMovementShortest && moving.length >= FEWEST_PARTS;
  });
}

function findUnseen(
  span: SpanMovement,
  active: ActiveIntervals,
  explained: readonly Interval[],
  options: EventOptions,
): Interval[] {
  if (span.legCoverage >= options.legsSeen) return [];
  const free = subtractIntervals(active.region, explained, options.legMovementShortest);
  return joinIntervals(free, options.boutGap);
}

function touches(a: Interval, b: Interval): boolean {
  return Math.abs(endOf(a) - b.onset) < 0.02 || Math.abs(endOf(b) - a.onset) < 0.02;
}

function widen(interval: Interval, margin: number): Interval {
  return { onset: interval.onset - margin, duration: endOf(interval) - interval.onset + 2 * margin };
}
