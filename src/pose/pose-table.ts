import { KEYPOINT_NAMES, type Keypoint, type Pose } from "./keypoint.ts";
import type { ModelIdentity } from "./pose-estimator.ts";

/** Keypoints of one infant, frame by frame, as another program found them. */
export interface PoseTable {
  /** What found them, for provenance; a change of the file changes its `sha256`. */
  readonly model: ModelIdentity;
  /** Frames from the recording's first on. */
  readonly frames: number;
  /** `frames x 17`, COCO order, px of the recording's own picture; NaN where a keypoint is missing. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** 0-1, as the program gave it; 0 where missing. */
  readonly confidence: Float32Array;
}

/** A table with room for some frames, all missing. */
export function emptyPoses(model: ModelIdentity, frames: number): PoseTable {
  const cells = frames * KEYPOINT_NAMES.length;
  const missing = () => new Float32Array(cells).fill(NaN);
  return { model, frames, x: missing(), y: missing(), confidence: new Float32Array(cells) };
}

/**
 * Gives the poses of a table to an analysis in place of an estimator's.
 *
 * A pose is that of the frame whose time is nearest to the one asked; none where that is further away than
 * `reach`, or where the table has no keypoint.
 *
 * @param times of the recording's frames, seconds, in order: the table counts frames, and a camera's clock does not
 * tick evenly.
 * @param scale px of the pictures analysed per px of the recording.
 */
export function createTablePoses(table: PoseTable, times: Float64Array, scale: number, reach: number) {
  return {
    async next(_picture: unknown, time: number, signal?: AbortSignal): Promise<Pose | undefined> {
      signal?.throwIfAborted();
      const frame = nearestFrame(times, time);
      if (frame >= table.frames || !(Math.abs(times[frame]! - time) <= reach)) return undefined;
      const keypoints = KEYPOINT_NAMES.map((name, k): Keypoint => {
        const i = frame * KEYPOINT_NAMES.length + k;
        return { name, x: scale * table.x[i]!, y: scale * table.y[i]!, confidence: table.confidence[i]! };
      });
      const seen = keypoints.filter(({ x, y }) => Number.isFinite(x + y));
      if (seen.length === 0) return undefined;
      // A keypoint that is missing lies somewhere all the same, and is not believed there.
      const [cx, cy] = [mean(seen.map(({ x }) => x)), mean(seen.map(({ y }) => y))];
      const filled = keypoints.map((one) =>
        Number.isFinite(one.x + one.y) ? one : { ...one, x: cx, y: cy, confidence: 0 },
      );
      return { time, keypoints: filled, confidence: mean(filled.map(({ confidence }) => confidence)) };
    },
  };
}

/** The frame whose time is nearest to a moment. */
export function nearestFrame(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  return low < times.length && times[low]! - time < time - times[before]! ? low : before;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
