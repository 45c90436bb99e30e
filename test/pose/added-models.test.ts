import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPoseEstimator } from "../../src/pose/create-pose-estimator.ts";
import { wholePicture } from "../../src/pose/crop.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import {
  CELL,
  drawPatches,
  type Head,
  type ModelJson,
  makePatchModel,
  type PatchModel,
  putModel,
} from "../support/patch-model.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

type Input = ModelJson["input"];

/** 17 different cells of a grid, for the 17 keypoints. */
const places = (columns: number, rows: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: columns * rows - 1 }), { minLength: 17, maxLength: 17 })
    .map((cells) => cells.map((cell) => [cell % columns, Math.floor(cell / columns)] as const));

const IMAGENET = {
  mean: [123.675, 116.28, 103.53] as [number, number, number],
  std: [58.395, 57.12, 57.375] as [number, number, number],
};
const INPUTS: readonly [string, Partial<Input>][] = [
  ["NCHW float32 RGB", {}],
  ["NHWC float32 BGR with mean and std", { layout: "NHWC", channels: "BGR", ...IMAGENET }],
  ["NCHW float32 BGR of 0-1", { channels: "BGR", scale: 1 / 255 }],
  ["NCHW float16 RGB of -1 to 1", { type: "float16", scale: 1 / 127.5, mean: [1, 1, 1] }],
  ["NHWC uint8 RGB", { layout: "NHWC", type: "uint8" }],
  ["NCHW uint8 BGR", { type: "uint8", channels: "BGR" }],
];

describe.each<Head>(["heatmap", "simcc", "regression"])("a model with a %s head", (head) => {
  it.each(INPUTS)("%s: places keypoints where they are", async (_, input) => {
    const path = putModel(join(makeTestFolder(), "own"), makePatchModel(head, input));
    const estimator = await createPoseEstimator({ modelFile: path, workers: 0 });
    const side = 64;
    try {
      await fc.assert(
        fc.asyncProperty(places(side / CELL, side / CELL), async (cells) => {
          const picture = drawPatches(cells, { width: side, height: side, cell: CELL });
          const keypoints = await estimator.estimate(picture, wholePicture(picture));
          for (const [k, [column, row]] of cells.entries()) {
            const { name, x, y, confidence } = keypoints[k]!;
            expect(name).toBe(KEYPOINT_NAMES[k]);
            expect([x, y]).toEqual([
              expect.closeTo((column + 0.5) * CELL, 4),
              expect.closeTo((row + 0.5) * CELL, 4),
            ]);
            expect(confidence).toBeCloseTo(1, 2);
          }
        }),
        { numRuns: 12 },
      );
    } finally {
      await estimator.close();
    }
  });

  it.each<[Input["fit"], number, number]>([
    ["letterbox", 64, 96],
    ["letterbox", 96, 64],
    ["surround", 64, 96],
    ["surround", 96, 64],
    ["stretch", 64, 128],
    ["stretch", 128, 64],
  ])("%s into %i x %i: places keypoints where they are", async (fit, width, height) => {
    const path = putModel(join(makeTestFolder(), "own"), makePatchModel(head, { fit, width, height }));
    const estimator = await createPoseEstimator({ modelFile: path, workers: 0 });
    // Twice as large as the input's shorter side, so that every patch fills whole cells however it is fitted.
    const [side, cell] = [128, 8];
    try {
      await fc.assert(
        fc.asyncProperty(places(side / cell, side / cell), async (cells) => {
          const picture = drawPatches(cells, { width: side, height: side, cell });
          const keypoints = await estimator.estimate(picture, wholePicture(picture));
          for (const [k, [column, row]] of cells.entries()) {
            // Stretched, a patch is two cells long and the first of them is taken.
            const early = (sides: number) => (fit === "stretch" && sides === 128 ? 0.25 : 0.5);
            const { x, y } = keypoints[k]!;
            expect(x).toBeCloseTo((column + early(width)) * cell, 4);
            expect(y).toBeCloseTo((row + early(height)) * cell, 4);
          }
        }),
        { numRuns: 6 },
      );
    } finally {
      await estimator.close();
    }
  });

  it("answers in threads what it answers in this one, and says which model it is", async () => {
    const path = putModel(join(makeTestFolder(), "own"), makePatchModel(head));
    const [here, threads] = await Promise.all([
      createPoseEstimator({ modelFile: path, workers: 0 }),
      createPoseEstimator({ modelFile: path, workers: 2 }),
    ]);
    const cells = KEYPOINT_NAMES.map((_, k) => [k % 8, k % 5] as const);
    const picture = drawPatches(cells, { width: 64, height: 64, cell: CELL });
    const region = { x: 30, y: 33, size: 50, angle: 0.3 };
    expect(await threads.estimate(picture, region)).toEqual(await here.estimate(picture, region));
    expect(here.model.name).toBe("patches");
    expect(here.model.version).toMatch(/^1\+[0-9a-f]{12}$/);
    expect(here.model.sha256).toMatch(/^[0-9a-f]{64}$/);
    await Promise.all([here.close(), threads.close()]);
  });
});

