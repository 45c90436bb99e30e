import { KicklineError } from "../../errors.ts";
import type { NightReport } from "../../report/night-report.ts";
import type { Interval } from "../../signal/intervals.ts";

/** One thing somebody or something marked in a recording: the common ground of all formats of annotations. */
export interface Annotation extends Interval {
  /** What it was called; of a machine's events one of the kinds of events. */
  readonly kind: string;
  /** Which part of the body; undefined when not told. */
  readonly limb?: string | undefined;
  /** Who marked it; undefined when not told. */
  readonly rater?: string | undefined;
  readonly comment?: string | undefined;
  readonly id?: string | undefined;
}

/** The annotations of one recording, in order of onset. Times are seconds from its start. */
export interface AnnotationSet {
  readonly annotations: readonly Annotation[];
  /** Seconds; NaN when the format does not tell. */
  readonly duration: number;
  /** Clock at the recording's start, as `2026-11-22T21:30:00`; undefined when not known. */
  readonly startedAt?: string | undefined;
  /** Name of the film, without folder. */
  readonly media?: string | undefined;
}

/** The rater's name under which Kickline's own events are written. */
export const MACHINE = "kickline";

/** The events of a night as annotations: the machine's view, each with its one sentence. */
export function annotationsOf({ events, recording }: NightReport): AnnotationSet {
  return {
    annotations: events.map(({ id, onset, duration, kind, limb, evidence }) => ({
      ...{ id, onset, duration, kind, rater: MACHINE, comment: evidence.because },
      limb: limb === "none" ? undefined : limb,
    })),
    duration: recording.duration,
    startedAt: recording.startedAt ?? undefined,
    media: recording.files[0]?.name,
  };
}

/** The same annotations in order of onset, then of end, kind and id. */
export function inOrder(annotations: readonly Annotation[]): Annotation[] {
  return [...annotations].sort(
    (a, b) =>
      a.onset - b.onset ||
      a.duration - b.duration ||
      a.kind.localeCompare(b.kind, "en") ||
      (a.id ?? "").localeCompare(b.id ?? "", "en"),
  );
}

const LABEL = /^(.*) \((left leg|right leg|both legs|arm|head|body|unseen)\)$/s;

/** One text for formats that have room for one: "tremor-like (left leg)". */
export function labelOf({ kind, limb }: Annotation): string {
  return limb === undefined ? kind : `${kind} (${limb})`;
}

/** Takes such a text apart; a text of somebody else's is a kind as it stands. */
export function readLabel(label: string): Pick<Annotation, "kind" | "limb"> {
  const match = LABEL.exec(label);
  return match ? { kind: match[1]!, limb: match[2]! } : { kind: label };
}

/** Text of a cell or element: undefined for what means nothing. */
export function known(text: string | undefined): string | undefined {
  return text === undefined || text === "" || text === "n/a" ? undefined : text;
}

/** What cannot be read as the format it is said to be. */
export function unreadable(format: string, what: string, cause?: unknown): KicklineError {
  return new KicklineError(
    "annotations-unreadable",
    `this is no ${format} that can be read: ${what}`,
    "Check that the file is whole and of that format; `kickline convert --help` lists the formats.",
    { cause },
  );
}

/** A time or a length that must be a number. */
export function seconds(text: string | undefined, format: string, where: string): number {
  const value = text === undefined || text.trim() === "" ? NaN : Number(text);
  if (!Number.isFinite(value))
    throw unreadable(format, `${where} is no time in seconds: ${text ?? "nothing"}`);
  return value;
}
