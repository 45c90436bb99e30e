import { KEYPOINT_NAMES, type Keypoint, type KeypointName } from "../../src/pose/keypoint.ts";

/** An infant lying with the head up, trunk length 1, middle of the hips at (0, 0), y down. */
const PLACES: Readonly<Record<KeypointName, readonly [number, number]>> = {
  nose: [0, -1.4],
  leftEye: [0.1, -1.5],
  rightEye: [-0.1, -1.5],
  leftEar: [0.2, -1.45],
  rightEar: [-0.2, -1.45],
  leftShoulder: [0.34, -1],
  rightShoulder: [-0.34, -1],
  leftElbow: [0.7, -0.9],
  rightElbow: [-0.7, -0.9],
  leftWrist: [0.9, -1.1],
  rightWrist: [-0.9, -1.1],
  leftHip: [0.28, 0],
  rightHip: [-0.28, 0],
  leftKnee: [0.5, 0.35],
  rightKnee: [-0.5, 0.35],
  leftAnkle: [0.4, 0.95],
  rightAnkle: [-0.4, 0.95],
};

/** Where and how the drawn infant lies. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly trunkLength: number;
  readonly angle: number;
  readonly confidence: number;
}

/** The 17 keypoints of an infant lying so. */
export function posedKeypoints(placement: Placement): Keypoint[] {
  const cos = Math.cos(placement.angle) * placement.trunkLength;
  const sin = Math.sin(placement.angle) * placement.trunkLength;
  return KEYPOINT_NAMES.map((name) => {
    const [right, down] = PLACES[name];
    return {
      name,
      x: placement.x + right * cos - down * sin,
      y: placement.y + right * sin + down * cos,
      confidence: placement.confidence,
    };
  });
}
