import { cropRegion } from "../crop.ts";
import type { Keypoint } from "../keypoint.ts";
import { ModelError } from "../model-error.ts";
import type { ModelManifest } from "../model-manifest.ts";
import type { BodyRegion, PoseEstimator } from "../pose-estimator.ts";
import { decodeBlazePose } from "./decode-blazepose.ts";
import { decodeMovenet } from "./decode-movenet.ts";
import type { ModelOutputs, ModelSession, PoseRuntime } from "./model-session.ts";

/** An estimator that crops, runs a session and decodes; the same for every runtime. Owns the session. */
export function createModelEstimator(
  manifest: ModelManifest,
  runtime: PoseRuntime,
  session: ModelSession,
): PoseEstimator {
  const side = manifest.input.width;
  let closed = false;
  return {
    name: `${manifest.name}/${runtime}`,
    model: { name: manifest.name, version: manifest.version, sha256: manifest.files.onnx.sha256 },
    async estimate(picture, region) {
      if (closed) throw new ModelError("runtime-failed", "The pose estimator is closed.");
      return decode(manifest, await session.run(cropRegion(picture, region, side)), region);
    },
    async close() {
      if (closed) return;
      closed = true;
      await session.close();
    },
  };
}

function decode(manifest: ModelManifest, outputs: ModelOutputs, region: BodyRegion): Keypoint[] {
  switch (manifest.output.head) {
    case "movenet":
      return decodeMovenet(outputs["keypoints"]!, region);
    case "blazepose":
      return decodeBlazePose(
        { landmarks: outputs["landmarks"]!, heatmap: outputs["heatmap"]! },
        region,
        manifest.coco,
        manifest.input.width,
      );
  }
}
