import type { NightReport, Timeline } from "../../night-report.ts";
import { coordinate } from "../markup.ts";

/** Where a lane lies in the picture, px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A column of a lane: its share of the width, and the highest value that falls into it (null: none). */
interface Column {
  readonly from: number;
  readonly to: number;
  readonly value: number | null;
}

/** Joins bins so that no column is narrower than a pixel; each takes its highest value. */
function columnsOf(values: readonly (number | null)[], width: number): Column[] {
  const count = Math.min(values.length, Math.max(1, Math.floor(width)));
  return Array.from({ length: count }, (_, i) => {
    const first = Math.floor((i * values.length) / count);
    const last = Math.max(first + 1, Math.floor(((i + 1) * values.length) / count));
    let value: number | null = null;
    for (let bin = first; bin < last; bin++) {
      const own = values[bin] ?? null;
      if (own !== null && (value === null || own > value)) value = own;
    }
    return { from: first / values.length, to: last / values.length, value };
  });
}

/** A filled silhouette that rises from the lane's floor; missing values leave it empty. */
export function silhouettePath(
  values: readonly (number | null)[],
  box: Box,
  scale: (value: number) => number,
): string {
  const floor = coordinate(box.top + box.height);
  let path = "";
  for (const run of runsOf(columnsOf(values, box.width))) {
    path += `M${xOf(box, run[0]!.from)} ${floor}`;
    let last = "";
    for (const { from, value } of run) {
      const y = coordinate(box.top + box.height * (1 - clamp(scale(value))));
      if (y === last) continue;
      path += last === "" ? `V${y}` : `H${xOf(box, from)}V${y}`;
      last = y;
    }
    path += `H${xOf(box, run.at(-1)!.to)}`;
    path += `V${floor}Z`;
  }
  return path;
}

type Filled = Column & { readonly value: number };

function runsOf(columns: readonly Column[]): Filled[][] {
  const runs: Filled[][] = [];
  let open: Filled[] | undefined;
  for (const column of columns) {
    if (column.value === null) open = undefined;
    else {
      if (!open) {
        open = [];
        runs.push(open);
      }
      open.push({ ...column, value: column.value });
    }
  }
  return runs;
}

/** Runs of the same coverage, as shares of the width. */
export function coverageRuns({
  coverage,
}: Timeline): { state: Timeline["coverage"][number]; from: number; to: number }[] {
  const runs: { state: Timeline["coverage"][number]; from: number; to: number }[] = [];
  for (const [bin, state] of coverage.entries()) {
    const last = runs.at(-1);
    const to = (bin + 1) / coverage.length;
    if (last?.state === state) last.to = to;
    else runs.push({ state, from: bin / coverage.length, to });
  }
  return runs;
}

/** A sound so many decibels above the room fills its lane. */
export const MOST_SOUND = 50;

/** Highest values the lanes are drawn up to; one number a lane, so that two legs can be compared. */
export function scalesOf(report: NightReport) {
  const { activity, leftLeg, rightLeg, noise } = report.timeline;
  const highest = (values: readonly (number | null)[], least: number) =>
    values.reduce<number>((most, value) => Math.max(most, value ?? 0), least);
  const mostMotion = highest(activity, 30);
  const mostSpeed = Math.max(highest(leftLeg, 1), highest(rightLeg, 1));
  const mostNoise = highest(noise, 10);
  return {
    mostMotion,
    mostSpeed,
    mostNoise,
    /** Logarithmic: rest is 1, a startle 200. */
    motion: (value: number) => Math.log(Math.max(1, value)) / Math.log(mostMotion),
    /** Square root: a tremor of 0.4 must show beside a kick of 4. */
    speed: (value: number) => Math.sqrt(value / mostSpeed),
    brightness: (value: number) => value / 255,
    noise: (value: number) => value / mostNoise,
    /** Decibels above the room's own sound. */
    sound: (value: number) => value / MOST_SOUND,
  };
}

function xOf(box: Box, share: number): string {
  return coordinate(box.left + box.width * share);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
