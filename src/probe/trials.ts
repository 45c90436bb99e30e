import type { EventKind } from "../events/movement-event.ts";
import { between, endOf, type Interval, overlapOf } from "../signal/intervals.ts";
import type { Lever, Turn } from "./paint.ts";

/** One movement to paint. Sizes in px of the picture as filmed, at the ankle. */
export type Trial =
  | { readonly kind: "tremor-like"; readonly sizePx: number; readonly frequencyHz: number }
  | { readonly kind: "kicking"; readonly sizePx: number };

/** When the movement is painted, seconds from the stretch's start: the stretch is still before and after. */
export const PAINTED: Interval = { onset: 4.5, duration: 5 };
/** Length of a stretch, seconds. */
export const STRETCH_SECONDS = 14;

const EASE = 0.3;
/** Moments of single kicks within the bout, and the length of one, seconds: pauses of infants' kicks vary. */
const KICKS = [0, 0.8, 2.1, 2.9, 4.3];
const KICK_SECONDS = 0.5;

/** The turn of a lever that moves its tip as a trial asks: 0 outside of {@link PAINTED}. */
export function turnOf(trial: Trial, lever: Lever): Turn {
  const length = Math.hypot(lever.tip[0] - lever.joint[0], lever.tip[1] - lever.joint[1]);
  const most = trial.sizePx / Math.max(length, 1e-9);
  return (time) => {
    const at = time - PAINTED.onset;
    if (at <= 0 || at >= PAINTED.duration) return 0;
    if (trial.kind === "kicking") {
      const kick = KICKS.find((moment) => at >= moment && at < moment + KICK_SECONDS);
      return kick === undefined ? 0 : (most / 2) * (1 - Math.cos((2 * Math.PI * (at - kick)) / KICK_SECONDS));
    }
    const ease = Math.min(1, at / EASE, (PAINTED.duration - at) / EASE);
    return ease * most * Math.sin(2 * Math.PI * trial.frequencyHz * at);
  };
}

/** The sizes that are painted, and the frequencies, as far as a frame rate can show them. */
export function makeTrials(
  frameRate: number,
  bandShare: number,
  trunkPx: number,
  sizesPx: readonly number[] = [0.12, 0.25, 0.5, 1, 2, 4],
  frequenciesHz: readonly number[] = [4, 6, 8, 10],
): Trial[] {
  const shown = frequenciesHz.filter((hz) => hz <= bandShare * frameRate);
  const tremors = shown.flatMap((frequencyHz) =>
    sizesPx.map((sizePx) => ({ kind: "tremor-like" as const, sizePx, frequencyHz })),
  );
  const kicks = [0.1, 0.2, 0.4].map((share) => ({ kind: "kicking" as const, sizePx: share * trunkPx }));
  return [...tremors, ...kicks];
}

/** What an analysis says of a painted stretch. */
export interface SeenEvent extends Interval {
  readonly kind: EventKind;
  readonly frequencyHz?: number | undefined;
}

/** How a trial ended. */
export interface TrialOutcome {
  readonly trial: Trial;
  readonly isFound: boolean;
  /** Kind of the event that overlaps the painted movement most, or "nothing". */
  readonly seenAs: EventKind | "nothing";
  /** Of a found tremor: its measured frequency less the true one, Hz; NaN otherwise. */
  readonly frequencyErrorHz: number;
}

/** A frequency this near is the painted one, Hz. */
const SAME_HZ = 0.5;
const OVERLAP = 0.5;

/** Compares what was seen with what was painted: the same kind, half of overlap over union, the same frequency. */
export function judgeTrial(trial: Trial, seen: readonly SeenEvent[]): TrialOutcome {
  const [best] = seen
    .map((event) => ({ event, overlap: overlapOf(event, PAINTED) }))
    .filter(({ overlap }) => overlap > 0)
    .sort((a, b) => b.overlap - a.overlap);
  const match = seen.find((event) => {
    const union = between(Math.min(event.onset, PAINTED.onset), Math.max(endOf(event), endOf(PAINTED)));
    return event.kind === trial.kind && overlapOf(event, PAINTED) >= OVERLAP * union.duration;
  });
  const error = match && trial.kind === "tremor-like" ? (match.frequencyHz ?? NaN) - trial.frequencyHz : NaN;
  const isRightHz = trial.kind !== "tremor-like" || Math.abs(error) <= SAME_HZ;
  return {
    trial,
    isFound: match !== undefined && isRightHz,
    seenAs: best?.event.kind ?? "nothing",
    frequencyErrorHz: error,
  };
}
