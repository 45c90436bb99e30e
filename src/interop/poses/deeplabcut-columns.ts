import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";
import type { PoseTable } from "../../pose/pose-table.ts";
import { needLegs } from "./keypoint-names.ts";

/** One column of DeepLabCut's tables. */
export interface PartColumn {
  /** Its place among all columns. */
  readonly at: number;
  readonly part: string;
  /** `x`, `y` or `likelihood`. */
  readonly coord: string;
}

/** Where the numbers of a keypoint stand; undefined where the table has none. */
export interface KeypointColumns {
  readonly keypoint: number;
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly likelihood: number | undefined;
}

/**
 * The columns of each keypoint, of one individual's; see {@link needLegs}.
 *
 * @throws KicklineError `poses-unreadable` when no body part is a knee or an ankle.
 */
export function findKeypointColumns(columns: readonly PartColumn[], format: string): KeypointColumns[] {
  const parts = [...new Set(columns.map(({ part }) => part))];
  return needLegs(parts, format).map(({ keypoint, part }) => {
    const at = (coord: string) =>
      columns.find((column) => column.part === parts[part] && column.coord === coord)?.at;
    return { keypoint, x: at("x"), y: at("y"), likelihood: at("likelihood") };
  });
}

/** Puts the numbers of one row into the table's frame; NaN is missing. */
export function putRow(
  table: PoseTable,
  frame: number,
  columns: readonly KeypointColumns[],
  valueAt: (column: number) => number,
): void {
  const read = (column: number | undefined) => (column === undefined ? NaN : valueAt(column));
  for (const { keypoint, x, y, likelihood } of columns) {
    const [px, py] = [read(x), read(y)];
    if (!Number.isFinite(px + py)) continue;
    const i = frame * KEYPOINT_NAMES.length + keypoint;
    [table.x[i], table.y[i]] = [px, py];
    // Places that people marked have no likelihood.
    table.confidence[i] = likelihood === undefined ? 1 : Math.min(1, Math.max(0, valueAt(likelihood) || 0));
  }
}
