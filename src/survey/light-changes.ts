import { type LightChange, levelAt, type MotionMap, type SurveyFrames } from "./survey.ts";
import { LIGHT_SHIFT } from "./surveyor.ts";

/** Shifts closer together than this are one change, seconds. */
const JOIN = 1;
/** The shortest stretch a change is said to last, seconds. */
const SHORTEST = 0.2;
/** Share of blocks that must change with a sudden change of mean brightness. */
const STEP_SHARE = 0.6;
/** A creeping change: this many gray levels within this many seconds. */
const CREEP_LEVELS = 5;
const CREEP_SECONDS = 3;
const SUDDEN = 1;
const CREEPING = 2;

/**
 * Finds changes of the light: frames on which most blocks of the picture shift together, and stretches on
 * which most blocks creep together (automatic gain). What counts is the median over blocks of their
 * *change*: a body or a hand that moves changes few of them, however bright it is.
 */
export function detectLightChanges(frames: SurveyFrames, map: MotionMap): LightChange[] {
  const { time, lightShift, brightness, changedShare } = frames;
  const marked = new Uint8Array(time.length);
  for (let i = 1; i < time.length; i++) {
    const step = Math.abs(brightness[i]! - brightness[i - 1]!);
    const isFlip = step > LIGHT_SHIFT && changedShare[i]! > STEP_SHARE;
    if (isFlip || Math.abs(lightShift[i]!) > LIGHT_SHIFT) marked[i] = SUDDEN;
  }
  const creep = creepingBins(map);
  for (let i = 0; i < time.length; i++) {
    if (!marked[i] && creep[Math.floor(time[i]! / map.binDuration)]) marked[i] = CREEPING;
  }
  return joinMarked(time, marked, brightness);
}

/** Bins within which, or within reach of which, the light creeps. */
function creepingBins(map: MotionMap): Uint8Array {
  const blocks = map.columns * map.rows;
  const reach = Math.max(1, Math.round(CREEP_SECONDS / map.binDuration));
  const creeping = new Uint8Array(map.bins);
  const changes = new Int16Array(blocks);
  const medianChange = (from: number, to: number) => {
    const [before, after] = [levelAt(map, from), levelAt(map, to)];
    for (let b = 0; b < blocks; b++) changes[b] = after[b]! - before[b]!;
    return changes.sort()[blocks >> 1]!;
  };
  for (let bin = reach; bin < map.bins; bin++) {
    if (Math.abs(medianChange(bin - reach, bin)) < CREEP_LEVELS) continue;
    // Only the bins in which it happens: a sudden change must not darken the seconds around it.
    for (let k = bin - reach + 1; k <= bin; k++) if (Math.abs(medianChange(k - 1, k)) >= 1) creeping[k] = 1;
  }
  return creeping;
}

function joinMarked(time: Float64Array, marked: Uint8Array, brightness: Float32Array): LightChange[] {
  const changes: LightChange[] = [];
  let first = -1;
  let last = -1;
  let isSudden = false;
  const close = () => {
    if (first === -1) return;
    const before = Math.max(0, first - 1);
    const onset = time[before]!;
    changes.push({
      onset,
      duration: Math.max(SHORTEST, time[last]! - onset),
      shift: brightness[last]! - brightness[before]!,
      isSudden,
    });
    first = -1;
  };
  for (let i = 0; i < marked.length; i++) {
    if (!marked[i]) continue;
    if (first !== -1 && time[i]! - time[last]! > JOIN) close();
    if (first === -1) {
      first = i;
      isSudden = false;
    }
    isSudden ||= marked[i] === SUDDEN;
    last = i;
  }
  close();
  return changes;
}
