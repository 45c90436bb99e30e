import { createHash } from "node:crypto";
import { KicklineError, OutputError } from "../errors.ts";
import { workInLanes } from "../night/lanes.ts";
import { type NightReport, nightReportSchema } from "../report/night-report.ts";
import { nightPlace, publishFiles, readText, STUDY_FILES } from "../store/study-folder.ts";
import { openStorage, placeIn } from "../store/study-storage.ts";
import { VERSION } from "../version.ts";
import { type LedgerEntry, ledgerEntrySchema } from "./ledger.ts";
import { parseStudyOptions, type StudyOptions } from "./study-options.ts";

/** A digest of everything in the options that changes a result. */
export function digestOptions({ analysis, task, thumbnails, clips }: StudyOptions): string {
  return createHash("sha256")
    .update(JSON.stringify({ analysis, task, thumbnails, clips }))
    .digest("hex")
    .slice(0, 16);
}

/** The options a study was made with, as its folder holds them; undefined for a folder that is no study. */
export async function readStudyOptions(out: string): Promise<StudyOptions | undefined> {
  const text = await readText(out, STUDY_FILES.options);
  if (text === undefined) return undefined;
  const { options } = parseJson(text, `${out}/${STUDY_FILES.options}`) as { options?: unknown };
  return parseStudyOptions(options);
}

export async function writeStudyOptions(out: string, options: StudyOptions): Promise<void> {
  const content = { kickline: VERSION, digest: digestOptions(options), options };
  await publishFiles(out, { [STUDY_FILES.options]: `${JSON.stringify(content, null, 2)}\n` });
}

/** What became of one input; undefined when it was not worked on yet. */
export async function readEntry(
  out: string,
  { subject, night }: Pick<LedgerEntry, "subject" | "night">,
): Promise<LedgerEntry | undefined> {
  const { entry } = nightPlace(subject, night, "x");
  const text = await readText(out, entry);
  return text === undefined ? undefined : parseEntry(text, `${out}/${entry}`);
}

export async function writeEntry(out: string, entry: LedgerEntry): Promise<void> {
  const place = nightPlace(entry.subject, entry.night, "x").entry;
  await publishFiles(out, { [place]: `${JSON.stringify(entry, null, 1)}\n` });
}

/** Small files read side by side: each is a round trip to a store elsewhere. */
export const READERS = 16;

/** Every entry of a study, by subject and night. */
export async function readLedger(out: string): Promise<LedgerEntry[]> {
  const storage = await openStorage(out);
  const places = (await storage.walk(STUDY_FILES.entries)).filter((place) => place.endsWith(".json"));
  const entries = new Array<LedgerEntry | undefined>(places.length);
  await workInLanes(places.length, READERS, undefined, async (i) => {
    const place = places[i]!;
    const bytes = await storage.read(place);
    // Gone since it was listed: somebody analyses that night again.
    if (bytes) entries[i] = parseEntry(new TextDecoder().decode(bytes), placeIn(out, place));
  });
  return entries.filter((entry) => entry !== undefined);
}

/** The report of a night that is done or partial. */
export async function readNightOf(
  out: string,
  { subject, night }: Pick<LedgerEntry, "subject" | "night">,
  task: string,
): Promise<NightReport | undefined> {
  const { report } = nightPlace(subject, night, task);
  const text = await readText(out, report);
  if (text === undefined) return undefined;
  const parsed = nightReportSchema.safeParse(parseJson(text, `${out}/${report}`));
  return parsed.success ? parsed.data : undefined;
}

function parseEntry(text: string, path: string): LedgerEntry {
  const parsed = ledgerEntrySchema.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  throw broken(path);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken(path, cause);
  }
}

function broken(path: string, cause?: unknown): KicklineError {
  return new KicklineError(
    "study-invalid",
    `${path} is not as this version writes it`,
    "Remove the file, and give the same batch command again: its night is analysed again.",
    { cause },
  );
}

/** What cannot be read is not there; a store that is away may well hold it, and hours of work would be done again. */
export function unlessAway(error: unknown): undefined {
  if (error instanceof OutputError) throw error;
}
