import type { Posture } from "../movement/movement.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import { median, quantile } from "../signal/statistics.ts";

/** Poses this long before and after an event say how the infant lay before and afterwards, seconds. */
const BEFORE = 1.5;
/** Poses this close to the event belong to it, seconds. */
const EDGE = 0.2;

/** What pose saw of an event: ranges within it, and what differs before, during and after. NaN: not seen. */
export function measurePosture(posture: Posture, interval: Interval) {
  const end = endOf(interval);
  const during = cutter(posture, interval.onset - EDGE, end + EDGE);
  const before = cutter(posture, interval.onset - BEFORE, interval.onset - 1e-6);
  const after = cutter(posture, end, end + BEFORE);
  const path = ([along, across]: readonly [Float32Array, Float32Array]) =>
    Math.hypot(rangeOf(during(along)), rangeOf(during(across)));
  const change = (values: Float32Array) => median(after(values)) - median(before(values));
  const both = (read: (side: "left" | "right") => number) => average(read("left"), read("right"));
  return {
    kneeRange: largest(rangeOf(during(posture.leftKneeAngle)), rangeOf(during(posture.rightKneeAngle))),
    ankleExcursion: largest(path(posture.leftAnkle), path(posture.rightAnkle)),
    trunkTurn: (Math.abs(change(posture.trunkAngle)) * 180) / Math.PI,
    trunkShift: Math.hypot(change(posture.trunkCentre[0]), change(posture.trunkCentre[1])),
    trunkRoll: Math.abs(change(posture.width)) / median(before(posture.width)),
    kneeStretch: both((side) => {
      const angle = posture[`${side}KneeAngle`];
      return quantile(during(angle), 0.8) - median(before(angle));
    }),
    headBack: quantile(
      during(posture.headReach).map((reach) => Math.abs(reach - median(before(posture.headReach)))),
      0.7,
    ),
    legDraw: both((side) => {
      const [along, across] = posture[`${side}Ankle`];
      const reach = along.map((value, i) => Math.hypot(value, across[i]!));
      return median(before(reach)) - quantile(during(reach), 0.2);
    }),
    footToLeg: smallest(median(during(posture.leftFootToLeg)), median(during(posture.rightFootToLeg))),
    handToLeg: smallest(
      quantile(during(posture.leftHandToLeg), 0.3),
      quantile(during(posture.rightHandToLeg), 0.3),
    ),
  };
}

function cutter({ time }: Posture, from: number, to: number): (values: Float32Array) => Float32Array {
  return (values) => values.filter((_, i) => time[i]! >= from - 1e-6 && time[i]! < to + 1e-6);
}

/** Spread of the finite values between their 5th and 95th percentile neighbours: one stray pose must not count. */
function rangeOf(values: Float32Array): number {
  const finite = values.filter((value) => Number.isFinite(value)).sort();
  if (finite.length < 2) return NaN;
  const trim = Math.floor(finite.length / 20);
  return finite[finite.length - 1 - trim]! - finite[trim]!;
}

function largest(a: number, b: number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b);
}

function smallest(a: number, b: number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b);
}

function average(a: number, b: number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : (a + b) / 2;
}
