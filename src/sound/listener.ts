import { createFrameHearing, FRAME_SAMPLES } from "./hear-frame.ts";
import { FRAME_SECONDS, SAMPLE_RATE, type SoundFrames } from "./sound.ts";

/** A frame of which less than this share was recorded is not heard. */
const ENOUGH = 0.8;
/** Half a sample: times that differ by less are the same. */
const SLACK = 0.5 / SAMPLE_RATE;

/**
 * Hears a part of a recording, sample by sample, in memory that does not grow with it but for the results (28
 * bytes for each tenth of a second). Samples are laid on the recording's own grid of frames by their times, so
 * that it does not matter where the recording is cut into parts.
 */
export class Listener {
  readonly #first: number;
  readonly #hear = createFrameHearing();
  readonly #columns: Float32Array[];
  readonly #samples = new Int16Array(FRAME_SAMPLES);
  #frame = -1;
  #filled = 0;

  /** @param from @param to numbers of its first frame and of the one after its last. */
  constructor(from: number, to: number) {
    this.#first = from;
    this.#columns = Array.from({ length: 7 }, () => new Float32Array(Math.max(0, to - from)).fill(NaN));
  }

  /** @param time of the first sample, seconds from the recording's start; times that go back are left out. */
  add(time: number, samples: Int16Array): void {
    let next = 0;
    while (next < samples.length) {
      const at = time + next / SAMPLE_RATE + SLACK;
      const frame = Math.floor(at / FRAME_SECONDS);
      const place = Math.floor((at - frame * FRAME_SECONDS) * SAMPLE_RATE);
      const count = Math.min(samples.length - next, Math.max(1, FRAME_SAMPLES - place));
      this.#put(frame, Math.min(place, FRAME_SAMPLES - 1), samples.subarray(next, next + count));
      next += count;
    }
  }

  finish(): SoundFrames {
    this.#close();
    const [b0, b1, b2, b3, level, pitchHz, clarity] = this.#columns as [
      ...[Float32Array, Float32Array, Float32Array, Float32Array],
      ...[Float32Array, Float32Array, Float32Array],
    ];
    return { first: this.#first, bands: [b0, b1, b2, b3], level, pitchHz, clarity };
  }

  #put(frame: number, place: number, samples: Int16Array): void {
    if (frame < this.#frame) return;
    if (frame !== this.#frame) {
      this.#close();
      this.#frame = frame;
    }
    this.#samples.set(samples, Math.min(place, FRAME_SAMPLES - samples.length));
    this.#filled += samples.length;
  }

  #close(): void {
    const i = this.#frame - this.#first;
    const isOurs = i >= 0 && i < this.#columns[0]!.length;
    if (isOurs && this.#filled >= ENOUGH * FRAME_SAMPLES) {
      const { bands, level, pitchHz, clarity } = this.#hear(this.#samples);
      for (const [k, value] of [...bands, level, pitchHz, clarity].entries()) this.#columns[k]![i] = value;
    }
    this.#samples.fill(0);
    this.#filled = 0;
  }
}
