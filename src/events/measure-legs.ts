import type { SpanMovement } from "../movement/movement.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import { mean, median } from "../signal/statistics.ts";
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
  const swing = (segment: number) => {
    if (!rhythm || !leg) return NaN;
    const { velocity } = span.limbs[leg].signal;
    const squares = [2 * segment, 2 * segment + 1].map((k) =>
      mean((velocity[k] ?? []).filter((_, i) => isInside(span.time[i]!, interval)).map((v) => v * v)),
    );
    const speed = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
    return (speed * Math.SQRT2) / (2 * Math.PI * rhythm.frequencyHz);
  };
  const shank = leg ? median(leg === "leftLeg" ? span.posture.leftShank : span.posture.rightShank) : NaN;
  return {
    thighSwing: swing(0),
    shankSwing: swing(1),
    footSwing: swing(2),
    amplitudeShanks: rhythm && shank > 0 ? rhythm.amplitude / shank : NaN,
  };
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
