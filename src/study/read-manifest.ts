import { readFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { parse } from "csv-parse/sync";
import { KicklineError, OutputError } from "../errors.ts";
import { workInLanes } from "../night/lanes.ts";
import { VIDEO_EXTENSIONS } from "../recording/find-files.ts";
import { isTimeZone } from "../recording/time-zone.ts";
import { readText } from "../store/study-folder.ts";
import { isObjectAddress, openStorage, placeIn } from "../store/study-storage.ts";
import { parseWallClock } from "../time.ts";
import { nameOf, parseAge, type StudyInput, toLabel } from "./study-input.ts";
import { READERS } from "./study-store.ts";

const ADVICE =
  "A manifest is a table with commas, semicolons or tabs and a header line: path, and if known subject, night, started-at, time-zone, age, skip.";
const COLUMNS = ["path", "subject", "night", "started-at", "time-zone", "age", "skip"] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;
/** A row and the line it ends at: quoted cells may hold several, and empty ones lie between. */
interface Numbered {
  readonly row: Row;
  readonly line: number;
}

/**
 * Reads the table of a study's nights. Rows of the same subject and night are the files of one night, in the
 * order of the table; the clock is that of the first. Paths are relative to the manifest. "n/a" and empty cells are missing.
 *
 * @throws KicklineError `study-invalid` naming the line and what is wrong with it.
 */
export async function readManifest(path: string): Promise<StudyInput[]> {
  const refuse = (why: string, cause?: unknown) =>
    new KicklineError("study-invalid", `${path}: ${why}`, ADVICE, { cause });
  let text: string;
  try {
    text = await readTable(path);
  } catch (cause) {
    if (cause instanceof OutputError) throw cause;
    throw refuse("cannot be read", cause);
  }
  const nights = new Map<
    string,
    { readonly input: StudyInput; readonly meant: string; readonly line: number }
  >();
  const files = new Map<string, Set<string>>();
  for (const { row, line } of parseRows(text, path, refuse)) {
    const input = toInput(row, (why) => refuse(`line ${line}: ${why}`), path);
    // Names of files are the same whether capitals count or not: disks differ.
    const key = nameOf(input).toLowerCase();
    const before = nights.get(key);
    // Files are one night when the table says so, and never because their names look alike: that would mix infants.
    const meant = identityOf(row, line);
    if (before && before.meant !== meant) {
      throw refuse(
        `line ${line} would be taken for the night of line ${before.line}: name subject and night of both`,
      );
    }
    const known = files.get(key) ?? new Set();
    for (const one of input.paths) {
      if (known.has(one)) throw refuse(`line ${line} names ${one} again: a night has each of its files once`);
      known.add(one);
    }
    files.set(key, known);
    nights.set(key, {
      ...{ input: before ? joinRows(before.input, input) : input, meant, line: before?.line ?? line },
    });
  }
  if (nights.size === 0) throw refuse("names no recording");
  const inputs = [...nights.values()].map(({ input }) => input);
  const found = new Array<StudyInput>(inputs.length);
  await workInLanes(inputs.length, READERS, undefined, async (i) => {
    found[i] = await withObjectsOf(inputs[i]!);
  });
  return found;
}

async function readTable(path: string): Promise<string> {
  if (!isObjectAddress(path)) return await readFile(path, "utf8");
  const text = await readText(dirname(path), basename(path));
  if (text === undefined) throw new Error("there is no such object");
  return text;
}

/**
 * An address that is not called like a video is a folder's: the videos right below it are meant, in natural order,
 * as in a folder of this computer. One with none stays, and is told as its night's failure.
 */
async function withObjectsOf(input: StudyInput): Promise<StudyInput> {
  if (input.skip !== undefined) return input;
  const natural = new Intl.Collator("en", { numeric: true });
  const paths: string[] = [];
  for (const path of input.paths) {
    const isFolder = isObjectAddress(path) && !VIDEO_EXTENSIONS.test(path);
    const names = isFolder ? await (await openStorage(path)).walk("") : [];
    const videos = names.filter((name) => !/^\.|\//.test(name) && VIDEO_EXTENSIONS.test(name));
    if (videos.length === 0) paths.push(path);
    else paths.push(...videos.sort(natural.compare).map((name) => placeIn(path, name)));
  }
  return { ...input, paths };
}

/** Where a path of a manifest leads: relative ones from where the manifest lies. */
function resolvePath(path: string, manifest: string): string {
  if (isAbsolute(path) || isObjectAddress(path)) return path;
  if (!isObjectAddress(manifest)) return join(dirname(manifest), path);
  return placeIn(dirname(manifest), path);
}

/** What a row says it is, as it was written; a row that names no subject is a night of its own. */
function identityOf(row: Row, line: number): string {
  const said = (name: "subject" | "night") => {
    const value = row[name]?.trim() ?? "";
    return value.toLowerCase() === "n/a" ? "" : value;
  };
  return said("subject") === "" ? `line ${line}` : JSON.stringify([said("subject"), said("night")]);
}

function parseRows(text: string, path: string, refuse: (why: string, cause?: unknown) => Error): Numbered[] {
  const [header = ""] = text.split(/\r?\n/, 1);
  const isTabbed = header.includes("\t") || path.toLowerCase().endsWith(".tsv");
  // Spreadsheets write semicolons where the comma is the decimal sign.
  const delimiter = isTabbed ? "\t" : header.includes(";") && !header.includes(",") ? ";" : ",";
  const seen = new Set<string>();
  const rename = (names: string[]) =>
    names.map((name) => {
      const known = name.trim().toLowerCase().replaceAll("_", "-").replaceAll(" ", "-");
      if (!(COLUMNS as readonly string[]).includes(known)) throw refuse(`has an unknown column "${name}"`);
      if (seen.has(known)) throw refuse(`has the column "${known}" twice`);
      seen.add(known);
      return known;
    });
  try {
    const how = { delimiter, bom: true, trim: true, skip_empty_lines: true, info: true } as const;
    const rows: { record: Row; info: { lines: number } }[] = parse(text, { ...how, columns: rename });
    return rows.map(({ record, info }) => ({ row: record, line: info.lines }));
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
  const timeZone = read("time-zone");
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw refuse(`time-zone "${timeZone}" is not a name such as Europe/Berlin`);
  const age = read("age");
  const ageWeeks = age === undefined ? undefined : parseAge(age);
  if (age !== undefined && ageWeeks === undefined)
    throw refuse(`age "${age}" is not an age such as 12w, 90d, 3m or 0.5y`);
  const stem = path.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
  return {
    subject: toLabel((read("subject") ?? stem).replace(/^sub-/, "")),
    night: toLabel((read("night") ?? "01").replace(/^ses-/, "")),
    paths: [resolvePath(path, manifest)],
    ...{ startedAt, timeZone, ageWeeks, skip: read("skip") },
  };
}

/** A further file of the same night: what an earlier row says holds. When it began is not when the night did. */
function joinRows(first: StudyInput, next: StudyInput): StudyInput {
  return {
    ...first,
    paths: [...first.paths, ...next.paths],
    timeZone: first.timeZone ?? next.timeZone,
    ageWeeks: first.ageWeeks ?? next.ageWeeks,
    skip: first.skip ?? next.skip,
  };
}
