import type { Interval } from "../signal/intervals.ts";
import { changeAt, decodeChange, type Survey } from "../survey/survey.ts";
import type { FlowCell } from "./flow-tracker.ts";
import { cellRegion } from "./regions.ts";

/** Side of a cell in blocks of the motion map. */
const CELL_BLOCKS = 2;

/**
 * Picks the squares of the picture in which most moved during a span, from the survey's motion map: the
 * witnesses that need no pose.
 *
 * @returns at most `most` cells, the busiest first; none where nothing rose above the usual.
 */
export function movingCells(
  survey: Survey,
  span: Interval,
  options: {
    readonly width: number;
    readonly height: number;
    readonly levels: number;
    readonly most: number;
  },
): FlowCell[] {
  const { map, usual } = survey;
  const from = Math.max(0, Math.floor(span.onset / map.binDuration));
  const to = Math.min(map.bins, Math.ceil((span.onset + span.duration) / map.binDuration));
  const columns = Math.ceil(map.columns / CELL_BLOCKS);
  const rows = Math.ceil(map.rows / CELL_BLOCKS);
  const excess = new Float32Array(columns * rows);
  const blocks = map.columns * map.rows;
  for (let bin = from; bin < to; bin++) {
    const change = changeAt(map, bin);
    for (let b = 0; b < blocks; b++) {
      const rise = decodeChange(change[b]!) - 1.5 * usual[b]! - 0.15;
      if (rise <= 0) continue;
      const row = Math.floor(Math.floor(b / map.columns) / CELL_BLOCKS);
      // Compressive: one wild second must not outvote a long small tremor elsewhere.
      excess[row * columns + Math.floor((b % map.columns) / CELL_BLOCKS)]! += Math.sqrt(rise);
    }
  }
  const scale = options.height / survey.height;
  const size = CELL_BLOCKS * map.blockSize * scale;
  return Array.from(excess.keys())
    .filter((i) => excess[i]! > 0)
    .sort((a, b) => excess[b]! - excess[a]!)
    .slice(0, options.most)
    .map((i) => {
      const x = ((i % columns) + 0.5) * size;
      const y = (Math.floor(i / columns) + 0.5) * size;
      return { x, y, size, region: cellRegion({ x, y, size }, options) };
    });
}
