import { type ClockChange, parseWallClock, shiftAt } from "../../time.ts";

const MINUTE = 60;
const HOUR = 3600;
const STEPS = [
  ...[0.5, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
];

/** A mark on the time axis: seconds from the recording's start, and its label. */
export interface Tick {
  readonly time: number;
  readonly label: string;
}

/** Milliseconds the clock face showed at the start, when it is known. */
export function faceMsOf(startedAt: string | null): number | undefined {
  return startedAt === null ? undefined : parseWallClock(startedAt)?.faceMs;
}

/**
 * Places ticks on round times between two moments: on round clock times when the clock is known, else on
 * round times into the recording. At most `most` of them.
 *
 * @param changes of the clocks meanwhile.
 */
export function placeTicks(
  from: number,
  to: number,
  most: number,
  faceMs: number | undefined,
  changes: readonly ClockChange[] = [],
): Tick[] {
  const span = to - from;
  const step = STEPS.find((candidate) => span / candidate <= most) ?? 24 * HOUR;
  const offset = faceMs === undefined ? 0 : (faceMs / 1000) % (24 * HOUR);
  const first = Math.ceil((from + offset) / step - 1e-9);
  const last = Math.floor((to + offset) / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const time = (first + i) * step - offset;
    return { time, label: labelTime(time, step, faceMs && faceMs + shiftAt(changes, time) * 1000, to) };
  });
}

function labelTime(time: number, step: number, faceMs: number | undefined, to: number): string {
  if (faceMs !== undefined) {
    return new Date(faceMs + Math.round(time * 1000)).toISOString().slice(11, step < MINUTE ? 19 : 16);
  }
  const tenths = step < 1 ? `.${Math.round(time * 10) % 10}` : "";
  const whole = Math.floor(time + 1e-6);
  const two = (value: number) => String(value).padStart(2, "0");
  const seconds = two(whole % 60);
  if (to <= HOUR) return `${Math.floor(whole / 60)}:${seconds}${tenths}`;
  const hours = `${Math.floor(whole / HOUR)}:${two(Math.floor((whole % HOUR) / 60))}`;
  return step < MINUTE ? `${hours}:${seconds}${tenths}` : hours;
}

/** What the axis shows, in words. */
export function titleOfAxis(faceMs: number | undefined, duration: number): string {
  if (faceMs !== undefined) return "Time of day";
  return duration <= HOUR ? "Time into the recording (min:s)" : "Time into the recording (h:min)";
}