describe("what a model answers", () => {
  const cells = KEYPOINT_NAMES.map((_, k) => [(k * 5) % 16, Math.floor(k / 4) * 3] as const);
  const picture = drawPatches(cells, { width: 64, height: 64, cell: CELL });
  const estimate = async (model: PatchModel) => {
    const path = putModel(join(makeTestFolder(), "own"), model);
    const estimator = await createPoseEstimator({ modelFile: path, workers: 0 });
    const keypoints = await estimator.estimate(picture, wholePicture(picture));
    await estimator.close();
    return keypoints;
  };

  it.each([
    ["half", "float16", 10],
    ["double", "float64", 11],
  ] as const)("may be %s-precision numbers", async (_, type, code) => {
    const { json, onnx } = makePatchModel("heatmap");
    const cast = { op: "Cast", inputs: ["maps"], outputs: ["cast"], attributes: { to: code } };
    const keypoints = await estimate({
      json: { ...json, output: { ...json.output, tensor: "cast" } as ModelJson["output"] },
      onnx: { ...onnx, nodes: [...onnx.nodes, cast], outputs: [{ ...onnx.outputs[0]!, name: "cast", type }] },
    });
    for (const [k, [column, row]] of cells.entries())
      expect([keypoints[k]!.x, keypoints[k]!.y]).toEqual([
        expect.closeTo((column + 0.5) * CELL, 4),
        expect.closeTo((row + 0.5) * CELL, 4),
      ]);
  });

  it("becomes a confidence by the range of its scores, within 0 and 1", async () => {
    const { json, onnx } = makePatchModel("heatmap");
    const confidences = async (from: number, to: number) =>
      (await estimate({ json: { ...json, score: { from, to } }, onnx })).map(({ confidence }) => confidence);
    // Every patch is found, with a score of 1.
    for (const one of await confidences(0, 2)) expect(one).toBeCloseTo(0.5, 5);
    for (const one of await confidences(-3, 0.5)) expect(one).toBe(1);
    for (const one of await confidences(1.5, 2)) expect(one).toBe(0);
  });
});

describe("a model's identity", () => {
  it("changes with the way its answer is read, the file being the same", async () => {
    const folder = makeTestFolder();
    const versions = new Set<string>();
    for (const scale of [1, 2]) {
      const { json, onnx } = makePatchModel("heatmap");
      const path = putModel(join(folder, `${scale}`), {
        json: { ...json, input: { ...json.input, scale } },
        onnx,
      });
      const estimator = await createPoseEstimator({ modelFile: path, workers: 0 });
      versions.add(estimator.model.version);
      await estimator.close();
    }
    expect(versions.size).toBe(2);
  });
});

describe("a model that wants the whole picture", () => {
  it("is shown all of it, turned by quarters, whatever was asked for", async () => {
    const model = makePatchModel("heatmap", { crop: { of: "picture" } });
    const path = putModel(join(makeTestFolder(), "own"), model);
    const estimator = await createPoseEstimator({ modelFile: path, workers: 0 });
    const cells = KEYPOINT_NAMES.map((_, k) => [(k * 5) % 16, (k * 3) % 16] as const);
    const picture = drawPatches(cells, { width: 64, height: 64, cell: CELL });
    const whole = await estimator.estimate(picture, wholePicture(picture));
    expect(await estimator.estimate(picture, { x: 10, y: 5, size: 12, angle: 0.4 })).toEqual(whole);
    const turned = await estimator.estimate(picture, { x: 10, y: 5, size: 12, angle: 1.4 });
    for (const [k, { x, y }] of turned.entries())
      expect([x, y]).toEqual([expect.closeTo(whole[k]!.x, 4), expect.closeTo(whole[k]!.y, 4)]);
    await estimator.close();
  });
});

describe("keypoints that a model has not", () => {
  it("lie in the middle of the others with confidence 0, and do not count in the mean", async () => {
    const { json, onnx } = makePatchModel("heatmap");
    const { nose: _, leftEye: __, rightEye: ___, leftEar: ____, rightEar: _____, ...rest } = json.keypoints;
    const path = putModel(join(makeTestFolder(), "own"), { json: { ...json, keypoints: rest }, onnx });
    const estimator = await createPoseEstimator({ modelFile: path, workers: 0 });
    const cells = KEYPOINT_NAMES.map((_, k) => [(k * 5) % 16, (k * 3) % 16] as const);
    const keypoints = await estimator.estimate(drawPatches(cells, { width: 64, height: 64, cell: CELL }), {
      ...{ x: 32, y: 32, size: 64, angle: 0 },
    });
    expect(estimator.lacks).toEqual(KEYPOINT_NAMES.slice(0, 5));
    const middle = keypoints.slice(5).reduce((sum, { x }) => sum + x, 0) / 12;
    for (const { x, confidence } of keypoints.slice(0, 5)) {
      expect(confidence).toBe(0);
      expect(x).toBeCloseTo(middle, 6);
    }
    await estimator.close();
  });
});
