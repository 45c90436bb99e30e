import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addModel, checkModel, removeModel } from "../../src/pose/check-model.ts";
import { createPoseEstimator } from "../../src/pose/create-pose-estimator.ts";
import { LARGEST_BYTES } from "../../src/pose/estimators/added-model-files.ts";
import { addedModelsDirectory } from "../../src/pose/estimators/added-models.ts";
import { readOnnxOutline } from "../../src/pose/estimators/onnx-outline.ts";
import { listAddedModels } from "../../src/pose/list-models.ts";
import { ModelError, type ModelErrorCode } from "../../src/pose/model-error.ts";
import { processesNaming, waitForProcesses } from "../support/child-processes.ts";
import { makeLargeModel, makeLongModel } from "../support/heavy-models.ts";
import { type OnnxModel, rawBytes, writeOnnx } from "../support/onnx-file.ts";
import { type Head, makePatchModel, type PatchModel, putModel } from "../support/patch-model.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

async function refusal(work: Promise<unknown>): Promise<ModelError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
}

async function expectRefusal(path: string, code: ModelErrorCode, ...words: RegExp[]): Promise<void> {
  const error = await refusal(checkModel(path));
  expect(error.code).toBe(code);
  for (const word of words) expect(error.message).toMatch(word);
}

/** Puts a good model with something of its description changed. */
function putChanged(change: (json: Record<string, unknown>) => void, head: Head = "heatmap"): string {
  const path = putModel(makeTestFolder(), makePatchModel(head));
  const json = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  change(json);
  writeFileSync(path, JSON.stringify(json));
  return path;
}

/** Puts a good model with something of its graph changed. */
function putGraph(change: (onnx: OnnxModel) => OnnxModel, head: Head = "heatmap"): string {
  const { json, onnx } = makePatchModel(head);
  return putModel(makeTestFolder(), { json, onnx: change(onnx) });
}

