import { encodeChange, type MotionMap } from "../../src/survey/survey.ts";

export interface DrawnMap {
  /** Seconds. */
  readonly duration: number;
  readonly columns?: number;
  readonly rows?: number;
  readonly binDuration?: number;
  /** Mean absolute change of a block at a moment, gray levels. Default: none. */
  readonly change?: (time: number, column: number, row: number) => number;
  /** Mean gray level of a block at a moment. Default: 100. */
  readonly level?: (time: number, column: number, row: number) => number;
}

/** A motion map as the survey would have left it, drawn by functions of time (middle of a bin) and place. */
export function motionMap(drawn: DrawnMap): MotionMap {
  const { columns = 40, rows = 30, binDuration = 0.5, change = () => 0, level = () => 100 } = drawn;
  const bins = Math.ceil(drawn.duration / binDuration - 1e-9);
  const blocks = columns * rows;
  const fill = (value: (time: number, column: number, row: number) => number) =>
    Uint8Array.from({ length: bins * blocks }, (_, i) => {
      const b = i % blocks;
      return value((Math.floor(i / blocks) + 0.5) * binDuration, b % columns, Math.floor(b / columns));
    });
  return {
    ...{ columns, rows, blockSize: 8, binDuration, bins },
    data: fill((time, column, row) => encodeChange(change(time, column, row))),
    level: fill((time, column, row) => Math.round(level(time, column, row))),
  };
}
