import { parse } from "csv-parse/sync";
import { type Annotation, type AnnotationSet, inOrder, known, seconds, unreadable } from "./annotation.ts";
import { pairStates, type StateChange } from "./pair-states.ts";

const FORMAT = "BORIS table of events";
const COLUMNS = [
  ...["Observation id", "Observation date", "Description", "Media file", "Total length", "FPS", "Subject"],
  ...["Behavior", "Behavioral category", "Modifiers", "Behavior type", "Start (s)", "Stop (s)"],
  ...["Duration (s)", "Comment start", "Comment stop"],
] as const;
export const SUBJECT = "infant";

export interface BorisOptions {
  /** Name of the observation. Default: the film's name. */
  readonly observation?: string;
}

/**
 * Writes annotations as the table that BORIS exports as "aggregated events" (one line an event, tab-separated): what an
 * event was is the behavior, the limb its modifier, the rater its category.
 *
 * *Source:* the columns of BORIS 7 and 8 as its own tests hold them (github.com/olivierfriard/BORIS). An event without
 * duration is a POINT.
 */
export function formatBorisTabular(set: AnnotationSet, options: BorisOptions = {}): string {
  const { startedAt = "", media = "", duration } = set;
  const observation = options.observation ?? (media === "" ? "recording" : media);
  const length = Number.isNaN(duration) ? "NA" : duration.toFixed(3);
  const lines = set.annotations.map((annotation) => {
    const { onset, kind, limb = "", rater = "", comment = "" } = annotation;
    const isPoint = annotation.duration === 0;
    return [
      ...[observation, startedAt.replace("T", " "), "", media, length, "NA", SUBJECT, kind, rater, limb],
      ...[isPoint ? "POINT" : "STATE", exact(onset), exact(onset + annotation.duration)],
      ...[isPoint ? "NA" : exact(annotation.duration), comment, ""],
    ].map(plain);
  });
  return `${[COLUMNS, ...lines].map((cells) => cells.join("\t")).join("\n")}\n`;
}

/**
 * Reads a table of events exported by BORIS: "aggregated events" (one line an event) or "tabular events" (a line where a state
 * starts and one where it stops), tab- or comma-separated, with or without the lines about the observation before it.
 *
 * @param observation which of several; may be left out where there is but one.
 * @throws KicklineError `annotations-unreadable` for other tables, several observations without a name, and a state that
 * never stops.
 */
export function parseBorisTabular(text: string, observation?: string): AnnotationSet {
  const delimiter = text.split("\n", 1)[0]!.includes("\t") || !text.includes(",") ? "\t" : ",";
  let rows: string[][];
  try {
    rows = parse(text, {
      ...{ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true },
      ...(delimiter === "\t" ? { quote: false } : {}),
    });
  } catch (cause) {
    throw unreadable(FORMAT, "its lines are no table", cause);
  }
  const head = rows.findIndex((cells) => cells.includes("Behavior"));
  if (head === -1) throw unreadable(FORMAT, "no column is named `Behavior`");
  const columns = rows[head]!;
  const cellOf = (cells: readonly string[], ...names: readonly string[]) => {
    const name = names.find((one) => columns.includes(one));
    return known(name === undefined ? undefined : cells[columns.indexOf(name)]);
  };
  const body = ofObservation(rows.slice(head + 1), columns.indexOf("Observation id"), observation);
  const isAggregated = columns.includes("Start (s)");
  const annotations = isAggregated
    ? body.map((cells, i): Annotation => {
        const where = `line ${head + i + 2}`;
        const onset = seconds(cellOf(cells, "Start (s)"), FORMAT, where);
        const stop = seconds(cellOf(cells, "Stop (s)") ?? String(onset), FORMAT, where);
        return { onset, duration: tidy(stop - onset), ...readCells(cells, cellOf) };
      })
    : pairStates(
        body.map(
          (cells, i): StateChange => ({
            time: seconds(cellOf(cells, "Time"), FORMAT, `line ${head + i + 2}`),
            what: readCells(cells, cellOf),
            status: statusOf(cellOf(cells, "Status", "Behavior type")),
          }),
        ),
        FORMAT,
      );
  const first = body[0] ?? [];
  const length = Number(cellOf(first, "Total length", "Media duration (s)"));
  const media = cellOf(first, "Media file", "Media file path", "Media file name");
  const date = cellOf(first, "Observation date")?.replace(" ", "T");
  return {
    annotations: inOrder(annotations),
    duration: Number.isFinite(length) && length > 0 ? length : NaN,
    ...{ startedAt: date, media: media?.split(/[\\/]/).at(-1) },
  };
}

type CellOf = (cells: readonly string[], ...names: readonly string[]) => string | undefined;

/** Recordings that lie in one table must not be taken for one. */
function ofObservation(rows: string[][], column: number, wanted: string | undefined): string[][] {
  const names = column < 0 ? [] : [...new Set(rows.map((cells) => cells[column] ?? ""))];
  if (names.length < 2) return rows;
  if (wanted === undefined || !names.includes(wanted))
    throw unreadable(FORMAT, `name one of its observations (--observation NAME): ${names.join(", ")}`);
  return rows.filter((cells) => cells[column] === wanted);
}

function readCells(cells: readonly string[], cellOf: CellOf): Omit<Annotation, "onset" | "duration"> {
  return {
    kind: cellOf(cells, "Behavior") ?? "n/a",
    limb: cellOf(cells, "Modifiers", "Modifier #1")?.replace(/^None$/, "") || undefined,
    rater: cellOf(cells, "Behavioral category"),
    comment: cellOf(cells, "Comment start", "Comment"),
  };
}

function statusOf(text: string | undefined): StateChange["status"] {
  return text === "START" || text === "STOP" ? text : "POINT";
}

/** Times as short as they can be without loss: a table that is read again gives the same ones. */
function exact(value: number): string {
  return String(tidy(value));
}

/** Differences of decimal times have a tail of rounding. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}

function plain(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}
