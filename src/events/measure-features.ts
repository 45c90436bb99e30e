import type { Limb, SpanMovement } from "../movement/movement.ts";
import { countCycles, SAMPLES_PER_CYCLE } from "../signal/cycles.ts";
import { endOf, type Interval, overlapOf } from "../signal/intervals.ts";
import { coefficientOfVariation, mean } from "../signal/statistics.ts";
import type { EventOptions } from "./event-options.ts";
import type { Features } from "./features.ts";
import type { RhythmStretch } from "./find-rhythms.ts";
import {
  measureArms,
  measureBalance,
  measureBandUse,
  measureStrokes,
  measureSwings,
} from "./measure-legs.ts";
import { measurePosture } from "./measure-posture.ts";
import { measureAway, measureCarer, measurePulse } from "./measure-surroundings.ts";

/** When each limb moves. */
export type ActiveIntervals = Readonly<Record<Limb, readonly Interval[]>>;

/** Stands for "no alias in reach" where a number is needed. */
const NO_ALIAS = 99;
/** A body part active for at least this share of an event took part in it. */
const TOOK_PART = 0.33;
const LEGS: readonly Limb[] = ["leftLeg", "rightLeg"];
const NO_CARER = { carerRhythmShare: NaN, carerHz: NaN, carerBodySwing: NaN };
/** The first peak of speed that reaches this share of the highest is what the rise is measured to. */
const FIRST_PEAK = 0.4;

/**
 * Measures the features of one candidate interval. Values that were not measured are NaN.
 *
 * @param rhythm the rhythm that found it, if one did. @param isCarer whether a carer's stay is measured.
 */
export function measureFeatures(
  span: SpanMovement,
  interval: Interval,
  active: ActiveIntervals,
  options: EventOptions,
  rhythm?: RhythmStretch,
  isCarer = false,
): Features {
  const share = (limb: Limb) =>
    Math.min(1, active[limb].reduce((sum, part) => sum + overlapOf(part, interval), 0) / interval.duration);
  const shares = {
    leftLeg: share("leftLeg"),
    rightLeg: share("rightLeg"),
    leftArm: share("leftArm"),
    rightArm: share("rightArm"),
    head: share("head"),
    trunk: share("trunk"),
  };
  const { strokes, times, counts } = measureStrokes(span, interval);
  const speed = speedOf(span, insideOf(span.time, interval));
  const inside = insideOf(span.time, interval);
  const frameRate = span.frameRate;
  return {
    duration: interval.duration,
    frameRate,
    ...speed,
    strokes: strokes.length,
    strokesPerSecond: strokes.length / interval.duration,
    strokeVariation: coefficientOfVariation(times),
    ...counts,
    ...measureArms(span, interval, speed.peakSpeed),
    legBalance: measureBalance(span, interval),
    ...measureSwings(span, interval, rhythm),
    ...rhythmOf(rhythm, frameRate, options),
    ...(rhythm ? {} : { bandUse: measureBandUse(span, interval, options) }),
    ...cyclesOf(span, inside, rhythm, interval),
    leftLegShare: shares.leftLeg,
    rightLegShare: shares.rightLeg,
    armShare: Math.max(shares.leftArm, shares.rightArm),
    headShare: shares.head,
    trunkShare: shares.trunk,
    bodyParts: Object.values(shares).filter((value) => value >= TOOK_PART).length,
    foreignShare: meanInside(span.foreignShare, inside),
    foreignPresence: meanInside(span.foreignPresence, inside),
    ...measureAway(span, interval),
    pulseShare: measurePulse(span, interval),
    ...(isCarer ? measureCarer(span, interval, options) : NO_CARER),
    cameraSpeed: meanInside(span.cameraSpeed, inside),
    legCoverage: span.legCoverage,
    ...measurePosture(span.posture, interval),
  };
}

