import type { LightChange, SurveyFrames } from "./survey.ts";
import { LIGHT_SHIFT } from "./surveyor.ts";

/** Shifts closer together than this are one change, seconds. */
const JOIN = 1;
/** The shortest stretch a change is said to last, seconds. */
const SHORTEST = 0.2;
/** A sudden change of the whole picture shifts its level by at least this, gray levels. */
const STEP_LEVELS = 2;
/** Share of blocks that must change with it. */
const STEP_SHARE = 0.6;
/** A creeping change: this many gray levels within this many seconds. */
const CREEP_LEVELS = 8;
const CREEP_SECONDS = 3;

/**
 * Finds changes of the light: frames on which most blocks of the picture shift together, and stretches on
 * which the level of the whole picture creeps (automatic gain). The level is a median over blocks, so that
 * a body or a hand that moves does not pass for light.
 */
export function detectLightChanges(frames: SurveyFrames): LightChange[] {
  const { time, lightShift, level, changedShare } = frames;
  const marked = new Uint8Array(time.length);
  for (let i = 1; i < time.length; i++) {
    const step = Math.abs(level[i]! - level[i - 1]!);
    const isStep = step > STEP_LEVELS && changedShare[i]! > STEP_SHARE;
    if (isStep || Math.abs(lightShift[i]!) > LIGHT_SHIFT) marked[i] = 1;
  }
  const creep = creepingLevel(level, marked);
  let start = 0;
  for (let i = 0; i < time.length; i++) {
    while (time[i]! - time[start]! > CREEP_SECONDS) start++;
    if (Math.abs(creep[i]! - creep[start]!) > CREEP_LEVELS) marked.fill(1, start + 1, i + 1);
  }
  return joinMarked(time, marked, level);
}

/** The level with its sudden steps taken out. */
function creepingLevel(level: Float32Array, marked: Uint8Array): Float32Array {
  const creep = new Float32Array(level.length);
  for (let i = 1; i < level.length; i++) {
    creep[i] = creep[i - 1]! + (marked[i] ? 0 : level[i]! - level[i - 1]!);
  }
  return creep;
}

function joinMarked(time: Float64Array, marked: Uint8Array, level: Float32Array): LightChange[] {
  const changes: LightChange[] = [];
  let first = -1;
  let last = -1;
  const close = () => {
    if (first === -1) return;
    const before = Math.max(0, first - 1);
    const onset = time[before]!;
    changes.push({
      onset,
      duration: Math.max(SHORTEST, time[last]! - onset),
      shift: level[last]! - level[before]!,
    });
    first = -1;
  };
  for (let i = 0; i < marked.length; i++) {
    if (!marked[i]) continue;
    if (first !== -1 && time[i]! - time[last]! > JOIN) close();
    if (first === -1) first = i;
    last = i;
  }
  close();
  return changes;
}
