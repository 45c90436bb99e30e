import type { Issue } from "../issues.ts";
import { type Ffmpeg, findFfmpeg } from "../media/ffmpeg.ts";
import type { ModelIdentity } from "../pose/pose-estimator.ts";
import { findFiles } from "../recording/find-files.ts";
import { fingerprintFile, sizeOfFile } from "../recording/fingerprint.ts";
import { type OpenRecordingOptions, openRecording } from "../recording/open-recording.ts";
import type { Recording } from "../recording/recording.ts";
import { VERSION } from "../version.ts";
import { type Journal, type JournalKeeper, NO_JOURNAL } from "./journal.ts";

/** A recording that was opened and probed. */
export interface Opened {
  readonly ffmpeg: Ffmpeg;
  readonly recording: Recording;
  readonly issues: readonly Issue[];
  /** Of poses or an estimator that the caller gave, or an added model; undefined for one that comes with this package. */
  readonly model: ModelIdentity | undefined;
}

/** What was asked, and what the files were then: the same again gives the same. */
interface Asked {
  readonly startedAt: string | undefined;
  readonly timeZone: string | undefined;
  readonly files: readonly { readonly path: string; readonly hash: string }[];
}

interface KeptOpening extends Opened {
  /** Absent when it cannot be taken up again. */
  readonly asked?: Asked;
}

export interface OpenNightCall extends OpenRecordingOptions {
  readonly model: ModelIdentity | undefined;
  readonly journal?: JournalKeeper | undefined;
}

/** Name of the piece that holds what was opened, and the journal it lies in. */
const OPENED = "recording";
const openingsOf = (keeper: JournalKeeper): Journal => keeper.at(["opened", VERSION]);

/**
 * Opens a recording, and keeps in the journal what parts and late stages need of its files. When the journal has
 * it, and the files are still the same by their fingerprints, their packets are not listed again: of a long
 * night in one file that saves reading the whole of it.
 *
 * @throws as {@link openRecording} does.
 */
export async function openNight(paths: readonly string[], call: OpenNightCall): Promise<Opened> {
  const { model, journal: keeper = NO_JOURNAL, ...options } = call;
  const ffmpeg = await findFfmpeg();
  const journal = openingsOf(keeper);
  const kept = (await journal.read(OPENED)) as KeptOpening | undefined;
  if (kept && (await isSame(kept, ffmpeg, paths, call))) {
    const { recording, issues } = kept;
    return { ffmpeg, recording, issues, model };
  }
  const opened: Opened = { ffmpeg, ...(await openRecording(ffmpeg, paths, options)), model };
  await journal.write(OPENED, { ...opened, ...(await describeAsked(opened, paths, call)) });
  return opened;
}

/** What an earlier run opened; undefined when this version has opened nothing there. */
export async function recallOpened(keeper: JournalKeeper): Promise<Opened | undefined> {
  return (await openingsOf(keeper).read(OPENED)) as Opened | undefined;
}

async function isSame(
  kept: KeptOpening,
  ffmpeg: Ffmpeg,
  paths: readonly string[],
  { startedAt, timeZone, model, signal }: OpenNightCall,
): Promise<boolean> {
  const { asked } = kept;
  if (!asked || kept.ffmpeg.version !== ffmpeg.version) return false;
  if (asked.startedAt !== startedAt || asked.timeZone !== timeZone) return false;
  if (JSON.stringify(kept.model) !== JSON.stringify(model)) return false;
  const files = findFiles(paths);
  if (files.length !== asked.files.length) return false;
  for (const [i, { path, hash }] of asked.files.entries()) {
    signal?.throwIfAborted();
    if (files[i] !== path || (await fingerprint(path)) !== hash) return false;
  }
  return true;
}

/** Films that were rebuilt lie in a folder that is gone by then, and depend on more than the files. */
async function describeAsked(
  { recording, issues }: Opened,
  paths: readonly string[],
  { startedAt, timeZone, reference }: OpenNightCall,
): Promise<{ asked: Asked } | Record<string, never>> {
  if (reference !== undefined || issues.some(({ code }) => code === "file-rebuilt")) return {};
  const known = new Map(recording.files.map(({ path, hash }) => [path, hash]));
  const files: { path: string; hash: string }[] = [];
  for (const path of findFiles(paths)) {
    const hash = known.get(path) ?? (await fingerprint(path));
    if (hash === undefined) return {};
    files.push({ path, hash });
  }
  return { asked: { startedAt, timeZone, files } };
}

async function fingerprint(path: string): Promise<string | undefined> {
  try {
    return await fingerprintFile(path, await sizeOfFile(path));
  } catch {
    return undefined;
  }
}
