import type { Limb, NoiseFloor, RhythmTrack, SpanMovement } from "../movement/movement.ts";
import { between, endOf, type Interval, overlapOf } from "../signal/intervals.ts";
import { coefficientOfVariation, mean, median } from "../signal/statistics.ts";
import type { EventOptions } from "./event-options.ts";

/** A stretch in which a limb keeps one rhythm. */
export interface RhythmStretch extends Interval {
  readonly limbs: readonly Limb[];
  readonly frequencyHz: number;
  readonly concentration: number;
  readonly snrDb: number;
  readonly amplitude: number;
  readonly frequencyVariation: number;
  readonly amplitudeVariation: number;
  readonly secondDifferenceHz: number;
}

/** Limbs in whose signals rhythms are looked for; the region comes last, for what pose does not see. */
const WATCHED: readonly Limb[] = ["leftLeg", "rightLeg", "leftArm", "rightArm", "head", "trunk", "region"];
/** Windows whose frequencies differ by more than this are not one rhythm, Hz (plus 5 %). */
const SAME_RHYTHM_HZ = 0.4;

/**
 * Finds the rhythmic stretches of a span, limb by limb, and joins those that several limbs share.
 *
 * @param active when each limb moves, for exact edges: a window is far longer than an onset.
 * @param carers stays of somebody else: windows that touch one say nothing of the infant, so that no pat is
 * ever counted as its rhythm.
 */
export function findRhythms(
  span: SpanMovement,
  active: Readonly<Record<Limb, readonly Interval[]>>,
  floor: NoiseFloor,
  options: EventOptions,
  carers: readonly Interval[] = [],
): RhythmStretch[] {
  const seesLegs = span.legCoverage >= options.legsSeen;
  const watched = WATCHED.filter((limb) => seesLegs || (limb !== "leftLeg" && limb !== "rightLeg"));
  const found = watched.flatMap((limb) => {
    const fastRhythm = withoutCarers(span.limbs[limb].fastRhythm, carers);
    const slowRhythm = withoutCarers(span.limbs[limb].slowRhythm, carers);
    const smallest = floor.activity[limb];
    const fast = stretchesOf(limb, fastRhythm, { ...options, from: options.tremorFrom, to: 99 }, smallest);
    // Breathing, and the wandering of a still picture, are slow and even too, and far gentler than any movement.
    const slowest = Math.max(smallest, options.activityLeast);
    const slow = stretchesOf(
      limb,
      slowRhythm,
      { ...options, from: options.slowFrom, to: options.tremorFrom },
      slowest,
    );
    return [...fast, ...slow]
      .filter((stretch) => seesLegs || limb === "region" || !isEcho(span, stretch))
      .map((stretch) => outside(sharpen(stretch, active[limb], span), carers));
  });
  return joinLimbs(found).filter((stretch) => stretch.duration * stretch.frequencyHz >= options.slowCycles);
}

/** A rhythm slower than this share of what moves unseen meanwhile is its echo in a part that is seen. */
const ECHO = 0.2;

function isEcho(span: SpanMovement, stretch: RhythmStretch): boolean {
  const speed = 2 * Math.PI * stretch.frequencyHz * stretch.amplitude;
  const { activity } = span.limbs.region;
  const isIn = (time: number) => time >= stretch.onset && time <= endOf(stretch);
  return speed < ECHO * (mean(activity.filter((_, i) => isIn(span.time[i]!))) || 0);
}

/** The same track with nothing in the windows that touch a carer's stay. */
function withoutCarers(track: RhythmTrack, carers: readonly Interval[]): RhythmTrack {
  if (carers.length === 0) return track;
  const frequencyHz = track.frequencyHz.map((hz, i) => {
    const window = { onset: track.time[i]! - track.window / 2, duration: track.window };
    return carers.some((carer) => overlapOf(carer, window) > 0) ? NaN : hz;
  });
  return { ...track, frequencyHz };
}

/** Cuts a stretch where a carer comes or goes. */
function outside(stretch: RhythmStretch, carers: readonly Interval[]): RhythmStretch {
  let [from, to] = [stretch.onset, endOf(stretch)];
  const middle = (from + to) / 2;
  for (const carer of carers) {
    if (overlapOf(carer, { onset: from, duration: to - from }) <= 0) continue;
    if (carer.onset > middle) to = Math.min(to, carer.onset);
    else from = Math.max(from, endOf(carer));
  }
  return to > from ? { ...stretch, ...between(from, to) } : { ...stretch, duration: 0 };
}