describe("a check of a model", () => {
  it.each<Head>(["heatmap", "simcc", "regression"])("passes one with a %s head", async (head) => {
    const { model, licence, keypoints, warnings } = await checkModel(
      putModel(makeTestFolder(), makePatchModel(head)),
    );
    expect([model.name, licence]).toEqual(["patches", "Apache-2.0"]);
    // It looks for patches of gray, and the rendered infant has none for it.
    expect(keypoints.length === 0 || warnings.length > 0).toBe(true);
  });

  it("names the licence's lack, and whatever else a description lacks", async () => {
    await expectRefusal(
      putChanged((json) => delete json["licence"]),
      "model-invalid",
      /licence/,
    );
    await expectRefusal(
      putChanged((json) => Object.assign(json, { licence: "  " })),
      "model-invalid",
      /licence/,
    );
    await expectRefusal(
      putChanged((json) => delete json["sha256"]),
      "model-invalid",
      /sha256/,
    );
    await expectRefusal(
      putChanged((json) => Object.assign(json, { source: {} })),
      "model-invalid",
      /source/,
    );
    await expectRefusal(
      putChanged((json) => Object.assign(json, { extra: 1 })),
      "model-invalid",
      /extra/,
    );
    await expectRefusal(
      putChanged((json) => Object.assign(json, { name: "Big Model" })),
      "model-invalid",
      /name/,
    );
  });

  it.each(["leftHip", "rightKnee", "leftAnkle", "rightShoulder"])("says why %s is needed", (name) =>
    expectRefusal(
      putChanged((json) => delete (json["keypoints"] as Record<string, unknown>)[name]),
      "model-invalid",
      /legs/,
      new RegExp(name),
    ),
  );

  it("refuses keypoints that stand twice, or are none", async () => {
    const keypoints = (json: Record<string, unknown>) => json["keypoints"] as Record<string, unknown>;
    await expectRefusal(
      putChanged((json) => Object.assign(keypoints(json), { nose: 3 })),
      "model-invalid",
    );
    await expectRefusal(
      putChanged((json) => Object.assign(keypoints(json), { tail: 30 })),
      "model-invalid",
      /tail/,
    );
  });

  it("refuses numbers for bytes that are shown as they are", () =>
    expectRefusal(
      putChanged((json) => Object.assign(json["input"] as object, { type: "uint8", scale: 2 })),
      "model-invalid",
      /uint8/,
    ));

  it("refuses a name of one of Kickline's own models", () =>
    expectRefusal(
      putChanged((json) => Object.assign(json, { name: "movenet-thunder" })),
      "model-name-taken",
    ));

  it.each(["../model.onnx", "/etc/passwd", "a/b.onnx", "..", ".hidden", "C:\\x.onnx"])(
    "refuses the file %s",
    (file) =>
      expectRefusal(
        putChanged((json) => Object.assign(json, { file })),
        "model-invalid",
        /file/,
      ),
  );

  it("refuses what is no JSON, no object, not there, a folder, or huge", async () => {
    const folder = makeTestFolder();
    const put = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    await expectRefusal(put("a.json", "{"), "model-invalid", /JSON/);
    await expectRefusal(put("b.json", "[]"), "model-invalid");
    await expectRefusal(put("c.json", "\u0000\u0001"), "model-invalid");
    await expectRefusal(put("d.json", `"${"x".repeat(1 << 20)}"`), "model-too-large");
    await expectRefusal(join(folder, "none.json"), "model-missing");
    await expectRefusal(folder, "model-missing");
  });

  it("refuses files that are missing, altered, cut short, no ONNX, or links to elsewhere", async () => {
    const onnxOf = (path: string) => join(dirname(path), "model.onnx");
    const missing = putChanged((json) => Object.assign(json, { file: "other.onnx" }));
    await expectRefusal(missing, "model-missing", /other\.onnx/);

    const altered = putModel(makeTestFolder(), makePatchModel("heatmap"));
    writeFileSync(onnxOf(altered), Buffer.concat([readFileSync(onnxOf(altered)), Buffer.from([0])]));
    await expectRefusal(altered, "model-altered", /SHA-256/);

    const good = makePatchModel("heatmap");
    const bytes = writeOnnx(good.onnx);
    for (const length of [0, 1, 7, 40, Math.floor(bytes.length / 2), bytes.length - 30]) {
      const { code } = await refusal(checkModel(putModel(makeTestFolder(), good, bytes.subarray(0, length))));
      expect(["model-unreadable", "model-invalid"]).toContain(code);
    }
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) >> 3);
    const { code } = await refusal(checkModel(putModel(makeTestFolder(), good, noise)));
    expect(code).toBe("model-unreadable");

    const linked = putModel(makeTestFolder(), good);
    const outside = join(makeTestFolder(), "outside.onnx");
    cpSync(onnxOf(linked), outside);
    symlinkSync(outside, join(dirname(linked), "link.onnx"));
    writeFileSync(linked, readFileSync(linked, "utf8").replace('"model.onnx"', '"link.onnx"'));
    await expectRefusal(linked, "model-outside");
  });

  it("refuses a file larger than any model, without reading it", async () => {
    const path = putModel(makeTestFolder(), makePatchModel("heatmap"));
    // Sparse: it takes no room.
    truncateSync(join(dirname(path), "model.onnx"), LARGEST_BYTES.onnx + 1);
    await expectRefusal(path, "model-too-large", /model\.onnx/);
  });

  it("refuses any single byte that was changed", async () => {
    const path = putModel(makeTestFolder(), makePatchModel("simcc"));
    const file = join(dirname(path), "model.onnx");
    const bytes = readFileSync(file);
    for (const at of [0, 100, bytes.length - 1]) {
      const other = Buffer.from(bytes);
      other[at]! ^= 1;
      writeFileSync(file, other);
      expect((await refusal(checkModel(path))).code).toBe("model-altered");
    }
  });
});

describe("weights in files of their own", () => {
  /** A model whose levels lie in a file, and that file. */
  const apart = (place: string): { model: PatchModel; bytes: Uint8Array } => {
    const model = makePatchModel("heatmap");
    const levels = model.onnx.constants.find(({ name }) => name === "levels")!;
    const constants = model.onnx.constants.map((one) => (one === levels ? { ...one, place } : one));
    return {
      model: { ...model, onnx: { ...model.onnx, constants } },
      bytes: rawBytes(levels.type, levels.values),
    };
  };

  it.each(["../weights.bin", "/etc/passwd", "weights.bin", "sub/weights.bin"])(
    "are refused when the description does not name them: %s",
    async (place) => {
      const { model } = apart(place);
      await expectRefusal(putModel(makeTestFolder(), model), "model-external-data", /data/);
    },
  );

  it("are read, checked and copied when it does", async () => {
    const { model, bytes } = apart("weights.bin");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const folder = makeTestFolder();
    const path = putModel(folder, {
      ...model,
      json: { ...model.json, data: [{ file: "weights.bin", sha256 }] },
    });
    await expectRefusal(path, "model-missing", /weights\.bin/);
    writeFileSync(join(folder, "weights.bin"), bytes);
    const kept = makeTestFolder();
    await addModel(path, kept);
    expect(readdirSync(join(kept, "patches")).sort()).toEqual(["model.json", "model.onnx", "weights.bin"]);
    const estimator = await createPoseEstimator({ model: "patches", addedModelsDirectory: kept, workers: 0 });
    await estimator.close();
    writeFileSync(join(folder, "weights.bin"), Buffer.alloc(bytes.length));
    await expectRefusal(path, "model-altered", /weights\.bin/);
  });
});

