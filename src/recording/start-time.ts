/**
 * Reads the time a file name carries, as cameras and phones write it: `20261122_213000`,
 * `2026-11-22 21-30-00`, `2026-11-22T21.30.00`, with anything around it. Local time: a name holds no zone.
 *
 * @returns ISO 8601 without zone, or undefined when the name holds no possible date and time.
 */
export function parseFileNameTime(name: string): string | undefined {
  const pattern =
    /(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_ T.]{0,3}(\d\d)[-_.:h]?(\d\d)(?:[-_.:m]?(\d\d))?(?!\d)/;
  const match = pattern.exec(name);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map((digits) => Number(digits ?? 0));
  const isPossible =
    month! >= 1 &&
    month! <= 12 &&
    day! >= 1 &&
    day! <= daysIn(year!, month!) &&
    hour! < 24 &&
    minute! < 60 &&
    second! < 60;
  if (!isPossible) return undefined;
  const two = (value: number | undefined) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * Normalizes a container's creation time. Many cameras write a zero or 1904/1970 date when their clock was
 * never set; those say nothing.
 */
export function parseContainerTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 2001) return undefined;
  return moment.toISOString().replace(".000Z", "Z");
}
