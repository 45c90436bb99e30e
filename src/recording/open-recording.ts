import { createHash } from "node:crypto";
import { basename } from "node:path";
import { OptionsError, RecordingError } from "../errors.ts";
import { type Issue, issue } from "../issues.ts";
import type { Ffmpeg } from "../media/ffmpeg.ts";
import { parseWallClock, secondsBetween } from "../time.ts";
import { describeClock } from "./clock.ts";
import { findFiles } from "./find-files.ts";
import { clockOf, type PlacedFiles, placeFiles } from "./place-files.ts";
import type { ProbedFile } from "./probe.ts";
import { probeFiles } from "./probe-files.ts";
import type { Recording, RecordingFile } from "./recording.ts";
import { clockChangesIn, isTimeZone, placeInZone } from "./time-zone.ts";

/** How to call {@link openRecording}. Everything may be left out. */
export interface OpenRecordingOptions {
  /** ISO 8601: the clock at the first frame; overrides what files say. */
  readonly startedAt?: string | undefined;
  /**
   * Name of the time zone it was filmed in, such as "Europe/Berlin": clock times then carry their offset, and
   * are right across a change of the clocks.
   */
  readonly timeZone?: string | undefined;
  /**
   * Where films that were never finished may be rebuilt, from a whole one among the files or `reference` (see
   * `rebuildFilm`). The recording then reads from there, so the caller removes it when all is done.
   * Without it they cannot be read.
   */
  readonly rebuildIn?: string | undefined;
  /** A whole film of the same camera, not part of the recording. */
  readonly reference?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a recording of one file or several, and lays them on one timeline (see `placeFiles`).
 *
 * @param paths files, and folders whose videos are meant (see `findFiles`).
 * @returns the recording, and the findings about its clock, gaps and timestamps, and about files among
 * several that cannot be read.
 * @throws RecordingError naming the file, when it does not exist, shows another size, or no file can be read;
 * OptionsError for a `startedAt` that is no time.
 */
export async function openRecording(
  ffmpeg: Ffmpeg,
  paths: readonly string[],
  options: OpenRecordingOptions = {},
): Promise<{ recording: Recording; issues: Issue[] }> {
  if (paths.length === 0) throw new TypeError("openRecording: at least one file is needed");
  if (options.startedAt !== undefined && !parseWallClock(options.startedAt)) {
    throw new OptionsError(
      "options-invalid",
      `startedAt: "${options.startedAt}" is not a date and time`,
      "Write it as 2026-11-22T21:30:00, with a zone if known (…+01:00).",
    );
  }
  const { timeZone } = options;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new OptionsError(
      "options-invalid",
      `timeZone: "${timeZone}" is not the name of a time zone`,
      "Write it as Europe/Berlin or America/New_York.",
    );
  }
  const { probed, unreadable, rebuilt } = await probeFiles(ffmpeg, findFiles(paths), options);
  requireOneCamera(probed);
  const layout = placeFiles(probed, timeZone);
  const files = layout.placed.map(({ file }) => file);
  const last = files.at(-1)!;
  const given =
    options.startedAt === undefined || timeZone === undefined
      ? options.startedAt
      : placeInZone(options.startedAt, timeZone);
  const startedAt = given ?? layout.start?.at;
  const duration = last.onset + last.duration;
  const changes =
    startedAt === undefined || timeZone === undefined ? [] : clockChangesIn(startedAt, duration, timeZone);
  const recording: Recording = {
    id: createHash("sha256").update(files.map(placeInId).join("\n")).digest("hex").slice(0, 16),
    files,
    startedAt,
    startedAtSource: options.startedAt === undefined ? layout.start?.source : "given",
    ...(timeZone === undefined ? {} : { timeZone, clockChanges: changes }),
    duration,
    frameRate: measureFrameRate(files),
    size: { width: last.width, height: last.height },
  };
  const issues = describeClock(
    recording,
    layout.placed.map(({ description }) => description),
  );
  for (const file of unreadable) issues.push(fileUnreadable(file, layout, timeZone));
  for (const { interlaced, onset, duration } of files)
    if (interlaced) issues.push(issue("interlaced", { onset, duration }));
  for (const { path, detail } of rebuilt) {
    const file = files.find((one) => one.path === path);
    if (file) issues.push(issue("file-rebuilt", { onset: file.onset, duration: file.duration }, detail));
  }
  for (const overlap of layout.overlaps) issues.push(issue("files-overlap", overlap));
  for (const { onset } of changes) issues.push(issue("clock-changed", { onset, duration: 0 }));
  if (startedAt === undefined) issues.push(issue("clock-unknown"));
  return { recording, issues };
}

/** The same files at other places of the night are another recording: what was kept of it must not be used. */
function placeInId({ hash, onset, skipped = 0 }: RecordingFile): string {
  return onset === 0 ? hash : `${hash} at ${onset.toFixed(3)} from ${skipped.toFixed(3)}`;
}

/** The finding for a file that could not be read, with its place where its clock tells one. */
function fileUnreadable(
  { path, error }: { path: string; error: RecordingError },
  { placed, start, isClocked }: PlacedFiles,
  timeZone: string | undefined,
): Issue {
  const why = `${error.message.replaceAll(path, basename(path))}.`;
  if (!isClocked) return issue("file-unreadable", undefined, `${why} Times after it may be too early.`);
  const clock = clockOf(path, undefined, timeZone);
  const onset = clock && secondsBetween(start!.at, clock.at);
  const next = placed.find(({ file }) => onset !== undefined && file.onset > onset);
  if (onset === undefined || onset < 0 || !next) return issue("file-unreadable", undefined, why);
  return issue("file-unreadable", { onset, duration: next.file.onset - onset }, why);
}

function requireOneCamera(files: readonly ProbedFile[]): void {
  const [first] = files;
  const other = files.find((file) => file.width !== first!.width || file.height !== first!.height);
  if (!other) return;
  throw new RecordingError(
    "recording-mixed",
    `${other.path} shows ${other.width}x${other.height}, but ${first!.path} ${first!.width}x${first!.height}`,
    "Files of one recording come from one camera at one size: analyse them apart.",
  );
}

/** Frames per second of the time that was filmed: a gap inside a file is no slow frame. */
function measureFrameRate(files: readonly RecordingFile[]): number {
  let [frames, seconds] = [0, 0];
  for (const {
    frames: { time },
    duration,
  } of files) {
    frames += time.length;
    seconds += duration;
    for (let i = 1; i < time.length; i++) {
      const step = time[i]! - time[i - 1]!;
      if (step > GAP_SECONDS && step > (GAP_INTERVALS * duration) / time.length) seconds -= step;
    }
  }
  return frames / seconds;
}

/** A pause this long, and so many times the usual interval, is a gap. */
const GAP_SECONDS = 0.5;
const GAP_INTERVALS = 5;
