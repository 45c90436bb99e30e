import type { Interval } from "../signal/intervals.ts";
import { changeAt, decodeChange, type LightChange, levelAt, type MotionMap } from "../survey/survey.ts";
import type { Tracks } from "../tracks/tracks.ts";

/** A place within this many trunk lengths of a bone is the infant's. */
const NEAR_BONE = 0.45;
/** So is one this near the hips: legs under a blanket are drawn nowhere, but are there. */
const NEAR_HIPS = 1.7;
/** Blocks whose change exceeds their usual one this many times (plus a little) moved. */
const RISE = 2;
const RISE_LEVELS = 0.5;

const BONES = [
  ["leftShoulder", "rightShoulder"],
  ["leftHip", "rightHip"],
  ["leftShoulder", "leftHip"],
  ["rightShoulder", "rightHip"],
  ["leftShoulder", "leftElbow"],
  ["leftElbow", "leftWrist"],
  ["rightShoulder", "rightElbow"],
  ["rightElbow", "rightWrist"],
  ["leftHip", "leftKnee"],
  ["leftKnee", "leftAnkle"],
  ["rightHip", "rightKnee"],
  ["rightKnee", "rightAnkle"],
  ["nose", "nose"],
] as const;

/** A block whose level differs from that before the span by this much shows something else now, gray levels. */
const OTHER_LEVELS = 10;

/** A block counts as moving off the body from this excess on, gray levels: an insect, not the encoder. */
const CLEAR_LEVELS = 2;

/** What happens off the infant's body in a span, per bin of the motion map. */
export interface ForeignMotion {
  readonly firstBin: number;
  /** Share of the motion energy that lies off the body, 0-1; NaN without pose or without motion. */
  readonly share: Float32Array;
  /** Share of the picture, off the body, that shows something else than when the span began, 0-1. */
  readonly presence: Float32Array;
  /** Share of the picture that moves off the body, 0-1. */
  readonly area: Float32Array;
  /** Middle of what moves off the body, shares of the picture's width and height; NaN when nothing does. */
  readonly place: readonly [Float32Array, Float32Array];
}

/**
 * Says, for each bin of the motion map in a span, what happens off the infant's body: a carer's arm, a
 * curtain, an insect.
 *
 * @param usual usual change of each block, gray levels (see `usualChange`).
 * @param scale px of the flow picture per px of the survey picture.
 */
export function computeForeignMotion(
  map: MotionMap,
  usual: Float32Array,
  span: Interval,
  tracks: Tracks,
  scale: number,
  lightChanges: readonly LightChange[] = [],
): ForeignMotion {
  const firstBin = Math.max(0, Math.floor(span.onset / map.binDuration));
  const lastBin = Math.min(map.bins, Math.ceil((span.onset + span.duration) / map.binDuration));
  const share = new Float32Array(Math.max(0, lastBin - firstBin)).fill(NaN);
  const isBody = bodyBlocks(map, tracks, scale);
  const none = () => new Float32Array(share.length);
  const area = none();
  const place = [none().fill(NaN), none().fill(NaN)] as const;
  if (!isBody) return { firstBin, share, presence: none(), area, place };
  const presence = computePresence(map, { firstBin, lastBin }, isBody, lightChanges);
  const blocks = map.columns * map.rows;
  for (let bin = firstBin; bin < lastBin; bin++) {
    const change = changeAt(map, bin);
    let own = 0;
    let foreign = 0;
    const sum = { count: 0, x: 0, y: 0 };
    for (let b = 0; b < blocks; b++) {
      const excess = decodeChange(change[b]!) - RISE * usual[b]! - RISE_LEVELS;
      if (excess <= 0) continue;
      if (isBody[b]) own += excess;
      else {
        foreign += excess;
        if (excess > CLEAR_LEVELS) sum.count++;
        sum.x += excess * ((b % map.columns) + 0.5);
        sum.y += excess * (Math.floor(b / map.columns) + 0.5);
      }
    }
    area[bin - firstBin] = sum.count / blocks;
    if (foreign > 0) {
      place[0][bin - firstBin] = sum.x / foreign / map.columns;
      place[1][bin - firstBin] = sum.y / foreign / map.rows;
    }
    if (own + foreign > 0) share[bin - firstBin] = foreign / (own + foreign);
  }
  return { firstBin, share, presence, area, place };
}

/**
 * Presence per bin against the first bin of the span, or the first after the last sudden change of light:
 * another light makes everything look otherwise. A carer who is in view before and after the lamp is
 * switched is then missed; one who comes or goes later is not.
 */
