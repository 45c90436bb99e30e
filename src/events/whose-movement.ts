import type { Limb, SpanMovement } from "../movement/movement.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import { mean } from "../signal/statistics.ts";
import type { EventOptions } from "./event-options.ts";
import type { RhythmStretch } from "./find-rhythms.ts";
import type { EventLimb } from "./movement-event.ts";

/** A leg that moves less than a quarter as fast as the other is only shaken along. */
const ALONG = 0.25;
/** A rhythm slower than this share of what a leg does meanwhile is that leg's echo in another part. */
const ECHO = 0.2;

/** Whether a rhythm is only the echo of a leg in another part. */
export function isCarriedAlong(span: SpanMovement, rhythm: RhythmStretch): boolean {
  const speed = 2 * Math.PI * rhythm.frequencyHz * rhythm.amplitude;
  const fastest = Math.max(meanActivity(span, "leftLeg", rhythm), meanActivity(span, "rightLeg", rhythm));
  return speed < ECHO * fastest;
}

/** Mean activity of a limb in an interval, trunk lengths per second; 0 where nothing was measured. */
function meanActivity(span: SpanMovement, limb: Limb, interval: Interval): number {
  return meanOver(span, span.limbs[limb].activity, interval) || 0;
}

/** Mean of the values in an interval; NaN where nothing was measured. */
export function meanOver(span: SpanMovement, values: Float32Array, interval: Interval): number {
  return mean(values.filter((_, i) => span.time[i]! >= interval.onset && span.time[i]! <= endOf(interval)));
}

/**
 * A rhythm of the picture alone, while every limb is in view and still, is believed only when both measures
 * of flow show it within the usable band: decoders make such rhythms of noise, close to half the frame rate.
 */
export function isNobodys(span: SpanMovement, rhythm: RhythmStretch, options: EventOptions): boolean {
  const isRegionOnly = rhythm.limbs.every((limb) => limb === "region");
  if (!isRegionOnly || span.legCoverage < options.legsSeen) return false;
  const isInBand = rhythm.frequencyHz <= options.bandShare * span.frameRate;
  return !isInBand || rhythm.secondDifferenceHz > options.witnessDifference;
}

export const LEGS = ["leftLeg", "rightLeg"] as const;

/** Whether a rhythm is what a leg does: its own, or that of the other leg, which shakes it along. */
export function explainsLeg(span: SpanMovement, rhythm: RhythmStretch, leg: Limb): boolean {
  if (rhythm.limbs.includes(leg)) return true;
  const other = LEGS.find((one) => one !== leg)!;
  if (!rhythm.limbs.includes(other)) return false;
  return meanActivity(span, leg, rhythm) < ALONG * meanActivity(span, other, rhythm);
}

/** Whether arms, head and trunk only go along with what moves where the legs are not seen. */
export function isShaken(span: SpanMovement, body: Interval): boolean {
  const parts = (["leftArm", "rightArm", "head", "trunk"] as const).map((limb) =>
    meanActivity(span, limb, body),
  );
  return Math.max(...parts) < ALONG * meanActivity(span, "region", body);
}

/** Which legs move in an interval. */
export function limbOf(span: SpanMovement, interval: Interval): EventLimb {
  const [left, right] = [meanActivity(span, "leftLeg", interval), meanActivity(span, "rightLeg", interval)];
  if (Math.min(left, right) > ALONG * Math.max(left, right)) return "both legs";
  return left > right ? "left leg" : "right leg";
}

/** A rhythm of so many parts at once (legs, arms, head, trunk) is the whole body's. */
const WHOLE_BODY = 4;

/** The limb that a rhythm is said to be of. */
export function rhythmLimb({ limbs }: RhythmStretch): EventLimb {
  if (limbs.filter((limb) => limb !== "region").length >= WHOLE_BODY) return "body";
  const [left, right] = [limbs.includes("leftLeg"), limbs.includes("rightLeg")];
  if (left && right) return "both legs";
  if (left) return "left leg";
  if (right) return "right leg";
  if (!limbs.includes("trunk") && (limbs.includes("leftArm") || limbs.includes("rightArm"))) return "arm";
  if (limbs.includes("head") && !limbs.includes("trunk")) return "head";
  return limbs.includes("trunk") ? "body" : "unseen";
}
