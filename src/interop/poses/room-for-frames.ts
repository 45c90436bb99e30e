import type { ModelIdentity } from "../../pose/pose-estimator.ts";
import { emptyPoses, type PoseTable } from "../../pose/pose-table.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

/** A day at 100 frames a second has fewer. */
const MOST_FRAMES = 10_000_000;

/**
 * A table with room for some frames, all missing.
 *
 * @throws KicklineError `poses-unreadable` for more than any night has: one wrong number of a frame would ask for all memory.
 */
export function roomForFrames(model: ModelIdentity, frames: number, format: string): PoseTable {
  if (!(frames <= MOST_FRAMES)) throw unreadablePoses(format, `frame ${frames - 1} is beyond any night`);
  return emptyPoses(model, frames);
}
