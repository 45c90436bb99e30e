import type { Picture } from "../../frames/frame.ts";
import type { Keypoint } from "../keypoint.ts";
import { KEYPOINT_NAMES } from "../keypoint.ts";
import type { BodyRegion, PoseEstimator } from "../pose-estimator.ts";

/** What a scripted estimator says of a picture: all 17 keypoints in COCO order. */
export type PoseScript = (picture: Picture, region: BodyRegion) => readonly Keypoint[];

/** An estimator without a model, which answers what it is told; for tests of everything that uses estimators. */
export function createScriptedEstimator(script: PoseScript): PoseEstimator {
  let closed = false;
  return {
    name: "scripted",
    model: { name: "scripted", version: "1", sha256: "0".repeat(64) },
    async estimate(picture, region) {
      if (closed) throw new Error("The pose estimator is closed.");
      const keypoints = script(picture, region);
      if (
        keypoints.length !== KEYPOINT_NAMES.length ||
        keypoints.some(({ name }, i) => name !== KEYPOINT_NAMES[i])
      ) {
        throw new TypeError("a pose script must answer the 17 keypoints in COCO order");
      }
      return keypoints;
    },
    async close() {
      closed = true;
    },
  };
}
