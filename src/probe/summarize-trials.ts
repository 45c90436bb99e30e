import { type Range, shareRange } from "../signal/exact-range.ts";
import { median } from "../signal/statistics.ts";
import type { TrialOutcome } from "./trials.ts";

/** What became of all trials of one kind, size and frequency. */
export interface ProbeRow {
  readonly kind: "tremor-like" | "kicking";
  /** Whether the painted pictures were encoded anew at the recording's own bit rate, or judged as painted. */
  readonly isEncoded: boolean;
  /** px as filmed, to one side (a kick: all the way). Of kicks the median: they go by the infant's size. */
  readonly sizePx: number;
  /** The same over the length of the shank; NaN when it was not seen. */
  readonly sizeShanks: number;
  /** NaN for kicks. */
  readonly frequencyHz: number;
  readonly trials: number;
  readonly found: number;
  /** Exact 95 % range of the share found. */
  readonly recall95: Range;
  /** Of those found: median of the absolute error, Hz; NaN for kicks and where none was found. */
  readonly frequencyErrorHz: number;
  /** How often each answer was given. */
  readonly seenAs: Readonly<Record<string, number>>;
}

/** A trial, and the infant's size where it was painted. */
export interface MeasuredTrial extends TrialOutcome {
  readonly shankPx: number;
  readonly isEncoded: boolean;
  /** Number of the size in the plan: kicks of one size differ in px from stretch to stretch. */
  readonly size: number;
}

/** Recall by kind, frequency and size, in that order. */
export function summarizeTrials(trials: readonly MeasuredTrial[]): ProbeRow[] {
  const groups = new Map<string, MeasuredTrial[]>();
  for (const one of trials) {
    const hz = one.trial.kind === "tremor-like" ? one.trial.frequencyHz : NaN;
    const key = `${one.trial.kind}/${hz}/${one.size}/${one.isEncoded}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map(summarize).sort(inOrder);
}

function summarize(group: readonly MeasuredTrial[]): ProbeRow {
  const { trial } = group[0]!;
  const found = group.filter(({ isFound }) => isFound);
  const seenAs: Record<string, number> = {};
  for (const one of group) seenAs[one.seenAs] = (seenAs[one.seenAs] ?? 0) + 1;
  return {
    kind: trial.kind,
    isEncoded: group[0]!.isEncoded,
    sizePx: median(group.map((one) => one.trial.sizePx)),
    sizeShanks: median(group.map((one) => one.trial.sizePx / one.shankPx)),
    frequencyHz: trial.kind === "tremor-like" ? trial.frequencyHz : NaN,
    trials: group.length,
    found: found.length,
    recall95: shareRange(found.length, group.length),
    frequencyErrorHz: median(found.map((one) => Math.abs(one.frequencyErrorHz))),
    seenAs,
  };
}

function inOrder(a: ProbeRow, b: ProbeRow): number {
  if (a.kind !== b.kind) return a.kind === "tremor-like" ? -1 : 1;
  if (a.isEncoded !== b.isEncoded) return a.isEncoded ? -1 : 1;
  return (a.frequencyHz || 0) - (b.frequencyHz || 0) || a.sizePx - b.sizePx;
}

/** A movement counts as seen reliably from this share found on. */
const RELIABLY = 0.8;

/**
 * For each frequency, of the trials encoded anew or of those judged as painted, the smallest swing from which all larger ones were found in four of
 * five trials or more; NaN when none was.
 */
export function smallestReliable(
  rows: readonly ProbeRow[],
  isEncoded: boolean,
): { readonly frequencyHz: number; readonly sizePx: number }[] {
  const tremors = rows.filter((row) => row.kind === "tremor-like" && row.isEncoded === isEncoded);
  return [...new Set(tremors.map(({ frequencyHz }) => frequencyHz))].map((frequencyHz) => {
    const own = tremors.filter((row) => row.frequencyHz === frequencyHz).sort((a, b) => b.sizePx - a.sizePx);
    const failing = own.findIndex(({ found, trials }) => found < RELIABLY * trials);
    const reliable = failing === -1 ? own : own.slice(0, failing);
    return { frequencyHz, sizePx: reliable.at(-1)?.sizePx ?? NaN };
  });
}
