import { decodeChange, type LightChange, type MotionMap } from "./survey.ts";

/** Bins averaged before scoring: 1.5 s at the default bin of 0.5 s. */
const SMOOTH_BINS = 3;
const TOP_BLOCKS = 3;
/** Length of a baseline chunk, seconds: the light of a night changes, its noise with it. */
const CHUNK_SECONDS = 600;
const LOW_QUANTILE = 0.2;
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
  const blocks = map.columns * map.rows;
  const level = smoothedLevels(map);
  const score = new Float32Array(map.bins);
  if (map.bins === 0) return score;
  const night = baselineOf(level, blocks, 0, map.bins);
  const chunkBins = Math.max(1, Math.round(CHUNK_SECONDS / map.binDuration));
  const chunks = Math.max(1, Math.floor(map.bins / chunkBins));
  for (let chunk = 0; chunk < chunks; chunk++) {
    const from = chunk * chunkBins;
    const to = chunk === chunks - 1 ? map.bins : from + chunkBins;
    const own = chunks === 1 ? night : baselineOf(level, blocks, from, to);
    for (let bin = from; bin < to; bin++) score[bin] = scoreBin(level, blocks, bin, own, night);
  }
  muteLightChanges(score, map, lightChanges);
  return score;
}

interface Baseline {
  readonly level: Float32Array;
  readonly spread: Float32Array;
}

function smoothedLevels(map: MotionMap): Float32Array {
  const blocks = map.columns * map.rows;
  const decoded = Float32Array.from({ length: 256 }, (_, code) => decodeChange(code));
  const level = new Float32Array(map.bins * blocks);
  const half = SMOOTH_BINS >> 1;
  for (let bin = 0; bin < map.bins; bin++) {
    const from = Math.max(0, bin - half);
    const to = Math.min(map.bins, bin + half + 1);
    for (let b = 0; b < blocks; b++) {
      let sum = 0;
      for (let k = from; k < to; k++) sum += decoded[map.data[k * blocks + b]!]!;
      level[bin * blocks + b] = sum / (to - from);
    }
  }
  return level;
}

function baselineOf(level: Float32Array, blocks: number, from: number, to: number): Baseline {
  const base = new Float32Array(blocks);
  const spread = new Float32Array(blocks);
  const column = new Float32Array(to - from);
  for (let b = 0; b < blocks; b++) {
    for (let bin = from; bin < to; bin++) column[bin - from] = level[bin * blocks + b]!;
    column.sort();
    const low = column[Math.floor(LOW_QUANTILE * (column.length - 1))]!;
    const lower = column[Math.floor(0.05 * (column.length - 1))]!;
    base[b] = low;
    spread[b] = Math.max(low - lower, SPREAD_SHARE * low, SPREAD_LEVELS);
  }
  return { level: base, spread };
}

function scoreBin(level: Float32Array, blocks: number, bin: number, own: Baseline, night: Baseline): number {
  const top = [0, 0, 0];
  for (let b = 0; b < blocks; b++) {
    const base = Math.min(own.level[b]!, CHUNK_RISE * night.level[b]! + SPREAD_LEVELS);
    const spread = Math.min(own.spread[b]!, CHUNK_RISE * night.spread[b]!);
    const z = (level[bin * blocks + b]! - base) / spread;
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
