import type { OnnxConstant, OnnxNode } from "./onnx-file.ts";
import { makePatchModel, type PatchModel } from "./patch-model.ts";

/** A model that asks for 137 GB in a few bytes. */
export function makeLargeModel(): PatchModel {
  return withMore(
    [whole("shape", [2 ** 20, 2 ** 15])],
    [
      { op: "ConstantOfShape", inputs: ["shape"], outputs: ["huge"] },
      { op: "ReduceSum", inputs: ["huge"], outputs: ["more"], attributes: { keepdims: 0 } },
    ],
  );
}

/** A model that takes hours for a picture, and 0.2 GB: it multiplies large matrices made of what it is shown. */
export function makeLongModel(): PatchModel {
  const [side, times] = [4000, 2000];
  return withMore(
    [whole("wide", [1, 1, 1, side])],
    [
      { op: "ReduceMean", inputs: ["almost"], outputs: ["middle"], attributes: { keepdims: 1 } },
      { op: "Expand", inputs: ["middle", "wide"], outputs: ["row"] },
      { op: "Transpose", inputs: ["row"], outputs: ["column"], attributes: { perm: [0, 1, 3, 2] } },
      { op: "MatMul", inputs: ["column", "row"], outputs: ["square0"] },
      ...Array.from({ length: times }, (_, i) => ({
        ...{ op: "MatMul", inputs: [`square${i}`, "square0"], outputs: [`square${i + 1}`] },
      })),
      { op: "ReduceMean", inputs: [`square${times}`], outputs: ["more"], attributes: { keepdims: 0 } },
    ],
  );
}

/** A good model to whose answer is added what the nodes make of it: `more` of `almost`. */
function withMore(constants: readonly OnnxConstant[], nodes: readonly OnnxNode[]): PatchModel {
  const { json, onnx } = makePatchModel("heatmap");
  const own = onnx.nodes.map((node) =>
    node.outputs[0] === "maps" ? { ...node, outputs: ["almost"] } : node,
  );
  const added: OnnxNode = { op: "Add", inputs: ["almost", "more"], outputs: ["maps"] };
  return {
    json,
    onnx: { ...onnx, constants: [...onnx.constants, ...constants], nodes: [...own, ...nodes, added] },
  };
}

function whole(name: string, values: readonly number[]): OnnxConstant {
  return { name, type: "int64", shape: [values.length], values };
}
