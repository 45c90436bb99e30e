import type { Point } from "./crop.ts";
import type { Keypoint, KeypointName } from "./keypoint.ts";

/** The trunk as a pose shows it: from the middle of the hips to the middle of the shoulders. */
export interface Trunk {
  readonly hips: Point;
  readonly shoulders: Point;
  /** px. */
  readonly length: number;
  /** Radians by which the trunk's "up" (hips to shoulders) is turned clockwise from the picture's "up". */
  readonly angle: number;
}

/** Computes the trunk of the 17 keypoints of a pose; all confidences count alike. Not finite where a keypoint is not. */
export function computeTrunk(keypoints: readonly Keypoint[]): Trunk {
  const shoulders = middle(keypoints, "leftShoulder", "rightShoulder");
  const hips = middle(keypoints, "leftHip", "rightHip");
  const dx = shoulders.x - hips.x;
  const dy = shoulders.y - hips.y;
  return { hips, shoulders, length: Math.hypot(dx, dy), angle: Math.atan2(dx, -dy) };
}

/** The keypoint of that name. Throws `TypeError` when the pose lacks it. */
export function findKeypoint(keypoints: readonly Keypoint[], name: KeypointName): Keypoint {
  const found = keypoints.find((keypoint) => keypoint.name === name);
  if (found === undefined) throw new TypeError(`the pose has no ${name}`);
  return found;
}

function middle(keypoints: readonly Keypoint[], one: KeypointName, other: KeypointName): Point {
  const a = findKeypoint(keypoints, one);
  const b = findKeypoint(keypoints, other);
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
