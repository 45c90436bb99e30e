import type { Recording } from "../recording/recording.ts";
import { selectMedian } from "../signal/select.ts";
import type { SurveyPart } from "./surveyor.ts";

/** What a bin of a sketch was drawn from: nothing, the sizes of the packets, or the pictures themselves. */
export type SketchSource = "nothing" | "packets" | "survey";

/** The night as far as it is known: rough at first, refined as the survey goes on. */
export interface Sketch {
  /** Seconds of a bin, and of the recording. */
  readonly binDuration: number;
  readonly duration: number;
  /** How busy each bin is, 0-1, on a scale of its own: a hint of where to look, not a measure. NaN: unknown. */
  readonly activity: Float32Array;
  /** Mean gray level, 0-255; NaN where no picture was seen yet. */
  readonly brightness: Float32Array;
  readonly source: readonly SketchSource[];
  /** Share of the bins that come from the pictures, 0-1. */
  readonly refined: number;
}

const MOST_BINS = 720;
const SHORTEST_BIN = 5;
/** Packets this many times as large as usual are as busy as a sketch can say (a doubling each step). */
const FULL_DOUBLINGS = 2;
/** Motion energy, in gray levels above the noise, that counts as fully busy. */
const FULL_ENERGY = 12;

/**
 * Draws the sketch of a night: at once from the sizes of the packets (a picture that moves costs more bytes,
 * unless the camera writes at a constant rate), then better, part by part, from the survey. State with a
 * lifetime: one per analysis.
 */
export class Sketcher {
  readonly #binDuration: number;
  readonly #duration: number;
  readonly #activity: Float32Array;
  readonly #brightness: Float32Array;
  readonly #source: SketchSource[];

  constructor(recording: Recording) {
    this.#duration = recording.duration;
    this.#binDuration = Math.max(SHORTEST_BIN, recording.duration / MOST_BINS);
    const bins = Math.max(1, Math.ceil(recording.duration / this.#binDuration - 1e-9));
    this.#activity = new Float32Array(bins).fill(NaN);
    this.#brightness = new Float32Array(bins).fill(NaN);
    this.#source = new Array<SketchSource>(bins).fill("nothing");
    this.#drawPackets(recording);
  }

  /** Takes the mean gray level of one picture. */
  addPicture(time: number, brightness: number): void {
    this.#brightness[this.#binOf(time)] = brightness;
  }

  /** Takes what the survey found in a part of the recording. */
  addPart({ frames }: SurveyPart): void {
    const sums = new Map<number, { count: number; brightness: number; energies: number; energy: number }>();
    for (let i = 0; i < frames.time.length; i++) {
      const bin = this.#binOf(frames.time[i]!);
      const sum = sums.get(bin) ?? { count: 0, brightness: 0, energies: 0, energy: 0 };
      sum.count++;
      sum.brightness += frames.brightness[i]!;
      const energy = frames.energy[i]! - 3 * frames.noise[i]!;
      if (!Number.isNaN(energy)) {
        sum.energies++;
        sum.energy += Math.max(0, energy);
      }
      sums.set(bin, sum);
    }
    for (const [bin, { count, brightness, energies, energy }] of sums) {
      this.#brightness[bin] = brightness / count;
      this.#activity[bin] = energies === 0 ? 0 : Math.min(1, energy / energies / FULL_ENERGY);
      this.#source[bin] = "survey";
    }
  }

  /** The sketch so far, a copy. */
  read(): Sketch {
    const refined = this.#source.filter((source) => source === "survey").length;
    return {
      binDuration: this.#binDuration,
      duration: this.#duration,
      activity: this.#activity.slice(),
      brightness: this.#brightness.slice(),
      source: [...this.#source],
      refined: refined / this.#source.length,
    };
  }

  /** Key frames are large whatever happens: only what lies between them tells of motion. */
  #drawPackets(recording: Recording): void {
    const bytes = new Float64Array(this.#activity.length);
    const count = new Uint32Array(this.#activity.length);
    for (const { onset, frames } of recording.files) {
      for (let i = 0; i < frames.time.length; i++) {
        if (frames.key[i]) continue;
        const bin = this.#binOf(onset + frames.time[i]!);
        bytes[bin]! += frames.bytes[i]!;
        count[bin]!++;
      }
    }
    const mean = Float32Array.from(bytes, (sum, bin) => (count[bin] === 0 ? NaN : sum / count[bin]!));
    const usual = selectMedian(mean.filter((value) => value > 0));
    for (const [bin, value] of mean.entries()) {
      if (Number.isNaN(value)) continue;
      const doublings = value > 0 && usual > 0 ? Math.log2(value / usual) : 0;
      this.#activity[bin] = Math.min(1, Math.max(0, doublings / FULL_DOUBLINGS));
      this.#source[bin] = "packets";
    }
  }

  #binOf(time: number): number {
    const bin = Math.floor(time / this.#binDuration + 1e-9);
    return Math.min(this.#activity.length - 1, Math.max(0, bin));
  }
}
