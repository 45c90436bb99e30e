import { createHash } from "node:crypto";
import { basename } from "node:path";
import { OptionsError, RecordingError } from "../errors.ts";
import { type Issue, issue } from "../issues.ts";
import type { Ffmpeg } from "../media/ffmpeg.ts";
import { parseWallClock, secondsBetween } from "../time.ts";
import { describeClock } from "./clock.ts";
import { type ProbedFile, probeFile } from "./probe.ts";
import type { Recording, RecordingFile, StartedAtSource } from "./recording.ts";
import { parseContainerTime, parseFileNameTime } from "./start-time.ts";

export interface OpenRecordingOptions {
  /** ISO 8601: the clock at the first frame; overrides what files say. */
  readonly startedAt?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a recording of one file or several, in order of their clock times when all have one (else in the
 * order given), and lays them on one timeline: a file starts where its clock says, or where the one before
 * ends.
 *
 * @returns the recording, and the findings about its clock, gaps and timestamps.
 * @throws RecordingError naming the file; OptionsError for a `startedAt` that is no time.
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
  const probed: ProbedFile[] = [];
  for (const path of paths) probed.push(await probeFile(ffmpeg, path, options.signal));
  requireOneCamera(probed);
  const timed = probed.map((file) => ({ file, start: clockOf(file) }));
  const isClocked = timed.every(({ start }) => start !== undefined);
  if (isClocked && timed.length > 1) timed.sort((a, b) => secondsBetween(b.start!.at, a.start!.at)!);
  const files = placeFiles(timed, isClocked);
  const first = timed[0]!;
  const startedAt = options.startedAt ?? first.start?.at;
  const last = files.at(-1)!;
  const recording: Recording = {
    id: createHash("sha256")
      .update(files.map((file) => file.hash).join("\n"))
      .digest("hex")
      .slice(0, 16),
    files,
    startedAt,
    startedAtSource: options.startedAt === undefined ? first.start?.source : "given",
    duration: last.onset + last.duration,
    frameRate: measureFrameRate(files),
    size: { width: last.width, height: last.height },
  };
  const issues = describeClock(
    recording,
    timed.map(({ file }) => file.description),
  );
  if (startedAt === undefined) issues.push(issue("clock-unknown"));
  return { recording, issues };
}

function clockOf(file: ProbedFile): { at: string; source: StartedAtSource } | undefined {
  const named = parseFileNameTime(basename(file.path));
  if (named !== undefined) return { at: named, source: "file name" };
  const contained = parseContainerTime(file.description.creationTime);
  return contained === undefined ? undefined : { at: contained, source: "container" };
}

function placeFiles(
  timed: readonly { file: ProbedFile; start: { at: string } | undefined }[],
  isClocked: boolean,
): RecordingFile[] {
  const files: RecordingFile[] = [];
  let end = 0;
  for (const { file, start } of timed) {
    const clocked = isClocked ? secondsBetween(timed[0]!.start!.at, start!.at) : undefined;
    // Clocks in names are whole seconds: a file that seems to start inside the one before follows it.
    const onset = clocked !== undefined && clocked > end + 1 ? clocked : end;
    const { description: _, ...rest } = file;
    files.push({ ...rest, onset });
    end = onset + file.duration;
  }
  return files;
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

function measureFrameRate(files: readonly RecordingFile[]): number {
  const frames = files.reduce((sum, file) => sum + file.frames.time.length, 0);
  return frames / files.reduce((sum, file) => sum + file.duration, 0);
}
