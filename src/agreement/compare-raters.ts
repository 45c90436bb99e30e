import { EVENT_KINDS, type EventKind } from "../events/movement-event.ts";
import type { Interval } from "../signal/intervals.ts";
import { computeKappa } from "./cohen-kappa.ts";
import { matchEvents } from "./match-events.ts";
import type { ReviewedEvent } from "./review-state.ts";

/** Agreement of two raters on one kind of event. */
export interface KindAgreement {
  readonly kind: EventKind;
  /** Events of each rater, and pairs of them. */
  readonly first: number;
  readonly second: number;
  readonly both: number;
  /** Event F1, 0-1: symmetrical, so it needs no reference; null when neither marked any. */
  readonly f1: number | null;
  /** Cohen's kappa over tenths of a second, within or without the kind; null when neither or both always. */
  readonly kappa: number | null;
}

/** Something the raters do not agree on. */
export interface Disagreement {
  readonly onset: number;
  readonly duration: number;
  readonly first: ReviewedEvent | null;
  readonly second: ReviewedEvent | null;
  readonly about: "kind" | "presence";
}

/** What two raters made of the same night: agreement by kind, and each event they see alike or otherwise. */
export interface RaterComparison {
  readonly kinds: readonly KindAgreement[];
  readonly agreed: readonly { readonly first: ReviewedEvent; readonly second: ReviewedEvent }[];
  readonly disagreements: readonly Disagreement[];
}

/** Overlap over union that makes two marks one event. */
const SAME = 0.3;
/** Marks of different kinds on the same movement need to touch this much to be argued about together. */
const TOUCHING = 0.1;
const BIN = 0.1;

/**
 * Compares two raters of one night.
 *
 * Event F1 = 2 x pairs / (events of the first + events of the second), pairs by overlap over union of at least
 * 0.3 within a kind. Kappa = (observed - expected agreement) / (1 - expected) over tenths of a second.
 *
 * *Source:* Cohen 1960, doi 10.1177/001316446002000104; event matching as in `matchEvents`. *Limits:* kappa
 * is dominated by quiet time, where agreeing is easy; read it beside F1.
 *
 * @param duration of the recording, seconds.
 */
export function compareRaters(
  first: readonly ReviewedEvent[],
  second: readonly ReviewedEvent[],
  duration: number,
): RaterComparison {
  const [a, b] = [first, second].map((events) =>
    events.filter(({ decision }) => decision !== "rejected"),
  ) as [ReviewedEvent[], ReviewedEvent[]];
  const { matches, missed, extra } = matchEvents(a, b, SAME);
  const kinds = EVENT_KINDS.map((kind) => {
    const [ours, theirs] = [a, b].map((events) => events.filter((event) => event.kind === kind));
    const both = matches.filter(({ reference }) => reference.kind === kind).length;
    const all = ours!.length + theirs!.length;
    return {
      ...{ kind, first: ours!.length, second: theirs!.length, both },
      f1: all === 0 ? null : (2 * both) / all,
      kappa: kappaOf(binsOf(ours!, duration), binsOf(theirs!, duration)),
    };
  });
  const crossed = matchEvents(missed, extra, TOUCHING, () => true);
  const disagreements = [
    ...crossed.matches.map(({ reference, detection }) => disagree(reference, detection)),
    ...crossed.missed.map((event) => disagree(event, null)),
    ...crossed.extra.map((event) => disagree(null, event)),
  ].sort((x, y) => x.onset - y.onset);
  return {
    kinds: kinds.filter(({ f1 }) => f1 !== null),
    agreed: matches.map(({ reference, detection }) => ({ first: reference, second: detection })),
    disagreements,
  };
}

function disagree(first: ReviewedEvent | null, second: ReviewedEvent | null): Disagreement {
  const { onset, duration } = (first ?? second)!;
  const about = first && second && first.kind !== second.kind ? "kind" : "presence";
  return { onset, duration, first, second, about };
}

function binsOf(events: readonly Interval[], duration: number): Uint8Array {
  const bins = new Uint8Array(Math.max(1, Math.ceil(duration / BIN)));
  for (const { onset, duration: length } of events) {
    bins.fill(1, Math.max(0, Math.floor(onset / BIN)), Math.max(0, Math.ceil((onset + length) / BIN)));
  }
  return bins;
}

/** Cohen's kappa of two yes-or-no series; null where one answer only was ever given. */
export function kappaOf(first: Uint8Array, second: Uint8Array): number | null {
  const { kappa } = computeKappa(first, second);
  return Number.isNaN(kappa) ? null : kappa;
}
