import { endOf, type Interval } from "../signal/intervals.ts";
import { changeAt, levelAt, type MotionMap } from "./survey.ts";

/**
 * A motion map that holds only the bins that some stretches touch. Once it is known where something moved,
 * the hours in which nothing did need no room.
 */
export function keepBins(map: MotionMap, stretches: readonly Interval[]): MotionMap {
  const rowOf = new Int32Array(map.bins).fill(-1);
  let rows = 0;
  for (const stretch of stretches) {
    const from = Math.max(0, Math.floor(stretch.onset / map.binDuration));
    const to = Math.min(map.bins, Math.ceil(endOf(stretch) / map.binDuration));
    for (let bin = from; bin < to; bin++) if (rowOf[bin] === -1) rowOf[bin] = rows++;
  }
  const blocks = map.columns * map.rows;
  const data = new Uint8Array(rows * blocks);
  const level = new Uint8Array(rows * blocks);
  for (const [bin, row] of rowOf.entries()) {
    if (row === -1) continue;
    data.set(changeAt(map, bin), row * blocks);
    level.set(levelAt(map, bin), row * blocks);
  }
  return { ...map, data, level, rowOf };
}
