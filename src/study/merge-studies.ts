import { KicklineError } from "../errors.ts";
import { nightPlace } from "../store/study-folder.ts";
import { openStorage } from "../store/study-storage.ts";
import type { LedgerEntry } from "./ledger.ts";
import { nameOf } from "./study-input.ts";
import type { StudyOptions } from "./study-options.ts";
import {
  digestOptions,
  readEntry,
  readLedger,
  readStudyOptions,
  writeEntry,
  writeStudyOptions,
} from "./study-store.ts";

/**
 * Joins studies that were made apart, by several machines or at several times, into one folder. Nights are
 * copied, each complete or not at all; what is there already is kept. The same night in two studies must have
 * ended the same.
 *
 * @returns the options of the joined study.
 * @throws KicklineError `study-invalid` for folders that are no studies, were made with different options, or
 * disagree about a night.
 */
export async function mergeStudies(studies: readonly string[], out: string): Promise<StudyOptions> {
  let options: StudyOptions | undefined;
  for (const study of studies) {
    const own = await readStudyOptions(study);
    if (!own) throw refuse(`${study} holds no study`);
    options ??= own;
    if (digestOptions(own) !== digestOptions(options))
      throw refuse(`${study} was made with other options than ${studies[0]}`);
  }
  if (!options) throw refuse("no study was given");
  const there = await readStudyOptions(out);
  if (there && digestOptions(there) !== digestOptions(options))
    throw refuse(`${out} holds a study with other options`);
  await writeStudyOptions(out, options);
  for (const study of studies.filter((one) => one !== out)) {
    for (const entry of await readLedger(study)) await takeNight(study, out, entry, options.task);
  }
  return options;
}

async function takeNight(from: string, out: string, entry: LedgerEntry, task: string): Promise<void> {
  const before = await readEntry(out, entry);
  const isWhole = (one: LedgerEntry) => one.state === "done" || one.state === "partial";
  if (before && JSON.stringify(before) !== JSON.stringify(entry)) {
    if (isWhole(before) && isWhole(entry)) throw disagree(before, entry, from);
    // One machine failed where another came through.
    if (isWhole(before)) return;
  } else if (before) return;
  const { folder, milestones } = nightPlace(entry.subject, entry.night, task);
  for (const name of [folder, milestones]) await copyWhole(from, out, name);
  await writeEntry(out, entry);
}

/** Piece by piece; the night counts as there only when its entry is, which is written last. */
async function copyWhole(from: string, out: string, name: string): Promise<void> {
  const [source, target] = [await openStorage(from), await openStorage(out)];
  await target.remove(name);
  for (const file of await source.walk(name)) {
    const content = await source.read(file);
    if (content) await target.put(file, content);
  }
}

/** The same infant and night, and yet another film, another place of it, or another age. */
function disagree(before: LedgerEntry, entry: LedgerEntry, from: string): KicklineError {
  const differ = Object.keys(entry).filter((name) => {
    const key = name as keyof LedgerEntry;
    return JSON.stringify(before[key]) !== JSON.stringify(entry[key]);
  });
  return new KicklineError(
    "study-invalid",
    `${from} and the studies before it disagree about ${nameOf(entry)}: ${differ.join(", ")}`,
    "Where it is another night, name it otherwise; where it is the same, analyse it from the same list in both, or leave it out of one.",
  );
}

function refuse(why: string): KicklineError {
  return new KicklineError(
    "study-invalid",
    why,
    "Give folders that `kickline batch --out` wrote with the same options.",
  );
}
