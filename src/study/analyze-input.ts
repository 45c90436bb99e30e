import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Analysis, analyzeRecording, type Progress } from "../analyze.ts";
import { isAbort, KicklineError, OutputError } from "../errors.ts";
import type { JournalKeeper } from "../night/journal.ts";
import { clipEvents, pictureEvents } from "../night/picture-events.ts";
import { rejudgeRecording } from "../night/rejudge.ts";
import {
  measurePart,
  type NightPart,
  type NightPlan,
  type PartSizes,
  planNight,
} from "../night/split-night.ts";
import { ModelError } from "../pose/model-error.ts";
import { keepPictures } from "../report/formats/read-pictures.ts";
import type { NightReport } from "../report/night-report.ts";
import { cacheFolder, type FetchedInputs, fetchInputs, translateCached } from "../store/input-cache.ts";
import { openJournalAt } from "../store/journal.ts";
import { nightPlace, publishFiles, readText, removeFiles } from "../store/study-folder.ts";
import { openStorage, placeIn } from "../store/study-storage.ts";
import { makeWorkFolder } from "../store/work-folder.ts";
import { VERSION } from "../version.ts";
import { describeContent, UNKNOWN_CONTENT } from "./describe-content.ts";
import { judgeReport, type LedgerEntry } from "./ledger.ts";
import { formatNight } from "./night-files.ts";
import { nameOf, type StudyInput } from "./study-input.ts";
import type { StudyOptions } from "./study-options.ts";
import { digestOptions, readNightOf, unlessAway, writeEntry } from "./study-store.ts";

/** One night to analyse into a study. */
export interface NightTask {
  readonly input: StudyInput;
  /** The study's folder. */
  readonly out: string;
  readonly options: StudyOptions;
  /** Cores to use. */
  readonly parallel: number;
  /** Folder that relative paths of the input are meant from, for a program elsewhere. Default: its own. */
  readonly base?: string;
  /** Study that holds this night already: only the late stages run again, from its milestones, without the video. */
  readonly stored?: StoredStudy;
}

/** Where a night lies that was measured before. */
export interface StoredStudy {
  readonly study: string;
  /** Label of the task in its file names. */
  readonly task: string;
}

export interface NightCall {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Where pieces are kept; default: the study's own milestones. */
  readonly journal?: JournalKeeper;
}

/** The entry that stands for an input before anything is known of it. */
export function blankEntry(input: StudyInput, options: StudyOptions): LedgerEntry {
  return {
    ...{ subject: input.subject, night: input.night, ageWeeks: input.ageWeeks ?? null },
    ...{ startedAt: input.startedAt ?? null, timeZone: input.timeZone ?? null },
    ...{
      paths: [...input.paths],
      ...UNKNOWN_CONTENT,
      state: "skipped",
      code: null,
      why: null,
      recordingId: null,
    },
    ...{ options: digestOptions(options), kickline: VERSION },
  };
}

/**
 * Analyses one night into its place in a study and says what became of it. Whatever is wrong with the night
 * is an entry, not an error.
 *
 * @throws OutputError when the study's folder cannot be written to; the signal's reason when aborted.
 */
export async function analyzeInput(task: NightTask, call: NightCall = {}): Promise<LedgerEntry> {
  const { input, out, options } = task;
  const blank = blankEntry(input, options);
  let entry: LedgerEntry;
  if (input.skip !== undefined) entry = { ...blank, code: "not-wanted", why: input.skip };
  else {
    try {
      const content = await describeContent(input.paths).catch((error: unknown) => {
        if (task.stored === undefined) throw error;
        return UNKNOWN_CONTENT;
      });
      entry = await analyzeInto(task, { ...blank, ...content }, call);
    } catch (error) {
      if (isAbort(error) || error instanceof OutputError) throw error;
      entry = { ...blank, state: "failed", ...explainFailure(error) };
    }
  }
  await writeEntry(out, entry);
  return entry;
}

