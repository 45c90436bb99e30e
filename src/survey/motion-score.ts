import { decodeChange, encodeChange, type LightChange, type MotionMap } from "./survey.ts";

/** Bins averaged before scoring: 1.5 s at the default bin of 0.5 s. */
const SMOOTH_BINS = 3;
const TOP_BLOCKS = 3;
/** Length of a baseline chunk, seconds: the light of a night changes, its noise with it. */
const CHUNK_SECONDS = 600;
const LOW_QUANTILE = 0.2;
const LOWEST_QUANTILE = 0.05;
/** A block's spread is at least this share of its baseline, and this many gray levels. */
const SPREAD_SHARE = 0.06;
const SPREAD_LEVELS = 0.03;
/** How far a chunk's own baseline may rise above that of the whole recording: a restless chunk is no noise. */
const CHUNK_RISE = 1.5;

/**
 * Scores each bin of a motion map by how far its three busiest blocks rise above their own baseline, in
 * units of their own quiet spread; blocks that are always busy (a clock, a fan) thereby say little.
 *
 * @returns score per bin, 0 at rest.
 */
export function scoreMotion(map: MotionMap, lightChanges: readonly LightChange[]): Float32Array {
  const score = new Float32Array(map.bins);
  if (map.bins === 0) return score;
  const chunks = chunksOf(map);
  const whole = new Uint32Array(map.columns * map.rows * CODES);
  const own = chunks.map((chunk) => baselineOf(countLevels(map, chunk, whole)));
  const night = baselineOf(whole);
  for (const [i, chunk] of chunks.entries()) {
    const level = smoothedLevels(map, chunk);
    const blocks = map.columns * map.rows;
    for (let bin = chunk.from; bin < chunk.to; bin++) {
      const levels = level.subarray((bin - chunk.from) * blocks, (bin - chunk.from + 1) * blocks);
      score[bin] = scoreBin(levels, own[i]!, night);
    }
  }
  muteLightChanges(score, map, lightChanges);
  return score;
}

/** Number of codes of a change. */
const CODES = 256;

/** Bins [from, to) whose quiet is measured together. */
interface Chunk {
  readonly from: number;
  readonly to: number;
}

interface Baseline {
  readonly level: Float32Array;
  readonly spread: Float32Array;
}

function chunksOf(map: MotionMap): Chunk[] {
  const length = Math.max(1, Math.round(CHUNK_SECONDS / map.binDuration));
  const count = Math.max(1, Math.floor(map.bins / length));
  return Array.from({ length: count }, (_, i) => ({
    from: i * length,
    to: i === count - 1 ? map.bins : (i + 1) * length,
  }));
}

/** Change of each block in each bin of a chunk, averaged over neighbouring bins, gray levels. */
function smoothedLevels(map: MotionMap, chunk: Chunk): Float32Array {
  const blocks = map.columns * map.rows;
  const decoded = Float32Array.from({ length: CODES }, (_, code) => decodeChange(code));
  const level = new Float32Array((chunk.to - chunk.from) * blocks);
  const half = SMOOTH_BINS >> 1;
  for (let bin = chunk.from; bin < chunk.to; bin++) {
    const from = Math.max(0, bin - half);
    const to = Math.min(map.bins, bin + half + 1);
    const at = (bin - chunk.from) * blocks;
    for (let k = from; k < to; k++) {
      for (let b = 0; b < blocks; b++) level[at + b]! += decoded[map.data[k * blocks + b]!]! / (to - from);
    }
  }
  return level;
}

/**
 * Counts how often each block of a chunk had which level, by code. A night holds too many levels to sort;
 * counting them costs a quarter of a megabyte.
 *
 * @param whole the counts of all chunks, added to.
 */
function countLevels(map: MotionMap, chunk: Chunk, whole: Uint32Array): Uint32Array {
  const blocks = map.columns * map.rows;
  const level = smoothedLevels(map, chunk);
  const counts = new Uint32Array(blocks * CODES);
  for (let i = 0; i < level.length; i++) counts[(i % blocks) * CODES + encodeChange(level[i]!)]!++;
  for (let i = 0; i < counts.length; i++) whole[i]! += counts[i]!;
  return counts;
}

function baselineOf(counts: Uint32Array): Baseline {
  const blocks = counts.length / CODES;
  const base = new Float32Array(blocks);
  const spread = new Float32Array(blocks);
  for (let b = 0; b < blocks; b++) {
    const own = counts.subarray(b * CODES, (b + 1) * CODES);
    const low = quantileOf(own, LOW_QUANTILE);
    base[b] = low;
    spread[b] = Math.max(low - quantileOf(own, LOWEST_QUANTILE), SPREAD_SHARE * low, SPREAD_LEVELS);
  }
  return { level: base, spread };
}

function quantileOf(counts: Uint32Array, q: number): number {
  let wanted = Math.floor(q * (counts.reduce((sum, count) => sum + count, 0) - 1)) + 1;
  for (let code = 0; code < CODES; code++) {
    wanted -= counts[code]!;
    if (wanted <= 0) return decodeChange(code);
  }
  return decodeChange(CODES - 1);
}

function scoreBin(levels: Float32Array, own: Baseline, night: Baseline): number {
  const top = [0, 0, 0];
  for (let b = 0; b < levels.length; b++) {
    const base = Math.min(own.level[b]!, CHUNK_RISE * night.level[b]! + SPREAD_LEVELS);
    const spread = Math.min(own.spread[b]!, CHUNK_RISE * night.spread[b]!);
    const z = (levels[b]! - base) / spread;
    if (z <= top[0]!) continue;
    top[0] = z;
    top.sort((x, y) => x - y);
  }
  return top.reduce((sum, z) => sum + z, 0) / TOP_BLOCKS;
}

/** Within a change of light the map is not to be trusted: those bins take the score of their neighbours. */
function muteLightChanges(score: Float32Array, map: MotionMap, changes: readonly LightChange[]): void {
  const reach = (SMOOTH_BINS >> 1) + 1;
  for (const { onset, duration } of changes) {
    const from = Math.max(0, Math.floor(onset / map.binDuration) - reach);
    const to = Math.min(map.bins - 1, Math.floor((onset + duration) / map.binDuration) + reach);
    const around = Math.max(score[from - 1] ?? 0, 0) + Math.max(score[to + 1] ?? 0, 0);
    for (let bin = from; bin <= to; bin++) score[bin] = Math.min(score[bin]!, around / 2);
  }
}
