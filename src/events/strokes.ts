import type { Limb, SpanMovement } from "../movement/movement.ts";
import { endOf, type Interval } from "../signal/intervals.ts";

/** A peak of speed counts as a stroke when it reaches this share of the event's highest. */
const PEAK_SHARE = 0.15;
/** Between two strokes the speed must fall below this share of the lower of both peaks. */
const VALLEY_SHARE = 0.5;
/** Flexion and extension of one kick follow each other within this time, seconds. */
const ONE_STROKE = 0.45;

/** Strokes of both legs within this time are one, done together, seconds. */
export const TOGETHER = 0.2;

/** A single stroke of a leg: its moment of highest speed. */
export interface Stroke {
  readonly limb: Limb;
  readonly time: number;
  /** Trunk lengths per second. */
  readonly speed: number;
}

/**
 * Counts the strokes of each leg within an interval, in order of time: peaks of its speed that stand out
 * from the valleys between them. Out and back within 0.45 s is one stroke.
 *
 * *Source:* one leg movement lasts 0.23-0.33 s, each pause or reversal starts a new one (Trujillo-Priego &
 * Smith 2017). *Differs from the source:* a reversal without pause is not a stroke of its own, because a
 * parent counts kicks, not reversals.
 */
export function countStrokes(span: SpanMovement, interval: Interval, limbs: readonly Limb[]): Stroke[] {
  return joinTogether(countEachLimb(span, interval, limbs));
}

/** The same with every limb's own strokes: what two do at once counts twice. */
export function countEachLimb(span: SpanMovement, interval: Interval, limbs: readonly Limb[]): Stroke[] {
  const inside: number[] = [];
  for (let i = 0; i < span.time.length; i++) {
    if (span.time[i]! >= interval.onset && span.time[i]! <= endOf(interval)) inside.push(i);
  }
  const highest = Math.max(
    0,
    ...limbs.flatMap((limb) => inside.map((i) => span.limbs[limb].activity[i] || 0)),
  );
  return limbs
    .flatMap((limb) => strokesOf(span, inside, limb, PEAK_SHARE * highest))
    .sort((a, b) => a.time - b.time);
}

/** Leaves out the second of two strokes that two limbs do at once. */
export function joinTogether(all: readonly Stroke[]): Stroke[] {
  return all.filter((stroke, i) => {
    const other = all.findLastIndex((earlier, k) => k < i && earlier.limb !== stroke.limb);
    return other === -1 || stroke.time - all[other]!.time > TOGETHER;
  });
}

function strokesOf(span: SpanMovement, inside: readonly number[], limb: Limb, lowest: number): Stroke[] {
  const { activity } = span.limbs[limb];
  const strokes: Stroke[] = [];
  let valley = 0;
  for (const i of inside) {
    const value = activity[i]!;
    valley = Math.min(valley, value);
    const isPeak = value >= (activity[i - 1] ?? 0) && value > (activity[i + 1] ?? 0) && value >= lowest;
    if (!isPeak) continue;
    const last = strokes.at(-1);
    const time = span.time[i]!;
    const isNew =
      !last || (time - last.time > ONE_STROKE && valley < VALLEY_SHARE * Math.min(value, last.speed));
    if (isNew) {
      strokes.push({ limb, time, speed: value });
      valley = value;
    } else if (value > last.speed) {
      strokes[strokes.length - 1] = { limb, time: last.time, speed: value };
      valley = value;
    }
  }
  return strokes;
}
