/**
 * The 17 COCO keypoints, in COCO order. Left and right are the infant's own.
 *
 * *Source:* Lin et al. 2014, Microsoft COCO, doi 10.1007/978-3-319-10602-1_48 (keypoint order as published
 * with the data set).
 */
export const KEYPOINT_NAMES = [
  "nose",
  "leftEye",
  "rightEye",
  "leftEar",
  "rightEar",
  "leftShoulder",
  "rightShoulder",
  "leftElbow",
  "rightElbow",
  "leftWrist",
  "rightWrist",
  "leftHip",
  "rightHip",
  "leftKnee",
  "rightKnee",
  "leftAnkle",
  "rightAnkle",
] as const;

/** One of the 17 {@link KEYPOINT_NAMES}. */
export type KeypointName = (typeof KEYPOINT_NAMES)[number];

/** A named body point in a picture. `x`, `y` in px of that picture; `confidence` is the model's own 0-1 value. */
export interface Keypoint {
  readonly name: KeypointName;
  readonly x: number;
  readonly y: number;
  readonly confidence: number;
}

/** All keypoints of one infant at one moment, in the order of {@link KEYPOINT_NAMES}. */
export interface Pose {
  /** Seconds from the recording's start. */
  readonly time: number;
  readonly keypoints: readonly Keypoint[];
  /** Mean keypoint confidence, 0-1; not comparable between models. */
  readonly confidence: number;
}
