import { basename } from "node:path";
import type { Interval } from "../signal/intervals.ts";
import { secondsBetween } from "../time.ts";
import type { ProbeDescription } from "./parse-probe.ts";
import type { ProbedFile } from "./probe.ts";
import type { FrameIndex, RecordingFile, StartedAtSource } from "./recording.ts";
import { parseContainerTime, parseFileNameTime } from "./start-time.ts";
import { placeInZone, secondInZone } from "./time-zone.ts";

/** Clocks in names are whole seconds: this much between two files, or of one inside another, is none. */
const CLOCK_SECONDS = 1;
/** A camera may say 30 frames a second and film 29.97: its files run ahead of its clock by as much. */
const CLOCK_DRIFT = 0.001;
const SAME_TIME = 1e-6;

/** A clock time and where it was read. */
export interface FileClock {
  readonly at: string;
  readonly source: StartedAtSource;
}

export interface PlacedFile {
  readonly file: RecordingFile;
  readonly description: ProbeDescription;
}

export interface PlacedFiles {
  readonly placed: readonly PlacedFile[];
  /** Of the file that comes first. */
  readonly start: FileClock | undefined;
  /** Whether all lie where their clocks say. */
  readonly isClocked: boolean;
  /** What two files both show, seconds. */
  readonly overlaps: readonly Interval[];
}

/**
 * The clock of a file: its name's, else its container's (where that could be read).
 *
 * @param timeZone the zone that names are written in, if known: the time then carries its offset.
 */
export function clockOf(
  path: string,
  creationTime: string | undefined,
  timeZone?: string,
): FileClock | undefined {
  const inZone = (at: string) => (timeZone === undefined ? at : placeInZone(at, timeZone)!);
  const named = parseFileNameTime(basename(path));
  if (named !== undefined) return { at: inZone(named), source: "file name" };
  const contained = parseContainerTime(creationTime);
  return contained === undefined ? undefined : { at: inZone(contained), source: "container" };
}

interface TimedFile {
  readonly file: ProbedFile;
  readonly start: FileClock | undefined;
}

/**
 * In autumn an hour comes twice, and names do not say which one they mean. A file that would lie on another
 * one in the first lies in the second.
 */
function laySecondHour(timed: readonly TimedFile[], timeZone: string): TimedFile[] {
  let end: { readonly at: string; readonly duration: number } | undefined;
  return timed.map((one) => {
    const { file, start } = one;
    const named = parseFileNameTime(basename(file.path));
    const second = named === undefined ? undefined : secondInZone(named, timeZone);
    const isTaken = end && secondsBetween(end.at, start!.at)! < end.duration - CLOCK_SECONDS;
    if (second !== undefined && isTaken) return { file, start: { ...start!, at: second } };
    end = { at: start!.at, duration: file.duration };
    return one;
  });
}

/**
 * Lays files on one timeline: in the order of their clocks where all have one, else in the order given. A
 * file starts where its clock says, or where the one before ends; what two files both show is taken from
 * the earlier one.
 *
 * @param timeZone the zone of the clocks in file names, if known.
 */
export function placeFiles(files: readonly ProbedFile[], timeZone?: string): PlacedFiles {
  let timed: TimedFile[] = files.map((file) => ({
    file,
    start: clockOf(file.path, file.description.creationTime, timeZone),
  }));
  const isClocked = timed.every(({ start }) => start !== undefined);
  const byClock = (a: TimedFile, b: TimedFile) => secondsBetween(b.start!.at, a.start!.at)!;
  if (isClocked) timed.sort(byClock);
  if (isClocked && timeZone !== undefined) timed = laySecondHour(timed, timeZone).sort(byClock);
  const placed: PlacedFile[] = [];
  const overlaps: Interval[] = [];
  const first = timed[0]!.start;
  let end = 0;
  let anchor = 0;
  for (const [i, { file, start }] of timed.entries()) {
    const { description, ...rest } = file;
    const clocked = isClocked && i > 0 ? secondsBetween(first!.at, start!.at)! : end;
    const early = end - clocked;
    if (early > CLOCK_SECONDS + CLOCK_DRIFT * (end - anchor)) {
      overlaps.push({ onset: clocked, duration: Math.min(early, file.duration) });
      const trimmed = leaveOut({ ...rest, onset: clocked }, early);
      if (!trimmed) continue;
      placed.push({ file: trimmed, description });
      anchor = trimmed.onset;
    } else {
      const isApart = -early > CLOCK_SECONDS;
      if (isApart) anchor = clocked;
      placed.push({ file: { ...rest, onset: isApart ? clocked : end }, description });
    }
    const last = placed.at(-1)!.file;
    end = last.onset + last.duration;
  }
  return { placed, start: first, isClocked, overlaps };
}

/** Leaves out the first seconds of a file; undefined when nothing remains of it. */
function leaveOut(file: RecordingFile, seconds: number): RecordingFile | undefined {
  const { time, key, bytes } = file.frames;
  const from = time.findIndex((at) => at >= seconds - SAME_TIME);
  if (from === -1) return undefined;
  const skipped = time[from]!;
  const frames: FrameIndex = {
    time: time.slice(from).map((at) => at - skipped),
    key: key.slice(from),
    bytes: bytes.slice(from),
  };
  return { ...file, onset: file.onset + skipped, duration: file.duration - skipped, skipped, frames };
}
