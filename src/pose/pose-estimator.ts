import type { Picture } from "../frames/frame.ts";
import type { Keypoint, KeypointName } from "./keypoint.ts";

/** A square part of a picture, turned: what the model is shown. */
export interface BodyRegion {
  /** Centre, px of the picture. */
  readonly x: number;
  readonly y: number;
  /** Side of the square, px of the picture. */
  readonly size: number;
  /**
   * Radians by which the crop's "up" is turned clockwise (on screen, y down) from the picture's "up".
   * With the angle of the infant's trunk (hips to shoulders) the trunk is upright in the crop.
   */
  readonly angle: number;
}

/** Which model an estimator runs, for provenance. */
export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

/**
 * The contract of everything that can find an infant's keypoints in a part of a picture (proved by
 * `test/conformance/pose-estimators.test.ts`). Finding and following that part is not its business:
 * see `pose-follower.ts`.
 *
 * - returns all 17 keypoints in COCO order, in px of the picture (not of the crop), however unsure;
 * - the same picture and region give the same answer, whatever was asked before (no state);
 * - calls may overlap; an estimator with several workers answers them side by side;
 * - accepts gray and RGB pictures and regions that reach beyond the picture (outside is black);
 * - after `close()` every call rejects, and no thread or file of it is left.
 */
export interface PoseEstimator {
  /** Name of the estimator, as in options and provenance. */
  readonly name: string;
  readonly model: ModelIdentity;
  /**
   * Side of the square it likes to be shown, in longer sides of the keypoints' box. Undefined: what the follower is
   * told.
   */
  readonly margin?: number;
  /** Keypoints it never finds, whose confidence is always 0 and says nothing of the others. Undefined: none. */
  readonly lacks?: readonly KeypointName[];
  /** Finds the keypoints in that part of the picture; px of the whole picture. */
  estimate(picture: Picture, region: BodyRegion): Promise<readonly Keypoint[]>;
  /** Ends its threads; every later call rejects. */
  close(): Promise<void>;
}
