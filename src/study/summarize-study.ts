import { rm } from "node:fs/promises";
import { readAhead, workInLanes } from "../night/lanes.ts";
import { formatCell } from "../report/formats/events-tsv.ts";
import { publishFiles, removeFiles, STUDY_FILES } from "../store/study-folder.ts";
import { openStorage } from "../store/study-storage.ts";
import { makeWorkFolder } from "../store/work-folder.ts";
import { VERSION } from "../version.ts";
import { describeDataset } from "./describe-dataset.ts";
import { renderQualityPage } from "./html/quality-page.ts";
import { renderStudyPage } from "./html/study-page.ts";
import { countStates, type LedgerEntry, type NightState } from "./ledger.ts";
import type { StudyOptions } from "./study-options.ts";
import { digestOptions, READERS, readLedger, readNightOf } from "./study-store.ts";
import { TableWriter } from "./table-writer.ts";
import { EVENT_TABLE, eventRows, INDEX_TABLE, indexRows, NIGHT_TABLE, nightRow, type Row } from "./tables.ts";

const LEDGER_COLUMNS = [
  ...["participant_id", "session_id", "status", "code", "why"],
  ...["age_weeks", "files", "recording_id", "kickline", "options"],
];

/**
 * Makes a study's tables and pages from what its folder holds of each night: the same folder gives the same
 * bytes, whichever machines filled it and in what order.
 *
 * @returns how many inputs ended how.
 * @throws OutputError when the folder cannot be written to; the signal's reason when aborted.
 */
export async function summarizeStudy(
  out: string,
  options: StudyOptions,
  signal?: AbortSignal,
): Promise<Record<NightState, number>> {
  const work = await makeWorkFolder(out, "tables");
  try {
    return await summarizeIn(work, out, options, signal);
  } finally {
    await rm(work, { recursive: true, force: true }).catch(() => {});
  }
}

async function summarizeIn(
  work: string,
  out: string,
  options: StudyOptions,
  signal: AbortSignal | undefined,
): Promise<Record<NightState, number>> {
  const storage = await openStorage(out);
  const entries = await readLedger(out);
  const rows: Row[] = [];
  const events = new TableWriter(work, STUDY_FILES.events, EVENT_TABLE);
  const indices = new TableWriter(work, STUDY_FILES.indices, INDEX_TABLE);
  const rowsOf = (i: number) => readRows(out, entries[i]!, options.task);
  for await (const { night, ofEvents, ofIndices } of readAhead(entries.length, READERS, signal, rowsOf)) {
    rows.push(night);
    await events.add(ofEvents);
    await indices.add(ofIndices);
  }
  await events.finish(storage);
  await indices.finish(storage);
  const nights = new TableWriter(work, STUDY_FILES.nights, NIGHT_TABLE);
  await nights.add(rows);
  await nights.finish(storage);
  const counts = countStates(entries);
  // One for each infant: thousands of round trips to a store elsewhere, if made one by one.
  const dataset = Object.entries(describeDataset(entries));
  await workInLanes(dataset.length, READERS, signal, (i) => storage.put(...dataset[i]!));
  await publishFiles(out, {
    [STUDY_FILES.ledger]: formatLedger(rows),
    [STUDY_FILES.quality]: renderQualityPage(rows, VERSION),
    [STUDY_FILES.page]: renderStudyPage({
      ...{ rows, counts, version: VERSION },
      optionsDigest: digestOptions(options),
    }),
  });
  return counts;
}

/** What the tables need of a night: its report is many times larger. */
async function readRows(out: string, entry: LedgerEntry, task: string) {
  const isThere = entry.state === "done" || entry.state === "partial";
  const report = isThere ? await readNightOf(out, entry, task) : undefined;
  return {
    night: nightRow(entry, report),
    ofEvents: report ? eventRows(entry, report) : [],
    ofIndices: report ? indexRows(entry, report) : [],
  };
}

/** Takes away what was summed up, before nights change under it. */
export async function removeSummary(out: string): Promise<void> {
  await removeFiles(out, [STUDY_FILES.page, STUDY_FILES.quality, STUDY_FILES.ledger]);
}

function formatLedger(rows: readonly Row[]): string {
  const lines = rows.map((row) => LEDGER_COLUMNS.map((name) => formatCell(row[name] ?? null)).join("\t"));
  return `${[LEDGER_COLUMNS.join("\t"), ...lines].join("\n")}\n`;
}
