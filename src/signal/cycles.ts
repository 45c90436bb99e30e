import { coefficientOfVariation, mean } from "./statistics.ts";

/** The single cycles of a to-and-fro movement. */
export interface Cycles {
  readonly count: number;
  /** Coefficient of variation of the periods. */
  readonly periodVariation: number;
  /** Coefficient of variation of the highest speed of each cycle. */
  readonly amplitudeVariation: number;
  /** Difference of the time spent going either way, as a share of the cycle: 0 even, towards 1 sawtooth. */
  readonly asymmetry: number;
}

/** A reversal counts when the velocity passes this share of its root mean square on the other side. */
const HYSTERESIS = 0.4;
/** Cycles drawn with fewer samples than this cannot be told apart one by one. */
export const SAMPLES_PER_CYCLE = 6;

/**
 * Counts the single cycles of a limb's movement along the line it mostly moves on: from one reversal to the
 * next of the same kind, each at the moment its velocity crosses zero.
 *
 * @param time seconds. @param velocity pairs of components (x, y) of the limb's segments; the strongest
 * segment is used. Missing is NaN and is passed over.
 * @param first @param last range of samples.
 */
export function countCycles(
  time: Float64Array,
  velocity: readonly Float32Array[],
  first: number,
  last: number,
): Cycles {
  const along = projectStrongest(velocity, first, last);
  const rms = Math.sqrt(mean(along.map((v) => v * v)));
  const rises: number[] = [];
  const falls: number[] = [];
  const peaks: number[] = [];
  let side = 0;
  let crossing = NaN;
  let peak = 0;
  let previous = -1;
  for (let i = 0; i < along.length; i++) {
    const v = along[i]!;
    if (Number.isNaN(v)) continue;
    peak = Math.max(peak, Math.abs(v));
    if (previous !== -1 && Math.sign(v) !== Math.sign(along[previous]!)) {
      const t = time[first + previous]!;
      const share = along[previous]! / (along[previous]! - v);
      crossing = t + share * (time[first + i]! - t);
    }
    const now = v > HYSTERESIS * rms ? 1 : v < -HYSTERESIS * rms ? -1 : 0;
    if (now !== 0 && now !== side) {
      if (side !== 0 && !Number.isNaN(crossing)) {
        (now === 1 ? rises : falls).push(crossing);
        if (now === 1) {
          peaks.push(peak);
          peak = 0;
        }
      }
      side = now;
    }
    previous = i;
  }
  const periods = rises.slice(1).map((t, i) => t - rises[i]!);
  return {
    count: periods.length,
    periodVariation: coefficientOfVariation(periods),
    amplitudeVariation: coefficientOfVariation(peaks.slice(1)),
    asymmetry: asymmetryOf(rises, falls),
  };
}

function asymmetryOf(rises: readonly number[], falls: readonly number[]): number {
  const shares = rises.slice(1).flatMap((end, i) => {
    const start = rises[i]!;
    const turn = falls.find((t) => t > start && t < end);
    return turn === undefined ? [] : [Math.abs(2 * turn - start - end) / (end - start)];
  });
  return mean(shares);
}

/** Velocity of the strongest segment along its principal axis. */
function projectStrongest(velocity: readonly Float32Array[], first: number, last: number): Float32Array {
  let best = { energy: -1, x: new Float32Array(0), y: new Float32Array(0), xx: 0, xy: 0, yy: 0 };
  for (let k = 0; k + 1 < velocity.length; k += 2) {
    const x = velocity[k]!.subarray(first, last);
    const y = velocity[k + 1]!.subarray(first, last);
    let [xx, xy, yy] = [0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      if (Number.isNaN(x[i]!)) continue;
      xx += x[i]! ** 2;
      xy += x[i]! * y[i]!;
      yy += y[i]! ** 2;
    }
    if (xx + yy > best.energy)
      best = {
        energy: xx + yy,
        x: x as Float32Array<ArrayBuffer>,
        y: y as Float32Array<ArrayBuffer>,
        xx,
        xy,
        yy,
      };
  }
  const angle = 0.5 * Math.atan2(2 * best.xy, best.xx - best.yy);
  return best.x.map((value, i) => value * Math.cos(angle) + best.y[i]! * Math.sin(angle));
}
