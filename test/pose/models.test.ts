import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPoseEstimator } from "../../src/pose/create-pose-estimator.ts";
import { wholePicture } from "../../src/pose/crop.ts";
import { defaultModelsDirectory, readModel } from "../../src/pose/estimators/model-files.ts";
import { POSE_MODELS } from "../../src/pose/find-model.ts";
import { ModelError } from "../../src/pose/model-error.ts";
import { createPoseFollower, POSE_FOLLOWER_DEFAULTS } from "../../src/pose/pose-follower.ts";
import { computeTrunk } from "../../src/pose/trunk.ts";
import { readGoldenPicture, readGoldenTruth } from "./golden-picture.ts";

describe.each(POSE_MODELS)("%s", (model) => {
  it("comes unaltered, with a free licence and a model card", async () => {
    const { manifest } = await readModel(model);
    expect(manifest.name).toBe(model);
    expect(manifest.licence).toBe("Apache-2.0");
    expect(readFileSync(join(defaultModelsDirectory(), model, "MODEL_CARD.md"), "utf8")).toContain(
      manifest.source.url,
    );
  });

  it("names the COCO keypoints among its own", async () => {
    const { manifest } = await readModel(model);
    const names = manifest.coco.map((position) => manifest.keypoints[position]);
    expect(names.slice(11)).toEqual([
      "leftHip",
      "rightHip",
      "leftKnee",
      "rightKnee",
      "leftAnkle",
      "rightAnkle",
    ]);
    expect(new Set(names).size).toBe(17);
  });
});

describe("golden picture", () => {
  const picture = readGoldenPicture();
  const truth = readGoldenTruth();

  it.each(["movenet-lightning", "movenet-thunder"] as const)(
    "%s: both runtimes agree within a thousandth",
    async (model) => {
      const onnx = await createPoseEstimator({ model, workers: 0 });
      const tfjs = await createPoseEstimator({ model, runtime: "tfjs", workers: 0 });
      for (const region of [wholePicture(picture), { x: 182, y: 98, size: 190, angle: 0.2 }]) {
        const a = await onnx.estimate(picture, region);
        const b = await tfjs.estimate(picture, region);
        for (const [i, one] of a.entries()) {
          const other = b[i]!;
          expect(Math.hypot(one.x - other.x, one.y - other.y) / region.size).toBeLessThan(1e-3);
          expect(Math.abs(one.confidence - other.confidence)).toBeLessThan(1e-3);
        }
      }
      await onnx.close();
      await tfjs.close();
    },
  );

  it.each([
    ["movenet-lightning", undefined],
    ["movenet-thunder", undefined],
    ["movenet-thunder", "blazepose-heavy"],
  ] as const)("%s with %s finds the legs within a quarter of the trunk", async (model, second) => {
    const estimator = await createPoseEstimator({ model, workers: 0 });
    const detail = second && (await createPoseEstimator({ model: second, workers: 0 }));
    const pose = await createPoseFollower(estimator, POSE_FOLLOWER_DEFAULTS, detail).next(picture, 0);
    const trunk = computeTrunk(pose!.keypoints).length;
    for (const i of [11, 12, 13, 14, 15, 16]) {
      const { x, y } = pose!.keypoints[i]!;
      expect(Math.hypot(x - truth[i]![0], y - truth[i]![1]) / trunk).toBeLessThan(0.25);
    }
    expect(pose!.confidence).toBeGreaterThan(0.5);
    await estimator.close();
    await detail?.close();
  });
});

describe("a model that cannot be used", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "models-"));
    cpSync(join(defaultModelsDirectory(), "movenet-lightning"), join(folder, "movenet-lightning"), {
      recursive: true,
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function failure(): Promise<ModelError> {
    const opened = createPoseEstimator({ model: "movenet-lightning", modelsDirectory: folder, workers: 0 });
    const error = await opened.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ModelError);
    return error as ModelError;
  }

  it("is missing: the error names the file", async () => {
    rmSync(join(folder, "movenet-lightning", "model.onnx"));
    const error = await failure();
    expect(error.code).toBe("model-missing");
    expect(error.message).toContain(join("movenet-lightning", "model.onnx"));
  });

  it("was altered by one byte: the error names the file", async () => {
    const path = join(folder, "movenet-lightning", "model.onnx");
    const bytes = readFileSync(path);
    bytes[1_000_000]! ^= 1;
    writeFileSync(path, bytes);
    const error = await failure();
    expect(error.code).toBe("model-altered");
    expect(error.message).toContain(path);
  });

  it("has a description that is not valid: the error says where", async () => {
    const path = join(folder, "movenet-lightning", "model.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"uint8"', '"float64"'));
    const error = await failure();
    expect(error.code).toBe("model-invalid");
    expect(error.message).toContain("input.type");
  });

  it("does not fit its runtime: threads end and the error arrives", async () => {
    await expect(
      createPoseEstimator({ model: "blazepose-heavy", runtime: "tfjs", workers: 2 }),
    ).rejects.toMatchObject({
      name: "ModelError",
      code: "runtime-missing",
    });
  });

  it("is asked for with a wrong number of workers", async () => {
    await expect(createPoseEstimator({ workers: -1 })).rejects.toThrow(RangeError);
    await expect(createPoseEstimator({ workers: 1.5 })).rejects.toThrow(RangeError);
  });
});

describe("a process that closes its estimator", () => {
  it("ends by itself, with work still waiting", () => {
    const url = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
    const code = `
      const { createPoseEstimator } = await import(${url("../../src/pose/create-pose-estimator.ts")});
      const estimator = await createPoseEstimator({ model: "movenet-lightning", workers: 2 });
      const picture = { width: 64, height: 64, channels: 1, data: new Uint8Array(4096) };
      const calls = Array.from({ length: 9 }, () => estimator.estimate(picture, { x: 32, y: 32, size: 64, angle: 0 }));
      const settled = Promise.allSettled(calls);
      await estimator.close();
      const kinds = (await settled).map(({ status }) => status);
      console.log(kinds.includes("rejected"), kinds.length, process.listenerCount("unhandledRejection"));`;
    const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(run.stderr).toBe("");
    expect(run.stdout.trim()).toBe("true 9 0");
    expect(run.status).toBe(0);
  });
});
