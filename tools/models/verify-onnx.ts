import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import * as ort from "onnxruntime-node";
import type { ModelRecipe } from "./model-recipes.ts";
import { sortNodes, type TfjsGraph } from "./tfjs-graph.ts";

/** The source graph, run by TensorFlow.js. */
export interface TfjsReference {
  resizeInputShapes(): Promise<Map<string, readonly number[]>>;
  run(image: Uint8Array): Promise<Float32Array[]>;
}

/** Loads the graph into TensorFlow.js (WebAssembly back end). */
export async function openTfjsReference(graph: TfjsGraph, recipe: ModelRecipe): Promise<TfjsReference> {
  setWasmPaths(
    `${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"))}/dist/`,
  );
  await tf.setBackend("wasm");
  const weights = [...graph.weights.values()];
  const model = await loadGraphModel({
    load: async () => ({
      format: graph.format,
      modelTopology: { ...graph.modelTopology, versions: {}, library: {} },
      signature: graph.signature as object,
      weightSpecs: weights.map(({ bytes: _, ...spec }) => spec) as unknown as tf.io.WeightsManifestEntry[],
      weightData: new Uint8Array(Buffer.concat(weights.map((weight) => weight.bytes))).buffer,
    }),
  });
  const execute = (image: Uint8Array, nodes: string[]): tf.Tensor[] => {
    const input = tf.tensor4d(
      Array.from(image),
      [1, recipe.size, recipe.size, 3],
      recipe.inputScale === 1 ? "int32" : "float32",
    );
    const scaled = recipe.inputScale === 1 ? input : tf.mul(input, recipe.inputScale);
    const result = model.execute(scaled, nodes);
    return Array.isArray(result) ? result : [result];
  };
  return {
    async resizeInputShapes() {
      const resizes = sortNodes(
        graph,
        recipe.outputs.map((output) => output.node),
      ).filter((node) => node.op === "ResizeBilinear");
      const shapes = execute(
        patternImage(recipe.size, 1),
        resizes.map((node) => node.input![0]!),
      );
      return new Map(resizes.map((node, i) => [node.name, shapes[i]!.shape]));
    },
    async run(image) {
      const tensors = execute(
        image,
        recipe.outputs.map((output) => output.node),
      );
      return Promise.all(tensors.map(async (tensor) => (await tensor.data()) as Float32Array));
    },
  };
}

/** Largest absolute difference of each output between the ONNX file and the reference, over several pictures. */
export async function verifyOnnx(
  path: string,
  recipe: ModelRecipe,
  reference: TfjsReference,
): Promise<number[]> {
  const session = await ort.InferenceSession.create(path, { intraOpNumThreads: 1 });
  const worst = recipe.outputs.map(() => 0);
  for (const seed of [1, 2, 3, 4]) {
    const image = patternImage(recipe.size, seed);
    const expected = await reference.run(image);
    const answer = await session.run({
      image: new ort.Tensor("uint8", image, [1, recipe.size, recipe.size, 3]),
    });
    for (const [i, output] of recipe.outputs.entries()) {
      const actual = answer[output.as]!.data as Float32Array;
      if (actual.length !== expected[i]!.length) throw new Error(`${output.as}: ${actual.length} values`);
      for (let k = 0; k < actual.length; k++)
        worst[i] = Math.max(worst[i]!, Math.abs(actual[k]! - expected[i]![k]!));
    }
  }
  await session.release();
  return worst;
}

/** A repeatable picture with structure at several scales: sums of sine waves and bright discs. */
function patternImage(size: number, seed: number): Uint8Array {
  const image = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < 3; c++) {
        const wave = Math.sin((x * (seed + c)) / 17) + Math.cos((y * (seed + 2) + x) / 23);
        const disc = Math.hypot(x - size * (0.3 + 0.1 * seed), y - size * 0.4) < size * 0.15 ? 90 : 0;
        image[(y * size + x) * 3 + c] = Math.max(0, Math.min(255, 100 + 40 * wave + disc));
      }
    }
  }
  return image;
}