describe("a graph that does not fit its description", () => {
  const withInput = (change: Partial<OnnxModel["inputs"][number]>) =>
    putGraph((onnx) => ({ ...onnx, inputs: [{ ...onnx.inputs[0]!, ...change }] }));

  it("names what is wrong with its input", async () => {
    await expectRefusal(withInput({ shape: [1, 3, 32, 64] }), "model-mismatch", /32, 64/, /64, 64/);
    await expectRefusal(withInput({ type: "uint8" }), "model-mismatch", /uint8/, /float32/);
    const named = putChanged((json) => Object.assign(json["input"] as object, { tensor: "image" }));
    await expectRefusal(named, "model-mismatch", /picture/, /image/);
    const two = putGraph((onnx) => ({
      ...onnx,
      inputs: [...onnx.inputs, { name: "more", type: "float32", shape: [1] }],
    }));
    await expectRefusal(two, "model-mismatch", /2 inputs/, /more/);
  });

  it("may leave the number of pictures open", async () => {
    const open = (onnx: OnnxModel): OnnxModel => ({
      ...onnx,
      inputs: [{ ...onnx.inputs[0]!, shape: ["batch", 3, "height", "width"] }],
      outputs: [{ ...onnx.outputs[0]!, shape: ["batch", 17, "rows", "columns"] }],
    });
    expect((await checkModel(putGraph(open))).model.name).toBe("patches");
  });

  it("names what is wrong with its outputs", async () => {
    const output = (json: Record<string, unknown>) => json["output"] as Record<string, unknown>;
    await expectRefusal(
      putChanged((json) => Object.assign(output(json), { tensor: "other" })),
      "model-mismatch",
      /other/,
      /maps/,
    );
    await expectRefusal(
      putChanged((json) => Object.assign(output(json), { stride: 8 })),
      "model-mismatch",
      /16, 16/,
    );
    await expectRefusal(
      putChanged((json) => Object.assign(output(json), { split: 2 }), "simcc"),
      "model-mismatch",
    );
    const keypoints = (json: Record<string, unknown>) => json["keypoints"] as Record<string, unknown>;
    await expectRefusal(
      putChanged((json) => Object.assign(keypoints(json), { nose: 17 })),
      "model-mismatch",
      /17 of 18/,
    );
  });

  it("refuses operators from elsewhere, and of the standard those there are none of", async () => {
    const withNode = (op: string, domain?: string) =>
      putGraph((onnx) => ({
        ...onnx,
        nodes: [
          ...onnx.nodes.map((node) => (node.outputs[0] === "maps" ? { ...node, outputs: ["almost"] } : node)),
          { op, inputs: ["almost"], outputs: ["maps"], ...(domain === undefined ? {} : { domain }) },
        ],
      }));
    await expectRefusal(withNode("Magic", "my.company"), "model-operators", /my\.company::Magic/);
    await expectRefusal(withNode("Magic"), "model-operators", /Magic/);
    expect((await checkModel(withNode("Identity"))).model.name).toBe("patches");
  });

  it("refuses numbers that are none", () =>
    expectRefusal(
      putGraph((onnx) => ({
        ...onnx,
        constants: onnx.constants.map((one) => (one.name === "whole" ? { ...one, values: [NaN] } : one)),
      })),
      "model-not-finite",
      /maps/,
    ));

  it("refuses an answer that changes by chance", () =>
    expectRefusal(
      putGraph((onnx) => ({
        ...onnx,
        nodes: [
          ...onnx.nodes.map((node) => (node.outputs[0] === "maps" ? { ...node, outputs: ["almost"] } : node)),
          { op: "RandomUniformLike", inputs: ["almost"], outputs: ["chance"] },
          { op: "Add", inputs: ["almost", "chance"], outputs: ["maps"] },
        ],
      })),
      "model-unsteady",
    ));

  it("refuses coordinates that are taken for others", () =>
    expectRefusal(
      putGraph(
        (onnx) => ({
          ...onnx,
          constants: onnx.constants.map((one) => (one.name === "perRow" ? { ...one, values: [100] } : one)),
        }),
        "regression",
      ),
      "model-astray",
      /far outside/,
    ));
});

