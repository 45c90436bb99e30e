import type { TfjsGraphFile } from "../../src/pose/estimators/tfjs-graph-file.ts";
import type { ModelRecipe } from "./model-recipes.ts";
import { int32Values, sortNodes, type TfjsGraph } from "./tfjs-graph.ts";

/**
 * The graph for TensorFlow.js as JSON text. Float weights are not repeated: their fp16 bytes stand unchanged in the
 * ONNX file, and each entry says where.
 */
export function writeTfjsGraph(graph: TfjsGraph, recipe: ModelRecipe, onnx: Uint8Array): string {
  const haystack = Buffer.from(onnx.buffer, onnx.byteOffset, onnx.byteLength);
  const nodes = sortNodes(
    graph,
    recipe.outputs.map((output) => output.node),
  );
  const used = new Set(nodes.map((node) => node.name));
  const file: TfjsGraphFile = {
    format: graph.format,
    generatedBy: graph.generatedBy,
    convertedBy: graph.convertedBy,
    signature: graph.signature,
    modelTopology: { node: nodes, versions: {}, library: {} },
    weights: [...graph.weights.values()]
      .filter((weight) => used.has(weight.name))
      .map(({ name, shape, bytes, ...rest }) => {
        if (rest.dtype === "int32")
          return { name, shape, dtype: "int32", values: int32Values({ name, shape, bytes, ...rest }) };
        // Equal bytes are equal weights, so the first occurrence is as good as any.
        const offset = haystack.indexOf(bytes);
        if (offset < 0) throw new Error(`${name}: not found in the ONNX file`);
        return { name, shape, dtype: "float16", offset };
      }),
  };
  return `${JSON.stringify(file)}\n`;
}