function computePresence(
  map: MotionMap,
  bins: { readonly firstBin: number; readonly lastBin: number },
  isBody: Uint8Array,
  lightChanges: readonly LightChange[],
): Float32Array {
  const presence = new Float32Array(Math.max(0, bins.lastBin - bins.firstBin));
  const sudden = lightChanges.filter(({ isSudden }) => isSudden);
  let reference = bins.firstBin;
  for (let bin = bins.firstBin; bin < bins.lastBin; bin++) {
    const isChanging = sudden.some(
      ({ onset, duration }) =>
        (bin + 1) * map.binDuration > onset && (bin - 1) * map.binDuration < onset + duration,
    );
    if (isChanging) reference = bin;
    presence[bin - bins.firstBin] = otherShare(map, reference, bin, isBody);
  }
  return presence;
}

/**
 * Share of all blocks that lie off the body and look otherwise than in another bin, after the best gain and
 * offset between both are taken out.
 */
function otherShare(map: MotionMap, reference: number, bin: number, isBody: Uint8Array): number {
  if (reference === bin) return 0;
  const blocks = map.columns * map.rows;
  const before = levelAt(map, reference);
  const now = levelAt(map, bin);
  const { gain, offset } = fitLight(before, now, isBody);
  let count = 0;
  for (let b = 0; b < blocks; b++) {
    if (!isBody[b] && Math.abs(now[b]! - gain * before[b]! - offset) > OTHER_LEVELS) count++;
  }
  return count / blocks;
}

/** Gain and offset from one picture to another by least squares, leaving out what fits worst. */
function fitLight(before: Uint8Array, now: Uint8Array, isBody: Uint8Array): { gain: number; offset: number } {
  let fit = { gain: 1, offset: 0 };
  for (const tolerance of [40, 20, 10, 10]) {
    let [n, x, y, xx, xy] = [0, 0, 0, 0, 0];
    for (let b = 0; b < before.length; b++) {
      const [u, v] = [before[b]!, now[b]!];
      if (isBody[b] || Math.abs(v - fit.gain * u - fit.offset) > tolerance) continue;
      n++;
      x += u;
      y += v;
      xx += u * u;
      xy += u * v;
    }
    const spread = n * xx - x * x;
    // Too little left to fit: as it was.
    if (n < before.length / 4) return fit;
    // Blocks that are all alike say nothing of the gain.
    const gain = spread > 0 ? (n * xy - x * y) / spread : 1;
    fit = { gain, offset: (y - gain * x) / n };
  }
  return fit;
}
/** Blocks that the infant's body covered at any pose of the span; undefined when it was never seen. */
function bodyBlocks(map: MotionMap, tracks: Tracks, scale: number): Uint8Array | undefined {
  const unit = tracks.trunkLengthPx / scale;
  if (!(unit > 0)) return undefined;
  const isBody = new Uint8Array(map.columns * map.rows);
  for (let i = 0; i < tracks.time.length; i++) {
    const at = (name: (typeof BONES)[number][number]) => ({
      x: tracks.byKeypoint[name].x[i]! / scale,
      y: tracks.byKeypoint[name].y[i]! / scale,
    });
    for (const [from, to] of BONES) mark(isBody, map, at(from), at(to), NEAR_BONE * unit);
    const [left, right] = [at("leftHip"), at("rightHip")];
    const hips = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
    mark(isBody, map, hips, hips, NEAR_HIPS * unit);
  }
  return isBody;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function mark(isBody: Uint8Array, map: MotionMap, a: Point, b: Point, radius: number): void {
  if (Number.isNaN(a.x + b.x)) return;
  const size = map.blockSize;
  const left = Math.max(0, Math.floor((Math.min(a.x, b.x) - radius) / size));
  const right = Math.min(map.columns - 1, Math.ceil((Math.max(a.x, b.x) + radius) / size));
  const top = Math.max(0, Math.floor((Math.min(a.y, b.y) - radius) / size));
  const bottom = Math.min(map.rows - 1, Math.ceil((Math.max(a.y, b.y) + radius) / size));
  const lengthSquared = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const x = (column + 0.5) * size;
      const y = (row + 0.5) * size;
      const share =
        lengthSquared === 0 ? 0 : ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / lengthSquared;
      const along = Math.min(1, Math.max(0, share));
      const distance = Math.hypot(x - a.x - along * (b.x - a.x), y - a.y - along * (b.y - a.y));
      if (distance <= radius) isBody[row * map.columns + column] = 1;
    }
  }
}
