import { FRAME_SECONDS } from "./sound.ts";
import type { SoundOptions } from "./sound-options.ts";

/** The background is told for steps of so many frames. */
const STEP = 10;
const LOWEST_DB = -130;
const BIN_DB = 0.25;
const BINS = Math.ceil(-LOWEST_DB / BIN_DB) + 1;

/**
 * The room's own sound at each frame: the level that a small share of the time around it stays below. A window
 * slides over the recording and a histogram with it, so that a night costs the same for each of its frames.
 *
 * @param level dB below full scale; NaN where nothing was recorded, and stays NaN.
 */
export function measureBackground(level: Float32Array, options: SoundOptions): Float32Array {
  const half = Math.round(options.backgroundSeconds / 2 / FRAME_SECONDS);
  const counts = new Uint32Array(BINS);
  let [from, to, known] = [0, 0, 0];
  const move = (i: number, by: 1 | -1) => {
    const value = level[i]!;
    if (Number.isNaN(value)) return;
    counts[binOf(value)]! += by;
    known += by;
  };
  const background = new Float32Array(level.length).fill(NaN);
  for (let at = 0; at < level.length; at += STEP) {
    const middle = at + STEP / 2;
    for (; to < Math.min(level.length, middle + half); to++) move(to, 1);
    for (; from < middle - half; from++) move(from, -1);
    const quiet = Math.max(-options.quietest, lowest(counts, options.backgroundShare * known));
    for (let i = at; i < Math.min(level.length, at + STEP); i++) {
      if (!Number.isNaN(level[i]!)) background[i] = quiet;
    }
  }
  return background;
}

function binOf(value: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.round((value - LOWEST_DB) / BIN_DB)));
}

function lowest(counts: Uint32Array, rank: number): number {
  let sum = 0;
  for (const [bin, count] of counts.entries()) {
    sum += count;
    if (sum > rank) return LOWEST_DB + bin * BIN_DB;
  }
  return LOWEST_DB;
}