describe("a model that takes all there is", () => {
  const none = (path: string) => expect(processesNaming(path)).toEqual([]);

  it("is refused for its memory", { timeout: 60_000 }, async () => {
    const path = putModel(makeTestFolder(), makeLargeModel());
    await expectRefusal(path, "model-too-heavy", /memory/);
    none(path);
  });

  it("is refused for its time, and not added", { timeout: 60_000 }, async () => {
    const [path, kept] = [putModel(makeTestFolder(), makeLongModel()), makeTestFolder()];
    const { code, message } = await refusal(addModel(path, kept, { seconds: 3 }));
    expect([code, message]).toEqual(["model-too-heavy", expect.stringMatching(/3 seconds/)]);
    expect(readdirSync(kept)).toEqual([]);
    none(path);
  });

  it("is let go of when told to stop", { timeout: 60_000 }, async () => {
    const path = putModel(makeTestFolder(), makeLongModel());
    const stop = new AbortController();
    const check = checkModel(path, { signal: stop.signal });
    expect(await waitForProcesses(path, 1)).toHaveLength(1);
    stop.abort(new Error("enough"));
    await expect(check).rejects.toThrow("enough");
    none(path);
    await expect(checkModel(path, { signal: stop.signal })).rejects.toThrow("enough");
  });
});

describe("added models", () => {
  it("are listed, opened by name from anywhere, and removed", async () => {
    const [folder, kept] = [makeTestFolder(), makeTestFolder()];
    const path = putModel(folder, makePatchModel("heatmap"));
    const { model } = await addModel(path, kept);
    // Again, the very same: nothing happens.
    await addModel(path, kept);
    expect(await listAddedModels(kept)).toEqual([
      { name: "patches", identity: model, licence: "Apache-2.0" },
    ]);
    const estimator = await createPoseEstimator({ model: "patches", addedModelsDirectory: kept, workers: 1 });
    expect(estimator.model).toEqual(model);
    await estimator.close();
    await removeModel("patches", kept);
    expect(readdirSync(kept)).toEqual([]);
    expect((await refusal(removeModel("patches", kept))).code).toBe("model-missing");
    await expect(createPoseEstimator({ model: "patches", addedModelsDirectory: kept })).rejects.toMatchObject(
      {
        ...{ name: "OptionsError", code: "options-invalid" },
        message: expect.stringMatching(/patches.*movenet-thunder/),
      },
    );
  });

  it("are not replaced by another of the same name", async () => {
    const kept = makeTestFolder();
    await addModel(putModel(makeTestFolder(), makePatchModel("heatmap")), kept);
    const other = putModel(makeTestFolder(), makePatchModel("simcc"));
    expect((await refusal(addModel(other, kept))).code).toBe("model-name-taken");
    await removeModel("patches", kept);
    expect((await addModel(other, kept)).model.name).toBe("patches");
  });

  it("that do not pass leave nothing behind", async () => {
    const kept = join(makeTestFolder(), "models");
    const path = putChanged((json) => delete json["licence"]);
    await refusal(addModel(path, kept));
    expect(existsSync(kept)).toBe(false);
  });

  it("that were altered later are told with their problem, and are not opened", async () => {
    const kept = makeTestFolder();
    await addModel(putModel(makeTestFolder(), makePatchModel("heatmap")), kept);
    writeFileSync(join(kept, "patches", "model.onnx"), "x");
    mkdirSync(join(kept, "empty"));
    const [empty, patches] = await listAddedModels(kept);
    expect([empty!.problem?.code, patches!.problem?.code]).toEqual(["model-missing", "model-altered"]);
    const opened = createPoseEstimator({ model: "patches", addedModelsDirectory: kept, workers: 0 });
    expect((await refusal(opened)).code).toBe("model-altered");
    await removeModel("patches", kept);
    await removeModel("empty", kept);
  });

  it("that cannot be written say so", async () => {
    const file = join(makeTestFolder(), "file");
    writeFileSync(file, "");
    const path = putModel(makeTestFolder(), makePatchModel("heatmap"));
    const { code } = await refusal(addModel(path, file));
    expect(["model-folder-unwritable", "model-missing"]).toContain(code);
  });

  it("lie where the environment says, or in the user's data folder", () => {
    expect(addedModelsDirectory({ KICKLINE_MODELS: "/m", XDG_DATA_HOME: "/d" }, "linux")).toBe("/m");
    expect(addedModelsDirectory({ XDG_DATA_HOME: "/d" }, "linux")).toBe("/d/kickline/models");
    expect(addedModelsDirectory({}, "linux")).toMatch(/\.local\/share\/kickline\/models$/);
    expect(addedModelsDirectory({}, "darwin")).toMatch(/Application Support\/kickline\/models$/);
  });
});

describe("the reader of ONNX files", () => {
  it("ends with an answer or an error, whatever the bytes are", () => {
    const good = writeOnnx(makePatchModel("regression").onnx);
    const spoilt = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const bytes = good.slice();
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        try {
          expect(readOnnxOutline(bytes).externalPlaces).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2000 },
    );
    expect(readOnnxOutline(good)).toEqual({ foreignOperators: [], externalPlaces: [] });
  });
});
