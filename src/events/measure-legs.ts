import type { Limb, SpanMovement } from "../movement/movement.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import { mean, median } from "../signal/statistics.ts";
import type { EventOptions } from "./event-options.ts";
import type { RhythmStretch } from "./find-rhythms.ts";
import { countEachLimb, joinTogether, type Stroke, TOGETHER } from "./strokes.ts";

/** Strokes of the legs: how many, of which, and in what order. NaN where fewer than two say nothing. */
export function measureStrokes(span: SpanMovement, interval: Interval) {
  const each = countEachLimb(span, interval, ["leftLeg", "rightLeg"]);
  const joined = joinTogether(each);
  const times = joined.slice(1).map((stroke, i) => stroke.time - joined[i]!.time);
  const isTogether = (stroke: Stroke) =>
    each.some((other) => other.limb !== stroke.limb && Math.abs(other.time - stroke.time) <= TOGETHER);
  const together = each.filter(isTogether).length;
  const single = each.filter((stroke) => !isTogether(stroke));
  const changes = single.slice(1).filter((stroke, i) => stroke.limb !== single[i]!.limb).length;
  return {
    strokes: joined,
    times,
    counts: {
      leftStrokes: each.filter(({ limb }) => limb === "leftLeg").length,
      rightStrokes: each.filter(({ limb }) => limb === "rightLeg").length,
      togetherShare: each.length < 2 ? NaN : together / each.length,
      alternationShare: single.length < 2 ? NaN : changes / (single.length - 1),
    },
  };
}

/** The busier arm: its strokes, its highest speed, and that over the legs'. */
export function measureArms(span: SpanMovement, interval: Interval, legSpeed: number) {
  const arms = (["leftArm", "rightArm"] as const).map((limb) => ({
    strokes: countEachLimb(span, interval, [limb]).length,
    peak: highest(span, limb, interval),
  }));
  const [busier] = arms.sort((a, b) => b.peak - a.peak || b.strokes - a.strokes);
  const isSeen = busier !== undefined && busier.peak > 0;
  return {
    armStrokes: isSeen ? busier.strokes : NaN,
    armPeakSpeed: isSeen ? busier.peak : NaN,
    armLead: isSeen ? busier.peak / Math.max(legSpeed || 0, 0.01) : NaN,
  };
}

/** Mean activity of the slower leg over that of the faster one; NaN where neither was measured. */
export function measureBalance(span: SpanMovement, interval: Interval): number {
  const [left, right] = (["leftLeg", "rightLeg"] as const).map((limb) => {
    const { activity } = span.limbs[limb];
    return mean(activity.filter((_, i) => isInside(span.time[i]!, interval))) || 0;
  }) as [number, number];
  return Math.max(left, right) > 0 ? Math.min(left, right) / Math.max(left, right) : NaN;
}

/**
 * How far each segment of the trembling leg swings (root mean square of its velocity, as the swing of a sine
 * of that frequency), trunk lengths: which joint it turns about. NaN for rhythms of other parts.
 */
export function measureSwings(span: SpanMovement, interval: Interval, rhythm: RhythmStretch | undefined) {
  const leg = rhythm?.limbs.find((limb) => limb === "leftLeg" || limb === "rightLeg");
  const swing = (segment: number) =>
    rhythm && leg ? swingOf(span, leg, segment, interval, rhythm.frequencyHz) : NaN;
  const shank = leg ? median(leg === "leftLeg" ? span.posture.leftShank : span.posture.rightShank) : NaN;
  return {
    thighSwing: swing(0),
    shankSwing: swing(1),
    footSwing: swing(2),
    amplitudeShanks: rhythm && shank > 0 ? rhythm.amplitude / shank : NaN,
    trunkLead: rhythm ? swingOf(span, "trunk", 0, interval, rhythm.frequencyHz) / rhythm.amplitude : NaN,
  };
}

/** Swing of one segment of a limb as that of a sine with its mean square velocity, trunk lengths. */
function swingOf(
  span: SpanMovement,
  limb: Limb,
  segment: number,
  interval: Interval,
  frequencyHz: number,
): number {
  const { velocity } = span.limbs[limb].signal;
  const squares = [2 * segment, 2 * segment + 1].map((k) =>
    mean((velocity[k] ?? []).filter((_, i) => isInside(span.time[i]!, interval)).map((v) => v * v)),
  );
  const speed = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
  return (speed * Math.SQRT2) / (2 * Math.PI * frequencyHz);
}

/** Windows this concentrated hold one frequency above all. */
const CLEAR = 0.5;

/**
 * Frequency of what the legs do as a share of the highest usable one, where most of an interval holds one clear
 * frequency: strokes of a rhythm that is too fast for the camera are made by its beat with the frames. NaN else.
 */
export function measureBandUse(span: SpanMovement, interval: Interval, options: EventOptions): number {
  const shares = (["leftLeg", "rightLeg"] as const).flatMap((limb) => {
    const track = span.limbs[limb].fastRhythm;
    const own = Array.from(track.time.keys()).filter((i) => isInside(track.time[i]!, interval));
    const clear = own.filter((i) => track.concentration[i]! >= CLEAR);
    if (own.length < 2 || clear.length < own.length / 2) return [];
    return [median(clear.map((i) => track.frequencyHz[i]! / (options.bandShare * span.frameRate)))];
  });
  return shares.length > 0 ? Math.max(...shares) : NaN;
}

function highest(span: SpanMovement, limb: "leftArm" | "rightArm", interval: Interval): number {
  let peak = 0;
  for (const [i, value] of span.limbs[limb].activity.entries()) {
    if (value > peak && isInside(span.time[i]!, interval)) peak = value;
  }
  return peak;
}

function isInside(time: number, interval: Interval): boolean {
  return time >= interval.onset - 1e-6 && time < endOf(interval) + 1e-6;
}
