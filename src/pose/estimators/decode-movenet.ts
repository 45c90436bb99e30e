import { pointFromCrop } from "../crop.ts";
import { KEYPOINT_NAMES, type Keypoint } from "../keypoint.ts";
import type { BodyRegion } from "../pose-estimator.ts";

/** Values MoveNet gives for each keypoint: down, across (0-1 of the crop), confidence. */
const STRIDE = 3;

/**
 * Turns MoveNet's answer `[17 x (down, across, confidence)]` into keypoints in px of the picture.
 *
 * *Source:* MoveNet model card, Google 2021 (order and meaning of the output). *Differs from the source:* nothing.
 */
export function decodeMovenet(values: Float32Array, region: BodyRegion): Keypoint[] {
  return KEYPOINT_NAMES.map((name, i) => {
    const { x, y } = pointFromCrop(region, values[i * STRIDE + 1]!, values[i * STRIDE]!);
    return { name, x, y, confidence: clampToUnit(values[i * STRIDE + 2]!) };
  });
}

function clampToUnit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
