/**
 * Clock times of a recording. Inside, time is seconds from the recording's start; these turn it into what a
 * clock on the wall showed. A start without zone is the camera's local time and stays so.
 */

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A start as parsed: milliseconds since 1970 on its own clock face, and its zone as written. */
export interface WallClock {
  /** Milliseconds since 1970-01-01T00:00 as this clock face shows it (not UTC, unless the zone is Z). */
  readonly faceMs: number;
  /** "", "Z" or "+hh:mm". */
  readonly zone: string;
}

/**
 * Parses an ISO 8601 date and time.
 *
 * @returns undefined when it is not one.
 */
export function parseWallClock(text: string): WallClock | undefined {
  const match = ISO.exec(text.trim().replace(" ", "T"));
  if (!match) return undefined;
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const second = Number(match[6] ?? 0) + Number(match[7] ?? 0);
  const faceMs = Date.UTC(year, month - 1, day, hour, minute) + second * 1000;
  const date = new Date(faceMs);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isReal || hour >= 24 || minute >= 60 || second >= 60) return undefined;
  return { faceMs, zone: match[8] ?? "" };
}

/** A moment at which the clocks were changed: from `onset` (seconds) on they show `shift` seconds more. */
export interface ClockChange {
  readonly onset: number;
  readonly shift: number;
}

/** Seconds by which the clocks have been changed up to a moment. */
export function shiftAt(changes: readonly ClockChange[], seconds: number): number {
  return changes.reduce((sum, { onset, shift }) => (onset <= seconds ? sum + shift : sum), 0);
}

/**
 * The clock at `seconds` after `startedAt`, as ISO 8601 to the second; undefined without a start.
 *
 * @param changes of the clocks in the course of the recording (summer and winter time).
 */
export function wallTimeAt(
  startedAt: string | undefined,
  seconds: number,
  changes: readonly ClockChange[] = [],
): string | undefined {
  const clock = startedAt === undefined ? undefined : parseWallClock(startedAt);
  if (!clock) return undefined;
  const shift = shiftAt(changes, seconds);
  const zone =
    shift === 0 || clock.zone === "" ? clock.zone : formatOffset(zoneMs(clock.zone) / 1000 + shift);
  return new Date(Math.floor(clock.faceMs + (seconds + shift) * 1000)).toISOString().slice(0, 19) + zone;
}

/** An offset from UTC, seconds, as "+hh:mm". */
export function formatOffset(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Seconds from one clock time to another; their zones count if both have one. */
export function secondsBetween(earlier: string, later: string): number | undefined {
  const from = parseWallClock(earlier);
  const to = parseWallClock(later);
  if (!from || !to) return undefined;
  const shift = from.zone !== "" && to.zone !== "" ? zoneMs(from.zone) - zoneMs(to.zone) : 0;
  return (to.faceMs - from.faceMs + shift) / 1000;
}

function zoneMs(zone: string): number {
  if (zone === "Z" || zone === "") return 0;
  const match = /([+-])(\d\d):?(\d\d)/.exec(zone);
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

/** Seconds as h:mm:ss (or m:ss below an hour). */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** The time of day at `seconds` (hh:mm:ss) when the start is known, else the time into the recording; as clocks do, a second that began. */
export function formatMoment(
  startedAt: string | undefined,
  seconds: number,
  changes: readonly ClockChange[] = [],
): string {
  return wallTimeAt(startedAt, seconds, changes)?.slice(11, 19) ?? formatSpan(Math.floor(seconds + 1e-6));
}
