import type { Samples } from "../../src/signal/periodogram.ts";
import { seededRandom } from "./seeded-random.ts";

export interface Sampling {
  readonly rate: number;
  readonly duration: number;
  readonly onset?: number;
  /** Share of the interval by which each sample may come early or late. */
  readonly jitter?: number;
  /** Share of the samples that are missing altogether. */
  readonly drop?: number;
  readonly seed?: number;
}

/** Times of the frames of a camera that may come late or not at all. The first frame always comes. */
export function frameTimes({
  rate,
  duration,
  onset = 0,
  jitter = 0,
  drop = 0,
  seed = 1,
}: Sampling): Float64Array {
  const random = seededRandom(seed);
  const times: number[] = [];
  for (let i = 0; i < Math.round(duration * rate); i++) {
    const late = (random() - 0.5) * jitter;
    if (random() >= drop || i === 0) times.push(onset + (i + (i === 0 ? 0 : late)) / rate);
  }
  return Float64Array.from(times);
}

/** Samples of signals of time; each stands for the time since the one before. */
export function sample(time: Float64Array, ...signals: readonly ((time: number) => number)[]): Samples {
  return {
    time,
    interval: time.map((at, i) => (i === 0 ? time[1]! - time[0]! : at - time[i - 1]!)),
    components: signals.map((signal) => time.map(signal)),
  };
}

export function sine(amplitude: number, frequencyHz: number, phase = 0.3): (time: number) => number {
  return (time) => amplitude * Math.sin(2 * Math.PI * frequencyHz * time + phase);
}
