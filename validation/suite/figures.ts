import { matchEvents } from "../../src/agreement/match-events.ts";
import { endOf, overlapOf } from "../../src/signal/intervals.ts";
import { quantile } from "../../src/signal/statistics.ts";
import type { ClipOutcome, SeenEvent } from "./clip-outcome.ts";
import { clopperPearson } from "./clopper-pearson.ts";

const OVERLAP = 0.5;
const NOTHING = "nothing";
/** What is not a movement of the infant. */
const NOT_THE_INFANTS = new Set(["caregiver", "light-change", "artefact", "indeterminate"]);

export interface KindFigures {
  readonly truth: number;
  readonly found: number;
  readonly extra: number;
  readonly recall: number | null;
  readonly recall95: readonly [number, number];
  readonly precision: number | null;
  readonly precision95: readonly [number, number];
  readonly f1: number | null;
}

/** A share with what it is a share of. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

export type Figures = ReturnType<typeof measureFigures>;

/**
 * All figures of a set of clips. Matching: same kind and overlap over union of at least 0.5; a change of
 * light is a moment, any overlap finds it. The confusion matrix takes for every true event the event that
 * overlaps it most, whatever its kind and overlap.
 */
export function measureFigures(clips: readonly ClipOutcome[]) {
  const kinds = measureKinds(clips);
  const matches = clips.flatMap((clip) => matchClip(clip).matches);
  const hz = matches.flatMap(({ reference, detection }) =>
    reference.hz !== undefined && reference.kind !== "indeterminate" && detection.frequencyHz !== null
      ? [Math.abs(detection.frequencyHz - reference.hz)]
      : [],
  );
  const stills = clips.filter(({ truth }) => truth.every(({ kind }) => kind === "light-change"));
  const falseOnes = stills.reduce((sum, clip) => sum + matchClip(clip).extra.length, 0);
  const stillHours = stills.reduce((sum, { duration }) => sum + duration, 0) / 3600;
  const tremors = clips.flatMap((clip) => {
    const found = new Set(matchClip(clip).matches.map(({ reference }) => reference));
    return (
      clip.truth
        .filter(({ kind, amplitudePx }) => kind === "tremor-like" && amplitudePx > 0)
        // At the ankle only the foot swings, which has no keypoint: its size is unknown, not zero.
        .map((one) => ({ px: round(one.amplitudePx, 2), isFound: found.has(one) }))
    );
  });
  return {
    clips: clips.length,
    seconds: round(
      clips.reduce((sum, { duration }) => sum + duration, 0),
      1,
    ),
    confusion: confusionOf(clips),
    kinds,
    macroF1: macroF1(kinds),
    macroF1PlainView: macroF1(measureKinds(clips.filter(({ plainView }) => plainView))),
    frequencyErrorHz: spread(hz),
    onsetErrorS: spread(
      matches.map(({ reference, detection }) => Math.abs(reference.onset - detection.onset)),
    ),
    stills: { falseEvents: falseOnes, hours: round(stillHours, 4), perHour: rate(falseOnes, stillHours) },
    kickingCalledTremor: calledAs(clips, "kicking", "tremor-like"),
    tremorCalledKicking: calledAs(clips, "tremor-like", "kicking"),
    smallestTremorFoundPx: least(tremors.filter(({ isFound }) => isFound).map(({ px }) => px)),
    largestTremorMissedPx:
      -(least(tremors.filter(({ isFound }) => !isFound).map(({ px }) => -px)) ?? NaN) || null,
    pattingCountedAsInfants: pattingOf(clips),
  };
}

function matchClip(clip: ClipOutcome) {
  const exact = matchEvents(clip.truth, clip.seen, OVERLAP);
  const lights = exact.missed.filter(({ kind }) => kind === "light-change");
  const moments = matchEvents(lights, exact.extra, 1e-6);
  return { matches: [...exact.matches, ...moments.matches], extra: moments.extra };
}

