import { parse } from "csv-parse/sync";
import { type Annotation, type AnnotationSet, inOrder, known, seconds, unreadable } from "./annotation.ts";

const FORMAT = "events.tsv";
const COLUMNS = ["onset", "duration", "trial_type", "limb", "rater", "comment", "id"] as const;
/** Columns that say what an event was, the first that is there counts: Kickline's own, BIDS' own, others'. */
const KIND_COLUMNS = ["kind", "trial_type", "event_type", "label"];
const RATER_COLUMNS = ["rater", "annotator"];

/**
 * Writes annotations as a BIDS table of events: tab-separated, onset and duration first, "n/a" for what is missing.
 *
 * *Source:* BIDS specification 1.10, task events. Tabs and line breaks inside a value are written as `\t` and `\n`.
 * What kind of thing an event was stands in `trial_type`. Duration of the recording, its clock and its name have no
 * place here.
 */
export function formatBidsEvents({ annotations }: AnnotationSet): string {
  const lines = annotations.map(({ onset, duration, kind, limb, rater, comment, id }) =>
    [onset, duration, kind, limb, rater, comment, id].map(escapeCell).join("\t"),
  );
  return `${[COLUMNS.join("\t"), ...lines].join("\n")}\n`;
}

/**
 * Reads a BIDS table of events, Kickline's own `events.tsv` included.
 *
 * @throws KicklineError `annotations-unreadable` without columns of onset and kind, or where a time is no number.
 */
export function parseBidsEvents(text: string): AnnotationSet {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      ...{ columns: true, bom: true, delimiter: "\t", quote: false, skip_empty_lines: true },
      relax_column_count_less: true,
    });
  } catch (cause) {
    throw unreadable(FORMAT, "its lines are no table", cause);
  }
  const [header] = text.replace(/^\uFEFF/, "").split(/\r?\n/, 1);
  const columns = header!.split("\t");
  const kindColumn = KIND_COLUMNS.find((name) => columns.includes(name));
  const raterColumn = RATER_COLUMNS.find((name) => columns.includes(name));
  if (!columns.includes("onset") || kindColumn === undefined)
    throw unreadable(FORMAT, "it has no columns `onset` and `kind` or `trial_type`");
  const annotations = rows.map((row, i): Annotation => {
    const cell = (name: string | undefined) => {
      const text = known(name === undefined ? undefined : row[name]);
      return text === undefined ? undefined : unescapeCell(text);
    };
    const where = `line ${i + 2}`;
    return {
      onset: seconds(cell("onset"), FORMAT, where),
      duration: seconds(cell("duration") ?? "0", FORMAT, where),
      kind: cell(kindColumn) ?? "n/a",
      ...{ limb: noLimb(cell("limb")), rater: cell(raterColumn), comment: cell("comment"), id: cell("id") },
    };
  });
  return { annotations: inOrder(annotations), duration: NaN };
}

function noLimb(limb: string | undefined): string | undefined {
  return limb === "none" ? undefined : limb;
}

function escapeCell(value: string | number | undefined): string {
  if (value === undefined || value === "" || Number.isNaN(value)) return "n/a";
  const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
  return String(value).replace(/[\\\t\n\r]/g, (letter) => escapes[letter]!);
}

function unescapeCell(text: string): string {
  const letters: Readonly<Record<string, string>> = { "\\": "\\", t: "\t", n: "\n", r: "\r" };
  return text.replace(/\\([\\tnr])/g, (_, letter: string) => letters[letter]!);
}
