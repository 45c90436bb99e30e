import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eventOptionsSchema } from "../../src/events/event-options.ts";
import type { RhythmTrack } from "../../src/movement/movement.ts";
import { trackRhythm } from "../../src/movement/rhythm.ts";
import { coefficientOfVariation, median } from "../../src/signal/statistics.ts";

const NAME = /^\d+__(.+)_(LEFT|RIGHT)_(HAND|LEG)_.*\.csv$/;
/** As recordings are looked at for tremor-like rhythms. */
const WINDOW = { window: 2.5, hop: 0.25, fromHz: 0.4, toHz: 12 };
/** Time constant that takes gravity and drift out of the integrated acceleration, seconds. */
const FORGET = 1;
const options = eventOptionsSchema.parse({});

export type TaskSignal = "acceleration" | "velocity";

/** What the rules for rhythms say of one task of a limb. */
export interface TaskRhythm {
  readonly name: string;
  /** What the rules were applied to: the acceleration as recorded, or the velocity made of it. */
  readonly signal: TaskSignal;
  readonly seconds: number;
  /** Seconds in runs of windows that the rules call a fast rhythm. */
  readonly tremorLikeSeconds: number;
  /** Of the longest run; NaN without one. */
  readonly frequencyHz: number;
  readonly frequencyVariation: number;
  /** Median over all windows. */
  readonly medianHz: number;
  readonly medianConcentration: number;
  readonly medianSnrDb: number;
}

/** Recordings of limb tasks in a folder: `PERSON__TASK_SIDE_LIMB_DATE.csv`. */
export function findTasks(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort();
}

/**
 * Applies the limits for tremor-like rhythms that need no picture (concentration, peak over median, frequency
 * and its variation, cycles) to a limb's acceleration or velocity. Video shows velocity; made of an
 * accelerometer's numbers it is swamped by gravity whenever the limb tilts, so that both are told. *Limits:*
 * size, place and the second witness cannot be asked here, as there is no picture.
 */
export function readTask(folder: string, file: string, kind: TaskSignal): TaskRhythm {
  const rows = readFileSync(join(folder, file), "utf8").trim().split("\n");
  const cells = rows.map((row) => row.split(",").map(Number)).filter((row) => row.length >= 4);
  const first = cells[0]![0]!;
  const time = Float64Array.from(cells, (row) => (row[0]! - first) / 1e9);
  const interval = Float32Array.from(time, (t, i) => (i === 0 ? time[1]! - t : t - time[i - 1]!));
  const axes = [1, 2, 3].map((axis) => {
    const recorded = cells.map((row) => row[axis]!);
    return kind === "velocity" ? integrate(recorded, interval) : Float32Array.from(recorded);
  });
  const velocity = [...axes, new Float32Array(time.length)];
  const speed = time.map((_, i) => Math.hypot(axes[0]![i]!, axes[1]![i]!, axes[2]![i]!));
  const signal = {
    limb: "region" as const,
    velocity,
    displacement: velocity,
    speed: Float32Array.from(speed),
  };
  const track = trackRhythm(time, interval, signal, WINDOW);
  const runs = fastRuns(track);
  const longest = [...runs].sort((a, b) => b.length - a.length)[0] ?? [];
  const [, task, side, limb] = NAME.exec(file)!;
  const hz = longest.map((i) => track.frequencyHz[i]!);
  return {
    name: `${task} ${side} ${limb}`.toLowerCase().replaceAll("_", " "),
    signal: kind,
    seconds: time.at(-1)!,
    tremorLikeSeconds: runs.reduce((sum, run) => sum + run.length * WINDOW.hop, 0),
    frequencyHz: hz.length > 0 ? median(hz) : NaN,
    frequencyVariation: hz.length > 1 ? coefficientOfVariation(hz) : NaN,
    medianHz: median([...track.frequencyHz]),
    medianConcentration: median([...track.concentration]),
    medianSnrDb: median([...track.snrDb]),
  };
}

/** Runs of windows that keep one fast rhythm long and evenly enough. */
function fastRuns(track: RhythmTrack): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  for (let i = 0; i <= track.time.length; i++) {
    const hz = track.frequencyHz[i] ?? NaN;
    const isFast =
      hz >= options.tremorFrom &&
      hz <= options.tremorTo &&
      track.concentration[i]! >= options.rhythmConcentration &&
      track.snrDb[i]! >= options.rhythmSnr;
    const last = run.at(-1);
    const isSame = last === undefined || Math.abs(hz - track.frequencyHz[last]!) <= 0.4 + 0.05 * hz;
    if (!isFast || !isSame) {
      runs.push(run);
      run = [];
    }
    if (isFast) run.push(i);
  }
  return runs.filter((one) => {
    if (one.length < 2) return false;
    const hz = one.map((i) => track.frequencyHz[i]!);
    const cycles = (track.time[one.at(-1)!]! - track.time[one[0]!]!) * median(hz);
    return cycles >= options.rhythmCycles && coefficientOfVariation(hz) <= options.frequencyVariation;
  });
}

/** Velocity from acceleration, forgetting what lies seconds back, so that gravity does not run away. */
function integrate(acceleration: readonly number[], interval: Float32Array): Float32Array {
  const velocity = new Float32Array(acceleration.length);
  const mean = acceleration.reduce((sum, value) => sum + value, 0) / acceleration.length;
  for (let i = 1; i < velocity.length; i++) {
    const step = (acceleration[i]! + acceleration[i - 1]!) / 2 - mean;
    velocity[i] = velocity[i - 1]! * Math.exp(-interval[i]! / FORGET) + step * interval[i]!;
  }
  return velocity;
}
