import { LIMBS, type Limb, type NoiseFloor, type SpanMovement } from "../movement/movement.ts";
import {
  detectIntervals,
  endOf,
  type Interval,
  joinIntervals,
  overlapOf,
  subtractIntervals,
} from "../signal/intervals.ts";
import { mean } from "../signal/statistics.ts";
import type { EventOptions } from "./event-options.ts";
import type { Candidate, Features } from "./features.ts";
import { findRhythms, type RhythmStretch } from "./find-rhythms.ts";
import { type ActiveIntervals, measureFeatures } from "./measure-features.ts";
import type { EventLimb } from "./movement-event.ts";

/** A rhythm slower than this share of what a leg does meanwhile is that leg's echo in another part. */
const ECHO = 0.2;

function isCarriedAlong(span: SpanMovement, rhythm: RhythmStretch): boolean {
  const speed = 2 * Math.PI * rhythm.frequencyHz * rhythm.amplitude;
  const fastest = Math.max(meanActivity(span, "leftLeg", rhythm), meanActivity(span, "rightLeg", rhythm));
  return speed < ECHO * fastest;
}

/** Mean activity of a limb in an interval, trunk lengths per second; 0 where nothing was measured. */
function meanActivity(span: SpanMovement, limb: Limb, interval: Interval): number {
  return meanOver(span, span.limbs[limb].activity, interval) || 0;
}

function meanOver(span: SpanMovement, values: Float32Array, interval: Interval): number {
  return mean(values.filter((_, i) => span.time[i]! >= interval.onset && span.time[i]! <= endOf(interval)));
}

/**
 * A rhythm of the picture alone, while every limb is in view and still, is believed only when both measures
 * of flow show it within the usable band: decoders make such rhythms of noise, close to half the frame rate.
 */
function isNobodys(span: SpanMovement, rhythm: RhythmStretch, options: EventOptions): boolean {
  const isRegionOnly = rhythm.limbs.every((limb) => limb === "region");
  if (!isRegionOnly || span.legCoverage < options.legsSeen) return false;
  const isInBand = rhythm.frequencyHz <= options.bandShare * span.frameRate;
  return !isInBand || rhythm.secondDifferenceHz > options.witnessDifference;
}

const LEGS = ["leftLeg", "rightLeg"] as const;

/** Whether a rhythm is what a leg does: its own, or that of the other leg, which shakes it along. */
function explainsLeg(span: SpanMovement, rhythm: RhythmStretch, leg: Limb): boolean {
  if (rhythm.limbs.includes(leg)) return true;
  const other = LEGS.find((one) => one !== leg)!;
  if (!rhythm.limbs.includes(other)) return false;
  return meanActivity(span, leg, rhythm) < ALONG * meanActivity(span, other, rhythm);
}

/** Movements this close to a rhythm are its own beginning or end, seconds. */
const RHYTHM_MARGIN = 0.4;
/** What is left of a movement beside a rhythm or a carer is one of its own from this length on, seconds. */
const SHORTEST_REST = 0.5;
/** A carer who is out of view for less than this has not left, seconds. */
const CARER_GAP = 3;
const SHORTEST_CARER = 0.5;
/** Motion off the infant that rests for less than this goes on, seconds. */
const AWAY_GAP = 2.5;
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

function findCarers(span: SpanMovement, options: EventOptions): Interval[] {
  const { presenceShare } = options;
  const seen = detectIntervals(span.time, span.foreignPresence, {
    on: presenceShare,
    off: presenceShare / 2,
    hold: 1,
  });
  // A limb thrown wide looks like somebody else for a moment; a carer does for as long as there is one.
  return joinIntervals(seen, CARER_GAP).filter(
    (interval) =>
      interval.duration >= SHORTEST_CARER && meanOver(span, span.foreignPresence, interval) >= presenceShare,
  );
}

/** When the surroundings move: the camera does. */
function findKnocks(span: SpanMovement, options: EventOptions): Interval[] {
  const { cameraSpeed } = options;
  const moving = detectIntervals(span.time, span.cameraSpeed, {
    on: cameraSpeed,
    off: cameraSpeed / 4,
    hold: options.offsetHold,
  });
  return moving
    .map((interval) => trimmed(span, interval, cameraSpeed / 2))
    .filter(
      (knock) =>
        knock.duration >= options.knockShortest && meanOver(span, span.cameraSpeed, knock) >= cameraSpeed,
    );
}

/** Cuts an interval down to where the camera moves on average as the rule asks. */
function trimmed(span: SpanMovement, interval: Interval, off: number): Interval {
  const fast = Array.from(span.time.keys()).filter(
    (i) => span.time[i]! >= interval.onset && span.time[i]! <= endOf(interval) && span.cameraSpeed[i]! >= off,
  );
  if (fast.length === 0) return { onset: interval.onset, duration: 0 };
  const onset = span.time[fast[0]!]! - span.interval[fast[0]!]!;
  return { onset, duration: span.time[fast.at(-1)!]! - onset };
}

/** Motion off the infant while nothing of the infant moves. */
function findAway(span: SpanMovement, moved: readonly Interval[], options: EventOptions): Interval[] {
  const isAway = span.foreignShare.map((share, i) =>
    share >= options.foreignShare && span.foreignArea[i]! >= options.awayArea ? 1 : 0,
  );
  const away = detectIntervals(span.time, isAway, { on: 1, off: 1, hold: AWAY_GAP });
  return subtractIntervals(away, moved, options.awayShortest).filter(
    ({ duration }) => duration >= options.awayShortest,
  );
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

/** Whether arms, head and trunk only go along with what moves where the legs are not seen. */
function isShaken(span: SpanMovement, body: Interval): boolean {
  const parts = (["leftArm", "rightArm", "head", "trunk"] as const).map((limb) =>
    meanActivity(span, limb, body),
  );
  return Math.max(...parts) < ALONG * meanActivity(span, "region", body);
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

/** A leg that moves less than a quarter as fast as the other is only shaken along. */
const ALONG = 0.25;

function limbOf(span: SpanMovement, interval: Interval): EventLimb {
  const [left, right] = [meanActivity(span, "leftLeg", interval), meanActivity(span, "rightLeg", interval)];
  if (Math.min(left, right) > ALONG * Math.max(left, right)) return "both legs";
  return left > right ? "left leg" : "right leg";
}

/** A rhythm of so many parts at once (legs, arms, head, trunk) is the whole body's. */
const WHOLE_BODY = 4;

function rhythmLimb({ limbs }: RhythmStretch): EventLimb {
  if (limbs.filter((limb) => limb !== "region").length >= WHOLE_BODY) return "body";
  const [left, right] = [limbs.includes("leftLeg"), limbs.includes("rightLeg")];
  if (left && right) return "both legs";
  if (left) return "left leg";
  if (right) return "right leg";
  if (!limbs.includes("trunk") && (limbs.includes("leftArm") || limbs.includes("rightArm"))) return "arm";
  if (limbs.includes("head") && !limbs.includes("trunk")) return "head";
  return limbs.includes("trunk") ? "body" : "unseen";
}

function touches(a: Interval, b: Interval): boolean {
  return Math.abs(endOf(a) - b.onset) < 0.02 || Math.abs(endOf(b) - a.onset) < 0.02;
}

function widen(interval: Interval, margin: number): Interval {
  return { onset: interval.onset - margin, duration: endOf(interval) - interval.onset + 2 * margin };
}
