import { afterAll } from "vitest";
import { createPoseEstimator } from "../../src/pose/create-pose-estimator.ts";
import { pointFromCrop } from "../../src/pose/crop.ts";
import { createScriptedEstimator } from "../../src/pose/estimators/scripted.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import { putMovenet } from "../support/movenet-model.ts";
import { makePatchModel, putModel } from "../support/patch-model.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
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

const folder = makeTempFolder();
afterAll(() => folder.remove());
describePoseEstimator("an added model, in this thread", async () =>
  createPoseEstimator({ modelFile: await putMovenet(`${folder.path}/a`), workers: 0 }),
);
describePoseEstimator("an added model, two threads", async () =>
  createPoseEstimator({ modelFile: await putMovenet(`${folder.path}/b`), workers: 2 }),
);
describePoseEstimator("an added model with another head and input, one thread", async () =>
  createPoseEstimator({
    modelFile: putModel(`${folder.path}/c`, makePatchModel("heatmap", { layout: "NHWC", width: 96 })),
    workers: 1,
  }),
);
