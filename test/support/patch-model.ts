import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { Picture } from "../../src/frames/frame.ts";
import type { addedModelSchema } from "../../src/pose/added-model.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import { type OnnxConstant, type OnnxModel, type OnnxNode, writeOnnx } from "./onnx-file.ts";

/** What a `model.json` may hold, defaults left out. */
export type ModelJson = z.input<typeof addedModelSchema>;
type Input = ModelJson["input"];
export type Head = "heatmap" | "simcc" | "regression";

/** px of the input that one cell covers. */
export const CELL = 4;
const COUNT = KEYPOINT_NAMES.length;
/** The byte by which a keypoint is known: its patch is as red as that. */
export const levelOf = (k: number): number => 40 + 12 * k;

export interface PatchModel {
  readonly json: ModelJson;
  readonly onnx: OnnxModel;
}

/**
 * A model that finds patches: keypoint k lies in the cell of 4 x 4 px whose mean red comes nearest to `levelOf(k)`, and
 * its score is 1 minus the difference in shares of 255. It undoes what was done to the input's bytes first, so that a
 * wrong order of channels or dimensions, or another mean, gives other places.
 */
export function makePatchModel(head: Head, given: Partial<Input> = {}, name = "patches"): PatchModel {
  const input: Input = {
    ...{ width: 64, height: 64, layout: "NCHW", type: "float32", channels: "RGB", fit: "letterbox" },
    crop: { of: "person", margin: 1.35 },
    ...given,
  };
  const { width, height, layout, type, channels, scale = 1, mean = [0, 0, 0], std = [1, 1, 1] } = input;
  const [columns, rows] = [width / CELL, height / CELL];
  const perChannel = (values: readonly number[], named: string): OnnxConstant => ({
    ...{ name: named, type: "float32", shape: [1, 3, 1, 1], values },
  });
  const one = (named: string, value: number): OnnxConstant => ({
    ...{ name: named, type: "float32", shape: [1], values: [value] },
  });
  const constants: OnnxConstant[] = [
    perChannel(
      std.map((value) => value / scale),
      "std",
    ),
    perChannel(
      mean.map((value) => value / scale),
      "mean",
    ),
    { name: "red", type: "int64", shape: [1], values: [channels === "RGB" ? 0 : 2] },
    {
      name: "levels",
      type: "float32",
      shape: [1, COUNT, 1, 1],
      values: KEYPOINT_NAMES.map((_, k) => levelOf(k)),
    },
    one("share", -1 / 255),
    one("whole", 1),
  ];
  const nodes: OnnxNode[] = [
    layout === "NHWC"
      ? { op: "Transpose", inputs: ["picture"], outputs: ["ordered"], attributes: { perm: [0, 3, 1, 2] } }
      : { op: "Identity", inputs: ["picture"], outputs: ["ordered"] },
    { op: "Cast", inputs: ["ordered"], outputs: ["numbers"], attributes: { to: 1 } },
    { op: "Mul", inputs: ["numbers", "std"], outputs: ["widened"] },
    { op: "Add", inputs: ["widened", "mean"], outputs: ["bytes"] },
    { op: "Gather", inputs: ["bytes", "red"], outputs: ["reds"], attributes: { axis: 1 } },
    {
      ...{ op: "AveragePool", inputs: ["reds"], outputs: ["cells"] },
      attributes: { kernel_shape: [CELL, CELL], strides: [CELL, CELL] },
    },
    { op: "Sub", inputs: ["cells", "levels"], outputs: ["off"] },
    { op: "Abs", inputs: ["off"], outputs: ["away"] },
    { op: "Mul", inputs: ["away", "share"], outputs: ["less"] },
    { op: "Add", inputs: ["less", "whole"], outputs: ["maps"] },
  ];
  const common = {
    ...{ name, version: "1", licence: "Apache-2.0", source: { citation: "made by a test" } },
    ...{ file: "model.onnx", sha256: "0".repeat(64), input },
    keypoints: Object.fromEntries(KEYPOINT_NAMES.map((one, k) => [one, k])) as ModelJson["keypoints"],
  };
  const shape = layout === "NCHW" ? [1, 3, height, width] : [1, height, width, 3];
  const inputs = [{ name: "picture", type, shape }];
  if (head === "heatmap") {
    return {
      json: { ...common, output: { head, tensor: "maps", stride: CELL, cells: "center", refine: "none" } },
      onnx: {
        inputs,
        constants,
        nodes,
        outputs: [{ name: "maps", type: "float32", shape: [1, COUNT, rows, columns] }],
      },
    };
  }
  if (head === "simcc") {
    return {
      json: { ...common, output: { head, x: "across", y: "down", split: 1 / CELL } },
      onnx: {
        ...{ inputs, constants },
        nodes: [
          ...nodes,
          { op: "ReduceMax", inputs: ["maps"], outputs: ["across"], attributes: { axes: [2], keepdims: 0 } },
          { op: "ReduceMax", inputs: ["maps"], outputs: ["down"], attributes: { axes: [3], keepdims: 0 } },
        ],
        outputs: [
          { name: "across", type: "float32", shape: [1, COUNT, columns] },
          { name: "down", type: "float32", shape: [1, COUNT, rows] },
        ],
      },
    };
  }
  return {
    json: {
      ...common,
      output: { head, tensor: "points", values: ["y", "x", "score"], coordinates: "unit" },
    },
    onnx: {
      inputs,
      constants: [
        ...constants,
        { name: "flat", type: "int64", shape: [3], values: [1, COUNT, columns * rows] },
        ...[
          one("columns", columns),
          one("half", 0.5),
          one("perColumn", 1 / columns),
          one("perRow", 1 / rows),
        ],
      ],
      nodes: [
        ...nodes,
        { op: "Reshape", inputs: ["maps", "flat"], outputs: ["lines"] },
        { op: "ArgMax", inputs: ["lines"], outputs: ["best"], attributes: { axis: 2, keepdims: 1 } },
        { op: "ReduceMax", inputs: ["lines"], outputs: ["score"], attributes: { axes: [2], keepdims: 1 } },
        { op: "Cast", inputs: ["best"], outputs: ["cell"], attributes: { to: 1 } },
        { op: "Div", inputs: ["cell", "columns"], outputs: ["rowAndRest"] },
        { op: "Floor", inputs: ["rowAndRest"], outputs: ["row"] },
        { op: "Mul", inputs: ["row", "columns"], outputs: ["before"] },
        { op: "Sub", inputs: ["cell", "before"], outputs: ["column"] },
        { op: "Add", inputs: ["column", "half"], outputs: ["columnMiddle"] },
        { op: "Add", inputs: ["row", "half"], outputs: ["rowMiddle"] },
        { op: "Mul", inputs: ["columnMiddle", "perColumn"], outputs: ["x"] },
        { op: "Mul", inputs: ["rowMiddle", "perRow"], outputs: ["y"] },
        { op: "Concat", inputs: ["y", "x", "score"], outputs: ["points"], attributes: { axis: 2 } },
      ],
      outputs: [{ name: "points", type: "float32", shape: [1, COUNT, 3] }],
    },
  };
}

/** Writes a model's two files into a folder, the SHA-256 put right; answers the path of its `model.json`. */
export function putModel(folder: string, { json, onnx }: PatchModel, bytes = writeOnnx(onnx)): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, json.file), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const path = join(folder, "model.json");
  writeFileSync(path, JSON.stringify({ ...json, sha256 }));
  return path;
}

/**
 * A colour picture in which each keypoint has a patch of one or more whole cells at the place given (cells); green and
 * blue hold what must not be looked at.
 */
export function drawPatches(
  cells: readonly (readonly [number, number])[],
  { width, height, cell }: { width: number; height: number; cell: number },
): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    data[3 * i + 1] = (i * 7) % 251;
    data[3 * i + 2] = (i * 13) % 241;
  }
  for (const [k, [column, row]] of cells.entries())
    for (let y = row * cell; y < (row + 1) * cell; y++)
      for (let x = column * cell; x < (column + 1) * cell; x++) data[3 * (y * width + x)] = levelOf(k);
  return { width, height, channels: 3, data };
}