function measureKinds(clips: readonly ClipOutcome[]): Record<string, KindFigures> {
  const rows = new Map<string, { truth: number; found: number; extra: number }>();
  const rowOf = (kind: string) => {
    if (!rows.has(kind)) rows.set(kind, { truth: 0, found: 0, extra: 0 });
    return rows.get(kind)!;
  };
  for (const clip of clips) {
    const { matches, extra } = matchClip(clip);
    for (const { kind } of clip.truth) rowOf(kind).truth++;
    for (const { reference } of matches) rowOf(reference.kind).found++;
    for (const { kind } of extra) rowOf(kind).extra++;
  }
  const entries = [...rows].sort().map(([kind, row]) => {
    const claimed = row.found + row.extra;
    const figures: KindFigures = {
      ...row,
      recall: rate(row.found, row.truth),
      recall95: interval(row.found, row.truth),
      precision: rate(row.found, claimed),
      precision95: interval(row.found, claimed),
      f1: rate(2 * row.found, row.truth + claimed),
    };
    return [kind, figures] as const;
  });
  return Object.fromEntries(entries);
}

/** Mean F1 over the kinds that truly occur. */
function macroF1(kinds: Record<string, KindFigures>): number | null {
  const f1 = Object.values(kinds).flatMap((one) => (one.truth > 0 ? [one.f1 ?? 0] : []));
  return rate(
    f1.reduce((sum, value) => sum + value, 0),
    f1.length,
  );
}

function confusionOf(clips: readonly ClipOutcome[]): Record<string, Record<string, number>> {
  const table: Record<string, Record<string, number>> = {};
  const count = (truth: string, seen: string) => {
    table[truth] ??= {};
    table[truth][seen] = (table[truth][seen] ?? 0) + 1;
  };
  for (const { truth, seen } of clips) {
    for (const one of truth) count(one.kind, strongestOver(one, seen)?.kind ?? NOTHING);
    for (const one of seen) if (!truth.some((other) => overlapOf(one, other) > 0)) count(NOTHING, one.kind);
  }
  return table;
}

function strongestOver(one: SeenInterval, seen: readonly SeenEvent[]): SeenEvent | undefined {
  return seen
    .filter((other) => overlapOf(one, other) > 0)
    .sort((a, b) => overlapOf(one, b) - overlapOf(one, a) || endOf(a) - endOf(b))[0];
}
type SeenInterval = Pick<SeenEvent, "onset" | "duration">;

function calledAs(clips: readonly ClipOutcome[], truth: string, wrong: string): Share {
  const asked = clips
    .filter(({ frameRate }) => frameRate >= 15)
    .flatMap((clip) =>
      clip.truth
        .filter(({ kind }) => kind === truth)
        .map((one) => clip.seen.some((other) => other.kind === wrong && overlapOf(one, other) > 0)),
    );
  return { count: asked.filter(Boolean).length, of: asked.length };
}

/** Stays of a carer during which anything is reported as the infant's movement. */
function pattingOf(clips: readonly ClipOutcome[]): Share {
  const stays = clips.flatMap((clip) =>
    clip.truth
      .filter(({ kind }) => kind === "caregiver")
      .map((stay) =>
        clip.seen.some((one) => !NOT_THE_INFANTS.has(one.kind) && overlapOf(stay, one) > 0.5 * one.duration),
      ),
  );
  return { count: stays.filter(Boolean).length, of: stays.length };
}

function spread(errors: readonly number[]) {
  if (errors.length === 0) return null;
  return {
    median: round(quantile([...errors], 0.5), 3),
    worst: round(Math.max(...errors), 3),
    of: errors.length,
  };
}

function interval(hits: number, tries: number): readonly [number, number] {
  const [low, high] = clopperPearson(hits, tries);
  return [round(low, 3), round(high, 3)];
}

function rate(part: number, whole: number): number | null {
  return whole > 0 ? round(part / whole, 3) : null;
}

function least(values: readonly number[]): number | null {
  return values.length > 0 ? Math.min(...values) : null;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
