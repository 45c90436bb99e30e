import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkModel } from "../../src/pose/check-model.ts";
import { createPoseEstimator } from "../../src/pose/create-pose-estimator.ts";
import { wholePicture } from "../../src/pose/crop.ts";
import { defaultModelsDirectory } from "../../src/pose/estimators/model-files.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import { putMovenet } from "../support/movenet-model.ts";
import type { ModelJson } from "../support/patch-model.ts";
import { makeTestFolder } from "../support/temp-folder.ts";
import { readGoldenPicture } from "./golden-picture.ts";

const PICTURE = readGoldenPicture();
/** Squares as the follower makes them, and one that leaves the picture. */
const REGIONS = [
  wholePicture(PICTURE),
  { x: 182, y: 98, size: 190, angle: 0.2 },
  { x: 150, y: 90, size: 400, angle: -1 },
];

interface Bundled {
  readonly files: { readonly onnx: { readonly sha256: string } };
  readonly coco: readonly number[];
}

/** BlazePose as somebody would describe it who found its file. */
function putBlazePose(folder: string, output: ModelJson["output"]): string {
  const from = join(defaultModelsDirectory(), "blazepose-heavy");
  const bundled = JSON.parse(readFileSync(join(from, "model.json"), "utf8")) as Bundled;
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(from, "model.onnx"), join(folder, "model.onnx"));
  const json: ModelJson = {
    ...{
      name: "own-blazepose",
      version: "1",
      licence: "Apache-2.0",
      source: { citation: "arXiv 2006.10204" },
    },
    ...{ file: "model.onnx", sha256: bundled.files.onnx.sha256, output },
    input: {
      ...{ width: 256, height: 256, layout: "NHWC", type: "uint8", channels: "RGB", fit: "stretch" },
      crop: { of: "person", margin: 1.6 },
    },
    keypoints: Object.fromEntries(
      KEYPOINT_NAMES.map((name, k) => [name, bundled.coco[k]]),
    ) as ModelJson["keypoints"],
  };
  writeFileSync(join(folder, "model.json"), JSON.stringify(json));
  return join(folder, "model.json");
}

/** Largest and middle distance between two ways of reading a model, shares of the square. */
async function compare(path: string, model: string, regions = REGIONS) {
  const [own, bundled] = await Promise.all([
    createPoseEstimator({ modelFile: path, workers: 0 }),
    createPoseEstimator({ model, workers: 0 }),
  ]);
  const offs: number[] = [];
  let unsure = 0;
  for (const region of regions) {
    const [a, b] = [await own.estimate(PICTURE, region), await bundled.estimate(PICTURE, region)];
    for (const [k, { x, y, confidence }] of a.entries()) {
      offs.push(Math.hypot(x - b[k]!.x, y - b[k]!.y) / region.size);
      unsure = Math.max(unsure, Math.abs(confidence - b[k]!.confidence));
    }
  }
  await Promise.all([own.close(), bundled.close()]);
  offs.sort((a, b) => a - b);
  return { largest: offs.at(-1)!, middle: offs[offs.length >> 1]!, unsure };
}

describe("a bundled model through a description of one's own", () => {
  it("MoveNet as a regression head gives the built-in keypoints and confidences", async () => {
    const { largest, unsure } = await compare(await putMovenet(makeTestFolder()), "movenet-lightning");
    expect(largest).toBeLessThan(1e-9);
    expect(unsure).toBe(0);
  });

  it("passes its check: the whole body of the rendered infant is found", async () => {
    const { keypoints, warnings } = await checkModel(await putMovenet(makeTestFolder()));
    const legs = keypoints.filter(({ name }) => /Hip|Knee|Ankle/.test(name));
    expect(legs.map(({ isFound }) => isFound)).toEqual(Array(6).fill(true));
    expect(warnings).toEqual([]);
  });

  it("with left and right exchanged is warned of", async () => {
    const path = await putMovenet(makeTestFolder());
    const json = JSON.parse(readFileSync(path, "utf8")) as ModelJson;
    // Knees alone: where both sides are exchanged throughout, no picture of one infant can tell.
    const { leftKnee, rightKnee } = json.keypoints;
    const keypoints = { ...json.keypoints, leftKnee: rightKnee, rightKnee: leftKnee };
    writeFileSync(path, JSON.stringify({ ...json, keypoints }));
    expect((await checkModel(path)).warnings.join(" ")).toMatch(/leftKnee, rightKnee/);
  });

  it("BlazePose as a regression head in px differs by its refinement only", async () => {
    const path = putBlazePose(makeTestFolder(), {
      ...{ head: "regression", tensor: "landmarks", coordinates: "pixels", sigmoid: true },
      values: ["x", "y", "ignored", "score", "ignored"],
    });
    const { middle, largest, unsure } = await compare(path, "blazepose-heavy", REGIONS.slice(1, 2));
    expect(middle).toBeLessThan(0.02);
    expect(largest).toBeLessThan(0.06);
    expect(unsure).toBeLessThan(1e-6);
  });

  it("BlazePose as a heat-map head finds the same keypoints to a cell", async () => {
    const path = putBlazePose(makeTestFolder(), {
      ...{
        head: "heatmap",
        tensor: "heatmap",
        layout: "NHWC",
        stride: 4,
        cells: "center",
        refine: "quarter",
      },
    });
    const { middle } = await compare(path, "blazepose-heavy", REGIONS.slice(1, 2));
    expect(middle).toBeLessThan(1 / 64);
  });
});
