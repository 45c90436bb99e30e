import { pointFromCrop } from "../crop.ts";
import { KEYPOINT_NAMES, type Keypoint } from "../keypoint.ts";
import type { BodyRegion } from "../pose-estimator.ts";

/** BlazePose's answer for one crop. */
export interface BlazePoseOutput {
  /** 39 x (x px, y px, depth, visibility logit, presence logit); px of the crop. */
  readonly landmarks: Float32Array;
  /** 64 x 64 x 39 values 0-1. */
  readonly heatmap: Float32Array;
}

const STRIDE = 5;
const VISIBILITY = 3;
const HEATMAP_SIDE = 64;
const HEATMAP_CHANNELS = 39;
/** Cells on each side of the landmark's cell that take part in its refinement (a window of 7 x 7). */
const REFINE_REACH = 3;
/** A window whose peak stays below this says too little to move a landmark. */
const REFINE_MINIMUM = 0.5;

/**
 * Turns BlazePose's answer into the 17 COCO keypoints in px of the picture, each moved to the centre of mass of its
 * heatmap in a window of 7 x 7 cells around the regressed place when that window holds a clear peak.
 *
 * `coco`: for each COCO keypoint its position among BlazePose's own. `side`: of the crop, px.
 *
 * The confidence is BlazePose's visibility. It stays near 0.8 when the pose is wrong (measured, see the model card),
 * so nothing may be gated by it; the follower takes confidence from MoveNet instead.
 *
 * *Source:* Bazarevsky et al. 2020, BlazePose, arXiv 2006.10204; window and minimum as in MediaPipe's pose graph.
 * *Differs from the source:* the heatmap of the converted model holds probabilities already, so no sigmoid here.
 */
export function decodeBlazePose(
  output: BlazePoseOutput,
  region: BodyRegion,
  coco: readonly number[],
  side: number,
): Keypoint[] {
  return KEYPOINT_NAMES.map((name, i) => {
    const channel = coco[i]!;
    const at = channel * STRIDE;
    const across = output.landmarks[at]! / side;
    const down = output.landmarks[at + 1]! / side;
    const refined = refine(output.heatmap, channel, across, down);
    const { x, y } = pointFromCrop(region, refined.across, refined.down);
    return { name, x, y, confidence: 1 / (1 + Math.exp(-output.landmarks[at + VISIBILITY]!)) };
  });
}

function refine(
  heatmap: Float32Array,
  channel: number,
  across: number,
  down: number,
): { across: number; down: number } {
  const column = Math.trunc(across * HEATMAP_SIDE);
  const row = Math.trunc(down * HEATMAP_SIDE);
  if (column < 0 || row < 0 || column >= HEATMAP_SIDE || row >= HEATMAP_SIDE) return { across, down };
  let sum = 0;
  let peak = 0;
  let sumAcross = 0;
  let sumDown = 0;
  const lastRow = Math.min(HEATMAP_SIDE - 1, row + REFINE_REACH);
  const lastColumn = Math.min(HEATMAP_SIDE - 1, column + REFINE_REACH);
  for (let r = Math.max(0, row - REFINE_REACH); r <= lastRow; r++) {
    for (let c = Math.max(0, column - REFINE_REACH); c <= lastColumn; c++) {
      const value = heatmap[(r * HEATMAP_SIDE + c) * HEATMAP_CHANNELS + channel]!;
      sum += value;
      sumAcross += value * c;
      sumDown += value * r;
      if (value > peak) peak = value;
    }
  }
  if (peak < REFINE_MINIMUM || sum <= 0) return { across, down };
  return { across: sumAcross / sum / HEATMAP_SIDE, down: sumDown / sum / HEATMAP_SIDE };
}
