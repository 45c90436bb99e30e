import { type ClockChange, formatOffset, parseWallClock, secondsBetween } from "../time.ts";

/** Clocks are changed at full quarters of an hour at most this often. */
const STEP_SECONDS = 900;
const DAY_SECONDS = 86_400;

/** Whether this is the name of a time zone, such as "Europe/Berlin". */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * A clock time in a zone, as ISO 8601 with its offset there. Times that carry a zone are converted; the others
 * are the zone's own. Of an hour that comes twice the first is meant; one that is skipped is read as if the
 * clocks had not been changed.
 *
 * @returns undefined when it is no time.
 */
export function placeInZone(text: string, timeZone: string): string | undefined {
  const clock = parseWallClock(text);
  if (!clock) return undefined;
  if (clock.zone !== "") {
    const utc = secondsBetween("1970-01-01T00:00:00Z", text)!;
    return formatIn(utc, offsetAt(timeZone, utc));
  }
  const face = clock.faceMs / 1000;
  const [before, after] = [offsetAt(timeZone, face - DAY_SECONDS), offsetAt(timeZone, face + DAY_SECONDS)];
  const offset = [before, after].find((one) => offsetAt(timeZone, face - one) === one) ?? before;
  return formatIn(face - offset, offset);
}

/** The second of the two times that a clock time in a zone can mean; undefined when it means one only. */
export function secondInZone(text: string, timeZone: string): string | undefined {
  const clock = parseWallClock(text);
  if (clock?.zone !== "") return undefined;
  const face = clock.faceMs / 1000;
  const [before, after] = [offsetAt(timeZone, face - DAY_SECONDS), offsetAt(timeZone, face + DAY_SECONDS)];
  const isTwice = before > after && [before, after].every((one) => offsetAt(timeZone, face - one) === one);
  return isTwice ? formatIn(face - after, after) : undefined;
}

/**
 * When the clocks are changed in the course of a recording.
 *
 * @param startedAt ISO 8601 with an offset.
 * @param duration seconds.
 */
export function clockChangesIn(startedAt: string, duration: number, timeZone: string): ClockChange[] {
  const start = secondsBetween("1970-01-01T00:00:00Z", startedAt);
  if (start === undefined || parseWallClock(startedAt)!.zone === "") return [];
  const changes: ClockChange[] = [];
  let earlier = start;
  while (earlier < start + duration) {
    const later = Math.min(start + duration, earlier + STEP_SECONDS);
    const shift = offsetAt(timeZone, later) - offsetAt(timeZone, earlier);
    if (shift !== 0) changes.push({ onset: findChange(timeZone, earlier, later) - start, shift });
    earlier = later;
  }
  return changes;
}

/** The first whole second at which the offset is that of `later`. */
function findChange(timeZone: string, earlier: number, later: number): number {
  const wanted = offsetAt(timeZone, later);
  let [from, to] = [Math.floor(earlier), Math.ceil(later)];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (offsetAt(timeZone, middle) === wanted) to = middle;
    else from = middle;
  }
  return to;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Offset of a zone from UTC at a moment (seconds since 1970), seconds. */
function offsetAt(timeZone: string, utc: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    const number = "2-digit" as const;
    const fields = { year: "numeric", month: number, day: number, hour: number, minute: number } as const;
    format = new Intl.DateTimeFormat("en", { timeZone, ...fields, second: number, hourCycle: "h23" });
    formats.set(timeZone, format);
  }
  const whole = Math.floor(utc);
  const parts = new Map(format.formatToParts(whole * 1000).map(({ type, value }) => [type, Number(value)]));
  const [year, month, day, hour, minute, second] = (
    ["year", "month", "day", "hour", "minute", "second"] as const
  ).map((part) => parts.get(part)!) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - whole;
}

function formatIn(utc: number, offset: number): string {
  return new Date((utc + offset) * 1000).toISOString().replace(/\.\d+Z$/, "") + formatOffset(offset);
}
