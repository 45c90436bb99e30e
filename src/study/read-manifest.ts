import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { parse } from "csv-parse/sync";
import { KicklineError } from "../errors.ts";
import { isObjectAddress } from "../store/study-storage.ts";
import { parseWallClock } from "../time.ts";
import { nameOf, parseAge, type StudyInput, toLabel } from "./study-input.ts";

const ADVICE =
  "A manifest is a CSV or TSV with a header line: path, and if known subject, night, started-at, time-zone, age, skip.";
const COLUMNS = ["path", "subject", "night", "started-at", "time-zone", "age", "skip"] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

/**
 * Reads the table of a study's nights. Rows of the same subject and night are the files of one night, in the
 * order of the table. Paths are relative to the manifest. "n/a" and empty cells are missing.
 *
 * @throws KicklineError `study-invalid` naming the line and what is wrong with it.
 */
export async function readManifest(path: string): Promise<StudyInput[]> {
  const refuse = (why: string, cause?: unknown) =>
    new KicklineError("study-invalid", `${path}: ${why}`, ADVICE, { cause });
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw refuse("cannot be read", cause);
  }
  const nights = new Map<
    string,
    { readonly input: StudyInput; readonly meant: string; readonly line: number }
  >();
  for (const [i, row] of parseRows(text, path, refuse).entries()) {
    const line = i + 2;
    const input = toInput(row, (why) => refuse(`line ${line}: ${why}`), path);
    const before = nights.get(nameOf(input));
    // Files are one night when the table says so, and never because their names look alike: that would mix infants.
    const meant = identityOf(row, line);
    if (before && before.meant !== meant) {
      throw refuse(
        `line ${line} would be taken for the night of line ${before.line}: name subject and night of both`,
      );
    }
    nights.set(nameOf(input), {
      ...{ input: before ? joinRows(before.input, input) : input, meant, line: before?.line ?? line },
    });
  }
  if (nights.size === 0) throw refuse("names no recording");
  return [...nights.values()].map(({ input }) => input);
}

/** What a row says it is, as it was written; a row that names no subject is a night of its own. */
function identityOf(row: Row, line: number): string {
  const said = (name: "subject" | "night") => {
    const value = row[name]?.trim() ?? "";
    return value.toLowerCase() === "n/a" ? "" : value;
  };
  return said("subject") === "" ? `line ${line}` : JSON.stringify([said("subject"), said("night")]);
}

function parseRows(text: string, path: string, refuse: (why: string, cause?: unknown) => Error): Row[] {
  const [header = ""] = text.split(/\r?\n/, 1);
  const delimiter = header.includes("\t") || path.toLowerCase().endsWith(".tsv") ? "\t" : ",";
  const rename = (names: string[]) =>
    names.map((name) => {
      const known = name.trim().toLowerCase().replaceAll("_", "-").replaceAll(" ", "-");
      if (!(COLUMNS as readonly string[]).includes(known)) throw refuse(`has an unknown column "${name}"`);
      return known;
    });
  try {
    return parse(text, { columns: rename, delimiter, bom: true, trim: true, skip_empty_lines: true });
  } catch (cause) {
    if (cause instanceof KicklineError) throw cause;
    throw refuse(cause instanceof Error ? cause.message : "is no table", cause);
  }
}

function toInput(row: Row, refuse: (why: string) => Error, manifest: string): StudyInput {
  const read = (name: (typeof COLUMNS)[number]) => {
    const value = row[name]?.trim() ?? "";
    return value === "" || value.toLowerCase() === "n/a" ? undefined : value;
  };
  const path = read("path");
  if (path === undefined) throw refuse("names no path");
  const startedAt = read("started-at");
  if (startedAt !== undefined && !parseWallClock(startedAt))
    throw refuse(`started-at "${startedAt}" is not a time such as 2026-11-22T21:30:00`);
  const age = read("age");
  const ageWeeks = age === undefined ? undefined : parseAge(age);
  if (age !== undefined && ageWeeks === undefined)
    throw refuse(`age "${age}" is not an age such as 12w, 90d, 3m or 0.5y`);
  const stem = path.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
  return {
    subject: toLabel((read("subject") ?? stem).replace(/^sub-/, "")),
    night: toLabel((read("night") ?? "01").replace(/^ses-/, "")),
    paths: [isAbsolute(path) || isObjectAddress(path) ? path : join(dirname(manifest), path)],
    ...{ startedAt, timeZone: read("time-zone"), ageWeeks, skip: read("skip") },
  };
}

/** A further file of the same night: what the first row says holds. */
function joinRows(first: StudyInput, next: StudyInput): StudyInput {
  return {
    ...first,
    paths: [...first.paths, ...next.paths],
    startedAt: first.startedAt ?? next.startedAt,
    ageWeeks: first.ageWeeks ?? next.ageWeeks,
    skip: first.skip ?? next.skip,
  };
}
