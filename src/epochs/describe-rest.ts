import { between, endOf, type Interval } from "../signal/intervals.ts";
import type { EpochOptions } from "./epoch-options.ts";
import type { Epoch, EpochState } from "./label-epochs.ts";

/** Epochs of one state that follow each other. */
export interface Stretch extends Interval {
  readonly state: EpochState;
}

/** Rest and activity of a recording. Never sleep. */
export interface RestReport {
  readonly stretches: readonly Stretch[];
  /** Seconds in each state. */
  readonly seconds: Readonly<Record<EpochState, number>>;
  /** The first rest that was long enough, undefined when there was none. */
  readonly firstLongRest: Interval | undefined;
  /** Observable seconds from the recording's start to that rest; NaN without one. */
  readonly timeToRest: number;
  /** Stretches of activity that came right after rest, once the first long rest had begun. */
  readonly interruptions: number;
  readonly interruptedSeconds: number;
  /** The longest rest without interruption; undefined when there was no rest. */
  readonly longestRest: Interval | undefined;
}

/**
 * Sums up the epochs of a recording. What could not be seen, and a carer's stay, end a rest and are no
 * interruption by the infant.
 */
export function describeRest(epochs: readonly Epoch[], options: EpochOptions): RestReport {
  const stretches = joinEpochs(epochs);
  const seconds = { active: 0, resting: 0, caregiver: 0, "not-observable": 0 };
  for (const { state, duration } of stretches) seconds[state] += duration;
  const rests = stretches.filter(({ state }) => state === "resting");
  const first = rests.find(({ duration }) => duration >= options.longRest - 1e-6);
  const interruptions = stretches.filter(
    ({ state, onset }, i) =>
      state === "active" &&
      first !== undefined &&
      onset > first.onset &&
      stretches[i - 1]?.state === "resting",
  );
  const longest = rests.reduce<Stretch | undefined>(
    (best, rest) => (best && best.duration >= rest.duration ? best : rest),
    undefined,
  );
  const before = stretches.filter(
    ({ onset, state }) => state !== "not-observable" && onset < (first?.onset ?? 0),
  );
  return {
    stretches,
    seconds,
    firstLongRest: first && { onset: first.onset, duration: first.duration },
    timeToRest: first ? before.reduce((sum, { duration }) => sum + duration, 0) : NaN,
    interruptions: interruptions.length,
    interruptedSeconds: interruptions.reduce((sum, { duration }) => sum + duration, 0),
    longestRest: longest && { onset: longest.onset, duration: longest.duration },
  };
}

function joinEpochs(epochs: readonly Epoch[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { onset, duration, state } of epochs) {
    const last = stretches.at(-1);
    if (last?.state === state) {
      stretches[stretches.length - 1] = { ...between(last.onset, onset + duration), state };
    } else stretches.push({ onset, duration, state });
  }
  return stretches;
}

/** The state at a moment; undefined outside the recording. */
export function stateAt(stretches: readonly Stretch[], time: number): EpochState | undefined {
  return stretches.find((stretch) => time >= stretch.onset && time < endOf(stretch))?.state;
}
