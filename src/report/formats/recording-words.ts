import { wallTimeAt } from "../../time.ts";
import type { NightReport } from "../night-report.ts";
import { describeDuration } from "../wording.ts";
import { faceMsOf } from "./clock-axis.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

/** The recording by its file: "night.mp4", or "night-1.mp4 and 3 more files". */
export function nameRecording({ recording }: NightReport): string {
  const [first, ...others] = recording.files.map(({ name }) => name);
  if (first === undefined) return recording.id;
  if (others.length === 0) return first;
  return `${first} and ${others.length} more ${others.length === 1 ? "file" : "files"}`;
}

/** When it was filmed: "Saturday 14 November 2026, 21:40 to 07:40", or "A recording of 3 min". */
export function describeWhen({ recording }: NightReport): string {
  const faceMs = faceMsOf(recording.startedAt);
  if (faceMs === undefined) return `A recording of ${describeDuration(recording.duration)}`;
  const date = new Date(faceMs);
  const day = `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day}, ${clockAt(recording, 0)} to ${clockAt(recording, recording.duration)}`;
}

/** A moment for parents: the time of day (hh:mm) when known, else the minutes into the recording (m:ss). */
export function clockAt(
  { startedAt, duration, clockChanges }: NightReport["recording"],
  seconds: number,
): string {
  const wall = wallTimeAt(startedAt ?? undefined, seconds, clockChanges);
  // Within a few minutes two moments would read the same without their seconds.
  if (wall !== undefined) return wall.slice(11, duration < 600 ? 19 : 16);
  const two = (value: number) => String(value).padStart(2, "0");
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
