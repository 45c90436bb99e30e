import type { RhythmTrack, SpanMovement } from "../movement/movement.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import { mean, median } from "../signal/statistics.ts";
import type { EventOptions } from "./event-options.ts";

/** Seconds after a key frame in which the encoder's correction of the picture shows. */
const PULSE = 0.15;
/** Rhythms of two parts this close are one, Hz. */
const SAME_HZ = 0.3;

/** What moved off the infant: how much of the picture, and how fast its middle wandered. */
export function measureAway(span: SpanMovement, interval: Interval) {
  const area: number[] = [];
  let way = 0;
  let last: readonly [number, number, number] | undefined;
  for (const [i, time] of span.time.entries()) {
    if (!isInside(time, interval)) continue;
    area.push(span.foreignArea[i]!);
    const [x, y] = [span.foreignPlace[0][i]!, span.foreignPlace[1][i]!];
    if (Number.isNaN(x + y)) continue;
    if (last && (x !== last[1] || y !== last[2])) way += Math.hypot(x - last[1], y - last[2]);
    last = [time, x, y];
  }
  return { awayArea: mean(area), awayTravel: way / interval.duration };
}

/**
 * Share of the moving limbs' energy within 0.15 s after a key frame. An encoder that corrects its picture at
 * each key frame makes a pulse there; what truly moves knows nothing of key frames.
 */
export function measurePulse(span: SpanMovement, interval: Interval): number {
  const keys = span.keyFrames.filter((time) => time > interval.onset - PULSE && time < endOf(interval));
  if (keys.length < 2) return NaN;
  let all = 0;
  let pulsed = 0;
  const energy = (i: number) =>
    Math.max(...(["leftLeg", "rightLeg", "region"] as const).map((l) => span.limbs[l].activity[i] || 0)) ** 2;
  for (const [i, time] of span.time.entries()) {
    if (!isInside(time, interval)) continue;
    const value = energy(i);
    all += value;
    if (keys.some((key) => time >= key - 1e-6 && time < key + PULSE)) pulsed += value;
  }
  return all > 0 ? pulsed / all : NaN;
}

/** Whether something keeps a rhythm while a carer is there, how fast, and how far legs and head go with it. */
export function measureCarer(span: SpanMovement, interval: Interval, options: EventOptions) {
  const parts = (["region", "trunk"] as const).flatMap((limb) => {
    const { slowRhythm, fastRhythm } = span.limbs[limb];
    return [readTrack(slowRhythm, interval, options), readTrack(fastRhythm, interval, options)].map(
      (read) => ({
        ...read,
        limb,
      }),
    );
  });
  const [clearest] = parts.sort((a, b) => (b.share || 0) - (a.share || 0));
  // A hand on the trunk moves the trunk's picture; a rocked body takes legs and head along.
  const swings = (["leftLeg", "rightLeg", "head"] as const)
    .map((limb) => readTrack(span.limbs[limb].slowRhythm, interval, options))
    .filter(
      ({ share, hz }) => share >= options.carerRhythm && Math.abs(hz - (clearest?.hz ?? NaN)) <= SAME_HZ,
    )
    .map(({ amplitude }) => amplitude)
    .sort((a, b) => b - a);
  return {
    carerRhythmShare: clearest?.share ?? NaN,
    carerHz: clearest?.hz ?? NaN,
    carerBodySwing: swings[1] ?? NaN,
  };
}

/** The rhythm of the windows that lie within an interval. */
function readTrack(track: RhythmTrack, interval: Interval, options: EventOptions) {
  const own = Array.from(track.time.keys()).filter((i) => isInside(track.time[i]!, interval));
  const rhythmic = own.filter(
    (i) =>
      track.concentration[i]! >= options.rhythmConcentration && track.frequencyHz[i]! >= options.slowFrom,
  );
  return {
    share: own.length === 0 ? NaN : rhythmic.length / own.length,
    hz: median(rhythmic.map((i) => track.frequencyHz[i]!)),
    amplitude: median(rhythmic.map((i) => track.amplitude[i]!)),
  };
}

function isInside(time: number, interval: Interval): boolean {
  return time >= interval.onset - 1e-6 && time < endOf(interval) + 1e-6;
}