function rhythmOf(rhythm: RhythmStretch | undefined, frameRate: number, options: EventOptions) {
  if (!rhythm) {
    return {
      ...{
        frequencyHz: NaN,
        bandUse: NaN,
        concentration: NaN,
        snrDb: NaN,
        cycles: NaN,
        frequencyVariation: NaN,
      },
      ...{ amplitudeVariation: NaN, amplitude: NaN, secondDifferenceHz: NaN, aliasHz: NO_ALIAS },
    };
  }
  const { frequencyHz, concentration, snrDb, frequencyVariation, amplitudeVariation, amplitude } = rhythm;
  return {
    ...{ frequencyHz, concentration, snrDb, frequencyVariation, amplitudeVariation, amplitude },
    bandUse: frequencyHz / (options.bandShare * frameRate),
    secondDifferenceHz: rhythm.secondDifferenceHz,
    aliasHz: aliasOf(frequencyHz, amplitude, frameRate, options),
  };
}

/**
 * The faster rhythm that this frame rate would show as the measured one, unless nobody could do it: a swing of
 * this size at that frequency would need more acceleration than a limb has.
 */
function aliasOf(frequencyHz: number, amplitude: number, frameRate: number, options: EventOptions): number {
  const alias = frameRate - frequencyHz;
  return amplitude * (2 * Math.PI * alias) ** 2 > options.aliasAcceleration
    ? NO_ALIAS
    : Math.min(NO_ALIAS, alias);
}

/**
 * Single cycles where enough frames draw them; else their number follows from the frequency, and their
 * evenness is not known one by one.
 */
function cyclesOf(span: SpanMovement, range: Range, rhythm: RhythmStretch | undefined, interval: Interval) {
  if (!rhythm) return { cycles: NaN, periodVariation: NaN, asymmetry: NaN, rhythmShare: NaN };
  const { frequencyHz, amplitude } = rhythm;
  const speed = 2 * Math.PI * frequencyHz * amplitude;
  const fastest = Math.max(...LEGS.map((limb) => meanInside(span.limbs[limb].activity, range) || 0));
  const rhythmShare = fastest > 0 ? speed / fastest : 1;
  if (span.frameRate / frequencyHz < SAMPLES_PER_CYCLE) {
    return { cycles: frequencyHz * interval.duration, periodVariation: NaN, asymmetry: NaN, rhythmShare };
  }
  const { velocity } = span.limbs[rhythm.limbs[0]!].signal;
  const { count, periodVariation, asymmetry } = countCycles(span.time, velocity, range.first, range.last);
  return { cycles: count, periodVariation, asymmetry, rhythmShare };
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function insideOf(time: Float64Array, interval: Interval): Range {
  let first = 0;
  while (first < time.length && time[first]! < interval.onset - 1e-6) first++;
  let last = first;
  while (last < time.length && time[last]! < endOf(interval) + 1e-6) last++;
  return { first, last };
}

function meanInside(values: Float32Array, { first, last }: Range): number {
  return mean(values.subarray(first, last));
}

/**
 * Highest speed of either leg, and how long from the start until half of its first peak is reached. The first
 * peak, not the highest: a limb that falls back faster than it rose, or a single stray frame, must not make a
 * sudden start look slow.
 */
function speedOf(span: SpanMovement, { first, last }: Range): { peakSpeed: number; riseTime: number } {
  let peakSpeed = NaN;
  let riseTime = NaN;
  for (const limb of LEGS) {
    const activity = span.limbs[limb].activity.subarray(first, last);
    let peak = 0;
    for (const value of activity) peak = Math.max(peak, value || 0);
    if (peak === 0 || peak <= (peakSpeed || 0)) continue;
    peakSpeed = peak;
    const at = activity.findIndex((value, i) => value >= FIRST_PEAK * peak && !(activity[i + 1]! > value));
    const start = activity.findIndex((value) => value >= 0.5 * activity[at]!);
    riseTime = span.time[first + start]! - span.time[first]!;
  }
  return { peakSpeed, riseTime };
}
