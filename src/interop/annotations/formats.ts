import { type AnnotationSet, unreadable } from "./annotation.ts";
import { formatBidsEvents, parseBidsEvents } from "./bids-events.ts";
import { formatBorisProject, parseBorisProject } from "./boris-project.ts";
import { formatBorisTabular, parseBorisTabular } from "./boris-tabular.ts";
import { formatEdfPlus, parseEdfPlus } from "./edf-plus.ts";
import { formatElan, parseElan } from "./elan.ts";
import { formatLegMovementEdf } from "./leg-movement-edf.ts";
import { formatWebVtt, parseWebVtt } from "./webvtt.ts";

/** Names of the formats of annotations. */
export const ANNOTATION_FORMATS = [
  ...["bids", "edf", "edf-leg-movements", "boris-table", "boris-project", "elan", "webvtt"],
] as const;
/** Formats of annotations that are written and read; see docs/formats.md for what each carries. */
export type AnnotationFormat =
  | "bids"
  | "edf"
  | "edf-leg-movements"
  | "boris-table"
  | "boris-project"
  | "elan"
  | "webvtt";

/** What some of the formats can be told beside the annotations. */
export interface AnnotationFormatOptions {
  /** Which observation of a file of BORIS is meant, or what the one written is called. */
  readonly observation?: string;
  /** Which kinds count as leg movements (`edf-leg-movements`). */
  readonly isLegMovement?: (kind: string) => boolean;
}

const ENDINGS: readonly [ending: RegExp, format: AnnotationFormat][] = [
  [/\.edf$/i, "edf"],
  [/\.boris$/i, "boris-project"],
  [/\.eaf$/i, "elan"],
  [/\.vtt$/i, "webvtt"],
  [/boris[^/\\]*\.(tsv|csv|txt)$/i, "boris-table"],
  [/\.tsv$/i, "bids"],
  [/\.csv$/i, "boris-table"],
];

/** Seconds of a year: one wrong time beyond it would make tables of any size. */
const LATEST = 366 * 24 * 3600;

/** The format a file's name stands for; undefined when it says nothing. */
export function annotationFormatOf(name: string): AnnotationFormat | undefined {
  return ENDINGS.find(([ending]) => ending.test(name))?.[1];
}

/**
 * Reads annotations of a format.
 *
 * @throws KicklineError `annotations-unreadable`.
 */
export function parseAnnotations(
  bytes: Uint8Array,
  format: AnnotationFormat,
  options: AnnotationFormatOptions = {},
): AnnotationSet {
  const set = parse(bytes, format, options);
  const wrong = set.annotations.find(({ onset, duration }) => !(Number.isFinite(onset) && duration >= 0));
  if (wrong) throw unreadable(format, `"${wrong.kind}" at ${wrong.onset} s ends before it begins`);
  const late = set.annotations.find(({ onset, duration }) => !(Math.abs(onset) + duration <= LATEST));
  if (late) throw unreadable(format, `"${late.kind}" at ${late.onset} s is beyond any recording`);
  return set;
}

function parse(bytes: Uint8Array, format: AnnotationFormat, options: AnnotationFormatOptions): AnnotationSet {
  if (format === "edf" || format === "edf-leg-movements") return parseEdfPlus(bytes);
  const text = decode(bytes, format);
  if (format === "elan") return parseElan(text);
  if (format === "webvtt") return parseWebVtt(text);
  if (format === "boris-project") return parseBorisProject(text, options.observation);
  // Both are tables with a line of names, and a `.tsv` may be either.
  return /(^|[\t,"])Behavior([\t,"\r\n]|$)/m.test(text)
    ? parseBorisTabular(text, options.observation)
    : parseBidsEvents(text);
}

function decode(bytes: Uint8Array, format: AnnotationFormat): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(format, "it is no text in UTF-8; save it as UTF-8, and check that it is whole", cause);
  }
}

/** Writes annotations in a format. */
export function formatAnnotations(
  set: AnnotationSet,
  format: AnnotationFormat,
  options: AnnotationFormatOptions = {},
): Uint8Array {
  const { observation, isLegMovement = () => true } = options;
  const boris = observation === undefined ? {} : { observation };
  const text = (written: string) => new TextEncoder().encode(written);
  switch (format) {
    case "edf":
      return formatEdfPlus(set);
    case "edf-leg-movements":
      return formatLegMovementEdf(set, isLegMovement);
    case "boris-table":
      return text(formatBorisTabular(set, boris));
    case "boris-project":
      return text(formatBorisProject(set, boris));
    case "elan":
      return text(formatElan(set));
    case "webvtt":
      return text(formatWebVtt(set));
    case "bids":
      return text(formatBidsEvents(set));
  }
}
