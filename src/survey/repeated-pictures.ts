import { between, type Interval } from "../signal/intervals.ts";
import type { SurveyFrames } from "./survey.ts";

/** A picture is judged only while something near it moves this much, gray levels in the busiest blocks. */
const MOVING = 3;
/** A change below this share of its neighbours' is none. */
const NO_CHANGE = 0.12;
const NEIGHBOURS = 3;
/** Frames judged together, and how many of them must be known. */
const WINDOW = 50;
const FEWEST_KNOWN = 25;
/** An even pattern: this share of the frames that move may stand where it has a repeat... */
const MOVED_MOST = 0.03;
/** ...and this share of the dips between moving frames, of so many at least, must. */
const DIPS_EXPLAINED = 0.8;
const FEWEST_DIPS = 4;
const LEAST_RATIO = 1.08;
const MOST_RATIO = 4;
const RATIO_STEP = 1.01;
const PHASE_STEP = 0.05;
/** The pattern must show in this share of the windows, with ratios that differ by less than this. */
const WINDOWS_AGREE = 0.7;
const SAME_RATIO = 0.06;
/** Seconds of movement that must have been judged: a short even movement may stand still at a frame by chance. */
const LEAST_SECONDS = 20;
/** A picture that stays exactly the same for longer is frozen, seconds... */
const FROZEN_SECONDS = 2;
/** ...if pictures of the same recording hardly ever stay the same otherwise, which takes noise in them. */
const SAME_OTHERWISE = 0.02;
const FROZEN_MOST = 0.5;
const NOISE_SECONDS = 20;

/** Pictures that were filmed once and stored more often. */
export interface Repeats {
  /** Pictures a second that were really filmed; undefined when no even pattern of repeats is sure. */
  readonly pictureRate: number | undefined;
  /** Times of the frames that only repeat the one before, in order. Empty without a `pictureRate`. */
  readonly times: Float64Array;
  /** Where one picture stands still though time goes on. */
  readonly frozen: readonly Interval[];
}

/**
 * Finds pictures that are shown again instead of new ones: evenly, where a camera films slower than its file
 * says, or for seconds, where its connection failed.
 *
 * Only what is sure is told. A codec, too, stores a still picture as an exact repeat; so an even pattern is
 * looked for while something moves, and a frozen picture only in a recording whose stillness has noise. A
 * shaking that hits its turning points at frames looks like repeats for a moment, but not for
 * {@link LEAST_SECONDS}.
 */
export function findRepeats(frames: SurveyFrames): Repeats {
  const change = frames.energy.map((energy, i) => energy + frames.noise[i]!);
  return { ...findLowerRate(frames, change), frozen: findFrozen(frames, change) };
}

const NEW = 0;
const REPEATED = 1;
const UNKNOWN = 2;

function findLowerRate({ time }: SurveyFrames, change: Float32Array) {
  const states = judgeFrames(change);
  const windows: { readonly from: number; readonly ratio: number }[] = [];
  let judged = 0;
  for (let from = 0; from + WINDOW <= time.length; from += WINDOW) {
    const own = states.subarray(from, from + WINDOW);
    const known = own.reduce((sum, state) => (state === UNKNOWN ? sum : sum + 1), 0);
    if (known < FEWEST_KNOWN) continue;
    judged += known;
    windows.push({ from, ratio: patternOf(own) });
  }
  const none = { pictureRate: undefined, times: new Float64Array() };
  const even = windows.map(({ ratio }) => ratio).filter((ratio) => ratio > 1);
  const usual = even.sort((a, b) => a - b)[even.length >> 1];
  if (usual === undefined) return none;
  const agreeing = windows.filter(({ ratio }) => Math.abs(ratio / usual - 1) < SAME_RATIO);
  const step = medianStep(time);
  if (agreeing.length < WINDOWS_AGREE * windows.length || judged * step < LEAST_SECONDS) return none;
  const repeated = agreeing.flatMap(({ from }) =>
    Array.from({ length: WINDOW }, (_, i) => from + i).filter((i) => states[i] === REPEATED),
  );
  return { pictureRate: 1 / (step * usual), times: Float64Array.from(repeated, (i) => time[i]!) };
}

/** Whether each frame's picture is new, a repeat, or (nothing moves, or only the codec changed it) unknown. */
function judgeFrames(change: Float32Array): Uint8Array {
  return Uint8Array.from(change, (own, i) => {
    // Key frames have no change of their own and carry that of the frame before.
    if (i === 0 || own === change[i - 1]) return UNKNOWN;
    let highest = 0;
    for (let k = Math.max(0, i - NEIGHBOURS); k <= Math.min(change.length - 1, i + NEIGHBOURS); k++)
      highest = Math.max(highest, change[k]!);
    if (!(highest >= MOVING)) return UNKNOWN;
    return own < NO_CHANGE * highest ? REPEATED : NEW;
  });
}

/**
 * Frames per picture of the even pattern that the states keep; 1 when they keep none. Where the pattern has a
 * repeat nothing may move; where it has a new picture something may rest, but most dips are the pattern's.
 */
function patternOf(states: Uint8Array): number {
  const isDip = states.map((state, i) => {
    const isNew = (one: number) => one === NEW;
    const before = states.subarray(Math.max(0, i - NEIGHBOURS), i).some(isNew);
    return state === REPEATED && before && states.subarray(i + 1, i + 1 + NEIGHBOURS).some(isNew) ? 1 : 0;
  });
  const dips = isDip.reduce((sum, one) => sum + one, 0);
  const moving = states.reduce((sum, state) => (state === NEW ? sum + 1 : sum), 0);
  if (dips < FEWEST_DIPS) return 1;
  let best = { broken: Infinity, ratio: 1 };
  for (let ratio = LEAST_RATIO; ratio < MOST_RATIO; ratio *= RATIO_STEP) {
    for (let phase = 0; phase < 1; phase += PHASE_STEP) {
      let [moved, explained] = [0, 0];
      for (let i = 0; i < states.length; i++) {
        if (Math.floor((i + 1) / ratio + phase) !== Math.floor(i / ratio + phase)) continue;
        if (states[i] === NEW) moved++;
        explained += isDip[i]!;
      }
      if (moved > MOVED_MOST * moving || explained < DIPS_EXPLAINED * dips) continue;
      const broken = moved + dips - explained;
      if (broken < best.broken) best = { broken, ratio };
    }
  }
  return best.ratio;
}

function findFrozen({ time }: SurveyFrames, change: Float32Array): Interval[] {
  const frozen: Interval[] = [];
  const step = medianStep(time);
  let [same, held, from] = [0, 0, -1];
  for (let i = 0; i <= change.length; i++) {
    const isSame = i < change.length && change[i] === 0;
    if (isSame) same++;
    if (isSame && from === -1) from = i;
    if (isSame || from === -1) continue;
    // The picture stood since the frame before the first repeat.
    const onset = time[Math.max(0, from - 1)]!;
    const end = time[i] ?? time[i - 1]! + step;
    if (end - onset >= FROZEN_SECONDS) {
      frozen.push(between(onset, end));
      held += i - from;
    }
    from = -1;
  }
  const others = change.length - held;
  const hasNoise =
    others * step >= NOISE_SECONDS &&
    same - held < SAME_OTHERWISE * others &&
    held < FROZEN_MOST * change.length;
  return hasNoise ? frozen : [];
}

function medianStep(time: Float64Array): number {
  const steps = time.slice(1).map((value, i) => value - time[i]!);
  return steps.sort()[steps.length >> 1] ?? NaN;
}
