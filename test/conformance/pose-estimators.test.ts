import { createPoseEstimator } from "../../src/pose/create-pose-estimator.ts";
import { pointFromCrop } from "../../src/pose/crop.ts";
import { createScriptedEstimator } from "../../src/pose/estimators/scripted.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import { describePoseEstimator } from "./pose-estimators.ts";

describePoseEstimator("scripted", async () =>
  createScriptedEstimator((_, region) =>
    KEYPOINT_NAMES.map((name, i) => ({
      name,
      ...pointFromCrop(region, i / 17, 1 - i / 17),
      confidence: i / 17,
    })),
  ),
);
describePoseEstimator("onnx movenet-thunder, two threads", () =>
  createPoseEstimator({ model: "movenet-thunder", workers: 2 }),
);
describePoseEstimator("onnx movenet-lightning, in this thread", () =>
  createPoseEstimator({ model: "movenet-lightning", workers: 0 }),
);
describePoseEstimator("onnx blazepose-heavy, one thread", () =>
  createPoseEstimator({ model: "blazepose-heavy", workers: 1 }),
);
describePoseEstimator("tfjs movenet-lightning, in this thread", () =>
  createPoseEstimator({ model: "movenet-lightning", runtime: "tfjs", workers: 0 }),
);
describePoseEstimator("tfjs movenet-lightning, two threads", () =>
  createPoseEstimator({ model: "movenet-lightning", runtime: "tfjs", workers: 2 }),
);