async function analyzeInto(task: NightTask, entry: LedgerEntry, call: NightCall): Promise<LedgerEntry> {
  const { input, out, options, parallel } = task;
  const place = nightPlace(input.subject, input.night, options.task);
  const work = await makeWorkFolder(out, nameOf(input));
  let files: FetchedInputs | undefined;
  try {
    if (task.stored === undefined) files = await fetchInputs(input.paths, call.signal);
    const common = {
      ...{ options: options.analysis, parallel },
      ...(call.signal ? { signal: call.signal } : {}),
      ...(call.onProgress ? { onProgress: call.onProgress } : {}),
    };
    const analysis =
      task.stored === undefined
        ? await analyzeRecording(files!.paths, {
            ...{ ...common, rebuildIn: work },
            journal: call.journal ?? (await openJournalAt(placeIn(out, place.milestones))),
            ...(input.startedAt === undefined ? {} : { startedAt: input.startedAt }),
            ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone }),
          })
        : await rejudgeRecording(await openJournalAt(milestonesOf(input, task.stored)), common);
    await publishNight(task, analysis, work, call.signal);
    if (!options.keepMilestones && task.stored === undefined) await removeFiles(out, [place.milestones]);
    return { ...entry, ...judgeReport(analysis.report), recordingId: analysis.recording.id };
  } finally {
    await files?.release();
    await rm(work, { recursive: true, force: true }).catch(() => {});
  }
}

/** What of a night's work can be shared out now; see {@link planNight}. @throws as it does. */
export async function planInput(
  { input, out, options, parallel }: NightTask,
  sizes: PartSizes,
  call: NightCall = {},
): Promise<NightPlan> {
  const place = nightPlace(input.subject, input.night, options.task);
  const work = await makeWorkFolder(out, nameOf(input));
  let files: FetchedInputs | undefined;
  try {
    files = await fetchInputs(input.paths, call.signal);
    return await planNight(files.paths, sizes, {
      ...{ options: options.analysis, parallel, rebuildIn: work },
      journal: call.journal ?? (await openJournalAt(placeIn(out, place.milestones))),
      ...(call.signal ? { signal: call.signal } : {}),
      ...(call.onProgress ? { onProgress: call.onProgress } : {}),
      ...(input.startedAt === undefined ? {} : { startedAt: input.startedAt }),
      ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone }),
    });
  } finally {
    await files?.release();
    await rm(work, { recursive: true, force: true }).catch(() => {});
  }
}

/** Does a part of a night's work into the study's milestones; see {@link measurePart}. @throws as it does. */
export async function measureInputPart(
  { input, out, options, parallel }: NightTask,
  part: NightPart,
  call: NightCall = {},
): Promise<void> {
  const place = nightPlace(input.subject, input.night, options.task);
  const files = await fetchInputs(input.paths, call.signal);
  try {
    await measurePart(part, {
      ...{ options: options.analysis, parallel, placeOf: translateCached(input.paths, cacheFolder()) },
      journal: call.journal ?? (await openJournalAt(placeIn(out, place.milestones))),
      ...(call.signal ? { signal: call.signal } : {}),
      ...(call.onProgress ? { onProgress: call.onProgress } : {}),
    });
  } finally {
    await files.release();
  }
}

async function publishNight(
  { input, out, options, stored }: NightTask,
  analysis: Analysis,
  work: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const place = nightPlace(input.subject, input.night, options.task);
  const thumbnails = !options.thumbnails
    ? new Map<string, Uint8Array>()
    : stored === undefined
      ? await pictureEvents(analysis, signal)
      : await storedPictures(input, stored, analysis.report);
  // Without the video nothing can be cut from it.
  const isCut = stored === undefined && options.clips > 0;
  const clips = isCut ? await clipEvents(analysis, work, options.clips, signal) : [];
  signal?.throwIfAborted();
  // What an earlier run with other options left would pass for a result of this one.
  await removeFiles(out, [place.folder]);
  const storage = await openStorage(out);
  for (const name of clips) await storage.putFile(`${place.clips}/${name}`, join(work, name));
  await publishFiles(out, formatNight(analysis.report, place, thumbnails));
}

function milestonesOf({ subject, night }: StudyInput, { study, task }: StoredStudy): string {
  return placeIn(study, nightPlace(subject, night, task).milestones);
}

/** Pictures that the earlier report has of events which are still there, at the same time. */
async function storedPictures(
  input: StudyInput,
  { study, task }: StoredStudy,
  report: NightReport,
): Promise<Map<string, Uint8Array>> {
  const before = await readNightOf(study, input, task).catch(unlessAway);
  const page = await readText(study, nightPlace(input.subject, input.night, task).page);
  return before && page !== undefined ? keepPictures(page, before, report) : new Map();
}

/** Code and words of a failure, without anything that differs from run to run. */
export function explainFailure(error: unknown): { code: string; why: string } {
  if (error instanceof KicklineError || error instanceof ModelError)
    return { code: error.code, why: error.message };
  return { code: "unexpected", why: error instanceof Error ? error.message : String(error) };
}
