import { pointInCrop } from "./crop.ts";
import type { Keypoint } from "./keypoint.ts";
import type { BodyRegion } from "./pose-estimator.ts";
import { computeTrunk } from "./trunk.ts";

/**
 * The square around a pose, turned so that its trunk is upright, or by `angle` when given.
 *
 * The square is centred on the box of the keypoints and `margin` times as large as the box's longer side. Keypoints
 * below `minimumConfidence` are left out unless fewer than a third remain. Undefined when the keypoints do not span
 * anything.
 */
export function regionAround(
  keypoints: readonly Keypoint[],
  margin: number,
  minimumConfidence: number,
  angle: number = computeTrunk(keypoints).angle,
): BodyRegion | undefined {
  const sure = keypoints.filter(({ confidence }) => confidence >= minimumConfidence);
  const used = sure.length * 3 >= keypoints.length ? sure : keypoints;
  // Measured in a region of size 1 at the origin, whose places are turned px.
  const turned: BodyRegion = { x: 0, y: 0, size: 1, angle };
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (const keypoint of used) {
    const { x, y } = pointInCrop(turned, keypoint);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const size = Math.max(right - left, bottom - top) * margin;
  if (!(size > 0) || !Number.isFinite(size)) return undefined;
  const across = (left + right) / 2 - 0.5;
  const down = (top + bottom) / 2 - 0.5;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: across * cos - down * sin, y: across * sin + down * cos, size, angle };
}