function stretchesOf(
  limb: Limb,
  track: RhythmTrack,
  options: EventOptions & { from: number; to: number },
  smallestSpeed: number,
): RhythmStretch[] {
  const stretches: RhythmStretch[] = [];
  let run: number[] = [];
  const close = () => {
    if (run.length >= 2) stretches.push(describe(limb, track, run));
    run = [];
  };
  for (let i = 0; i < track.time.length; i++) {
    const hz = track.frequencyHz[i]!;
    const isRhythmic =
      hz >= options.from &&
      hz < options.to &&
      track.concentration[i]! >= options.rhythmConcentration &&
      track.snrDb[i]! >= options.rhythmSnr &&
      // A rhythm that moves the limb no more than stillness does is the codec's.
      track.amplitude[i]! * 2 * Math.PI * hz >= smallestSpeed;
    const last = run.at(-1);
    const isSame =
      last === undefined || Math.abs(hz - track.frequencyHz[last]!) <= SAME_RHYTHM_HZ + 0.05 * hz;
    if (!isRhythmic || !isSame) close();
    if (isRhythmic) run.push(i);
  }
  close();
  return stretches;
}

function describe(limb: Limb, track: RhythmTrack, run: readonly number[]): RhythmStretch {
  const pick = (values: Float32Array) => run.map((i) => values[i]!);
  // The outermost windows are half empty; their frequency is looser.
  const inner = run.length > 4 ? run.slice(1, -1) : run;
  const frequency = inner.map((i) => track.frequencyHz[i]!);
  const amplitude = inner.map((i) => track.amplitude[i]!);
  const frequencyHz = median(frequency);
  const second = inner.map((i) => Math.abs(track.secondHz[i]! - track.frequencyHz[i]!));
  return {
    ...between(track.time[run[0]!]!, track.time[run.at(-1)!]!),
    limbs: [limb],
    frequencyHz,
    concentration: mean(pick(track.concentration)),
    snrDb: median(pick(track.snrDb)),
    amplitude: median(amplitude),
    frequencyVariation: frequency.length > 1 ? coefficientOfVariation(frequency) : 0,
    amplitudeVariation: amplitude.length > 1 ? coefficientOfVariation(amplitude) : 0,
    secondDifferenceHz: median(second),
  };
}

/** Takes the edges from the limb's activity where that begins or ends within reach of the window. */
function sharpen(stretch: RhythmStretch, active: readonly Interval[], span: SpanMovement): RhythmStretch {
  const reach = 1.5;
  const around = active.filter((interval) => overlapOf(interval, stretch) > 0);
  if (around.length === 0) return stretch;
  const first = Math.min(...around.map((interval) => interval.onset));
  const last = Math.max(...around.map(endOf));
  const onset = Math.max(first, stretch.onset - reach, span.onset);
  const end = Math.min(last, endOf(stretch) + reach, endOf(span));
  return end > onset ? { ...stretch, ...between(onset, end) } : stretch;
}

/** Joins stretches of several limbs with one rhythm at one time; the clearest limb gives the numbers. */
function joinLimbs(stretches: readonly RhythmStretch[]): RhythmStretch[] {
  const joined: RhythmStretch[] = [];
  const clearest = [...stretches].sort(
    (a, b) =>
      Number(a.limbs[0] === "region") - Number(b.limbs[0] === "region") ||
      b.duration * b.concentration - a.duration * a.concentration,
  );
  for (const stretch of clearest) {
    const at = joined.findIndex(
      (other) => overlapOf(other, stretch) > 0.3 * Math.min(other.duration, stretch.duration),
    );
    const other = joined[at];
    if (!other) {
      joined.push(stretch);
      continue;
    }
    // Two rhythms at once: the weaker one is a harmonic, or carried along, and is left to the stronger.
    const isSame = Math.abs(other.frequencyHz - stretch.frequencyHz) <= SAME_RHYTHM_HZ;
    if (!isSame) continue;
    const onset = Math.min(other.onset, stretch.onset);
    const end = Math.max(endOf(other), endOf(stretch));
    const isRegion = stretch.limbs[0] === "region";
    joined[at] = {
      ...other,
      ...(isRegion && !isLeg(other)
        ? {}
        : between(isRegion ? other.onset : onset, isRegion ? endOf(other) : end)),
      limbs: [...new Set([...other.limbs, ...stretch.limbs])],
      amplitude: isRegion ? other.amplitude : Math.max(other.amplitude, stretch.amplitude),
    };
  }
  return joined.sort((a, b) => a.onset - b.onset);
}

function isLeg(stretch: RhythmStretch): boolean {
  return stretch.limbs.includes("leftLeg") || stretch.limbs.includes("rightLeg");
}
