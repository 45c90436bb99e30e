import { median } from "../signal/statistics.ts";
import type { Flicker, SurveyFrames } from "./survey.ts";

/** The light must go on by this much between two turns, gray levels; sensor noise moves the median less. */
const SMALLEST_TURN = 1.5;
/** Turns further apart than this are no flicker, seconds: 0.25 Hz. */
const LONGEST_HALF = 2;
/** A flicker has at least so many turns; their times vary at most by this share of the median. */
const FEWEST_TURNS = 8;
const MOST_VARIATION = 0.6;

/**
 * Finds flicker: stretches in which the light of the whole picture goes up and down evenly, as mains light
 * (100 or 120 flashes a second) does when its beat with the frame rate is slow enough to see.
 *
 * What is followed is the sum of the median block's signed changes, so that no body or hand counts; its
 * turning points are those after which it goes back by 1.5 gray levels. *Source:* ours.
 */
export function detectFlicker(frames: SurveyFrames): Flicker[] {
  const turns = turningPoints(frames);
  const flickers: Flicker[] = [];
  let run: Turn[] = [];
  const close = () => {
    const halves = run.slice(1).map((turn, i) => turn.time - run[i]!.time);
    const half = median(halves);
    const isEven = halves.filter((value) => Math.abs(value - half) <= MOST_VARIATION * half).length;
    if (run.length >= FEWEST_TURNS && isEven >= 0.7 * halves.length) {
      const onset = Math.max(0, run[0]!.time - half);
      flickers.push({
        onset,
        duration: run.at(-1)!.time + half - onset,
        frequencyHz: 1 / (2 * (halves.reduce((sum, value) => sum + value, 0) / halves.length)),
        depth: median(run.slice(1).map((turn, i) => Math.abs(turn.level - run[i]!.level))),
      });
    }
    run = [];
  };
  for (const turn of turns) {
    const last = run.at(-1);
    if (last && turn.time - last.time > LONGEST_HALF) close();
    run.push(turn);
  }
  close();
  return flickers;
}

interface Turn {
  readonly time: number;
  readonly level: number;
}

/** Where the light turns round, with hysteresis. */
function turningPoints({ time, lightShift }: SurveyFrames): Turn[] {
  const turns: Turn[] = [];
  let level = 0;
  let extreme: Turn = { time: time[0] ?? 0, level: 0 };
  let direction = 0;
  for (let i = 1; i < time.length; i++) {
    level += lightShift[i] || 0;
    if (direction === 0) {
      if (Math.abs(level - extreme.level) >= SMALLEST_TURN) {
        direction = Math.sign(level - extreme.level);
        extreme = { time: time[i]!, level };
      }
      continue;
    }
    if ((level - extreme.level) * direction >= 0) extreme = { time: time[i]!, level };
    else if ((extreme.level - level) * direction >= SMALLEST_TURN) {
      turns.push(extreme);
      direction = -direction;
      extreme = { time: time[i]!, level };
    }
  }
  return turns;
}
