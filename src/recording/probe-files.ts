import { basename } from "node:path";
import { OptionsError, RecordingError } from "../errors.ts";
import type { Ffmpeg } from "../media/ffmpeg.ts";
import type { OpenRecordingOptions } from "./open-recording.ts";
import { type ProbedFile, probeFile } from "./probe.ts";
import { discardFilm, isUnfinishedFilm, rebuildFilm } from "./rebuild/rebuild-film.ts";

interface UnreadableFile {
  readonly path: string;
  readonly error: RecordingError;
}

export interface ProbedFiles {
  readonly probed: readonly ProbedFile[];
  readonly unreadable: readonly UnreadableFile[];
  /** Those of `probed` that were rebuilt, by their new path, with what their finding says. */
  readonly rebuilt: readonly { readonly path: string; readonly detail: string }[];
}

/**
 * Probes every file; those that cannot be read are rebuilt where that can be done, else named.
 *
 * @throws RecordingError for a file that does not exist, and the first file's when none can be read;
 * OptionsError for a reference that cannot be read.
 */
export async function probeFiles(
  ffmpeg: Ffmpeg,
  paths: readonly string[],
  options: OpenRecordingOptions,
): Promise<ProbedFiles> {
  const { signal } = options;
  const reference = await probeReference(ffmpeg, options);
  const found: (ProbedFile | UnreadableFile)[] = [];
  for (const path of paths) {
    try {
      found.push(await probeFile(ffmpeg, path, signal));
    } catch (error) {
      // A wrong name is the caller's mistake; a spoilt file is the recording's, and costs its minutes only.
      const isSpoilt = error instanceof RecordingError && error.code !== "recording-missing";
      if (!isSpoilt) throw error;
      found.push({ path, error });
    }
  }
  const rebuilt: { path: string; detail: string }[] = [];
  for (const [i, file] of found.entries()) {
    if (!isUnreadable(file) || options.rebuildIn === undefined) continue;
    if (file.error.code !== "recording-unreadable" || !(await isUnfinishedFilm(file.path))) continue;
    const whole = reference ?? nearestWhole(found, i);
    const film = whole && (await rebuild(ffmpeg, file.path, whole, options.rebuildIn, signal));
    if (!film) {
      found[i] = { path: file.path, error: notRebuilt(file, whole) };
      continue;
    }
    found[i] = clockedAfter(film.file, found[i - 1]);
    rebuilt.push({ path: film.file.path, detail: film.detail });
  }
  const probed = found.filter((file): file is ProbedFile => !isUnreadable(file));
  const unreadable = found.filter(isUnreadable);
  if (probed.length === 0) throw unreadable[0]!.error;
  return { probed, unreadable, rebuilt };
}

function isUnreadable(file: ProbedFile | UnreadableFile): file is UnreadableFile {
  return "error" in file;
}

/** The whole film that lies nearest in the order given, the earlier one of two. */
function nearestWhole(
  found: readonly (ProbedFile | UnreadableFile)[],
  place: number,
): ProbedFile | undefined {
  const near = [...found.entries()].sort(([a], [b]) => Math.abs(a - place) - Math.abs(b - place));
  for (const [, file] of near) if (!isUnreadable(file) && /\bmp4\b/.test(file.container)) return file;
  return undefined;
}

async function rebuild(
  ffmpeg: Ffmpeg,
  path: string,
  whole: ProbedFile,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<{ file: ProbedFile; detail: string } | undefined> {
  const film = await rebuildFilm(path, whole, folder, signal);
  if (!film) return undefined;
  try {
    const file = await probeFile(ffmpeg, film.path, signal);
    const minutes = (file.duration / 60).toFixed(1);
    const rate = `the rate (${film.frameRate.toFixed(2)} a second) and settings of ${basename(whole.path)}`;
    return { file, detail: `${basename(path)}: ${minutes} minutes, by ${rate}.` };
  } catch (error) {
    signal?.throwIfAborted();
    await discardFilm(film.path);
    if (error instanceof RecordingError) return undefined;
    throw error;
  }
}

/** Without an index a film has no clock of its own: it began where the one before it ended. */
function clockedAfter(file: ProbedFile, before: ProbedFile | UnreadableFile | undefined): ProbedFile {
  const began = before && !isUnreadable(before) ? Date.parse(before.description.creationTime ?? "") : NaN;
  if (Number.isNaN(began)) return file;
  const creationTime = new Date(began + (before as ProbedFile).duration * 1000).toISOString();
  return { ...file, description: { ...file.description, creationTime } };
}

function notRebuilt({ path, error }: UnreadableFile, whole: ProbedFile | undefined): RecordingError {
  const advice = whole
    ? "Give a whole film of the same camera, at the same settings, with --reference."
    : "Give a whole film of the same camera with --reference: its pictures can then be found.";
  const why = whole
    ? `${path} was never finished, and no pictures like those of ${basename(whole.path)} are found in it`
    : error.message;
  return new RecordingError(error.code, why, advice, { cause: error });
}

async function probeReference(
  ffmpeg: Ffmpeg,
  { reference, signal }: OpenRecordingOptions,
): Promise<ProbedFile | undefined> {
  if (reference === undefined) return undefined;
  try {
    return await probeFile(ffmpeg, reference, signal);
  } catch (cause) {
    if (!(cause instanceof RecordingError)) throw cause;
    const advice = "Name a whole MP4 of the same camera.";
    throw new OptionsError("options-invalid", `reference: ${cause.message}`, advice, { cause });
  }
}
