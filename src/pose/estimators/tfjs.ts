import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Core from "@tensorflow/tfjs-core";
import { ModelError } from "../model-error.ts";
import type { ModelOutputs, ModelSession, SessionRequest } from "./model-session.ts";
import type { TfjsGraphFile } from "./tfjs-graph-file.ts";

/** The parts of TensorFlow.js a session needs; `@tensorflow/tfjs-node` exports both from one module. */
interface Runtime {
  readonly tf: typeof Core;
  readonly loadGraphModel: typeof import("@tensorflow/tfjs-converter").loadGraphModel;
}

const BYTES_PER_FP16 = 2;

/**
 * Opens a model with TensorFlow.js: natively with `@tensorflow/tfjs-node` when the user has installed it, else in
 * WebAssembly. Nothing is fetched; the WebAssembly files are read from the installed package.
 *
 * Throws `ModelError` `runtime-missing` when the model has no graph for TensorFlow.js, `runtime-failed` when neither
 * back end starts.
 */
export async function openTfjsSession(request: SessionRequest): Promise<ModelSession> {
  if (request.files.tfjs === undefined) {
    throw new ModelError(
      "runtime-missing",
      `${request.files.onnx}: this model has no graph for TensorFlow.js. Use the "onnx" runtime.`,
    );
  }
  const { tf, loadGraphModel } = await openRuntime();
  const graph = JSON.parse(await readFile(request.files.tfjs, "utf8")) as TfjsGraphFile;
  const artifacts = joinWeights(graph, await readFile(request.files.onnx));
  const model = await loadGraphModel({ load: async () => artifacts });
  const shape = [...request.input.shape] as [number, number, number, number];
  const { name } = request.outputs[0]!;
  return {
    async run(crop) {
      const input = tf.tensor4d(Int32Array.from(crop), shape, "int32");
      const output = model.predict(input) as Core.Tensor;
      try {
        return { [name]: (await output.data<"float32">()).slice() } satisfies ModelOutputs;
      } finally {
        input.dispose();
        output.dispose();
      }
    },
    async close() {
      model.dispose();
    },
  };
}

async function openRuntime(): Promise<Runtime> {
  // A variable name, so that neither the compiler nor bundlers demand a package that is usually absent.
  const native = "@tensorflow/tfjs-node";
  try {
    const module = (await import(native)) as typeof Core & Pick<Runtime, "loadGraphModel">;
    return { tf: module, loadGraphModel: module.loadGraphModel };
  } catch {
    return openWasmRuntime();
  }
}

async function openWasmRuntime(): Promise<Runtime> {
  const listeners = (["uncaughtException", "unhandledRejection"] as const).map(
    (event) => [event, new Set(process.listeners(event as "uncaughtException"))] as const,
  );
  const tf = await import("@tensorflow/tfjs-core");
  const { loadGraphModel } = await import("@tensorflow/tfjs-converter");
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const packageFile = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(`${join(dirname(packageFile), "dist")}/`);
  if (!(await tf.setBackend("wasm"))) {
    throw new ModelError("runtime-failed", "TensorFlow.js could not start its WebAssembly back end.");
  }
  // Its loader takes over the whole process's error handling; an imported library must not.
  for (const [event, before] of listeners) {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before.has(listener)) process.removeListener(event, listener);
    }
  }
  return { tf, loadGraphModel };
}

/** The graph with its weights cut out of the ONNX file. */
function joinWeights(graph: TfjsGraphFile, onnx: Uint8Array): Core.io.ModelArtifacts {
  const specs: Core.io.WeightsManifestEntry[] = [];
  const parts: Uint8Array[] = [];
  for (const weight of graph.weights) {
    const shape = [...weight.shape];
    if (weight.dtype === "int32") {
      specs.push({ name: weight.name, shape, dtype: "int32" });
      parts.push(new Uint8Array(Int32Array.from(weight.values).buffer));
    } else {
      const length = shape.reduce((a, b) => a * b, 1) * BYTES_PER_FP16;
      specs.push({
        name: weight.name,
        shape,
        dtype: "float32",
        quantization: { dtype: "float16" },
      });
      parts.push(onnx.subarray(weight.offset, weight.offset + length));
    }
  }
  return {
    format: graph.format,
    modelTopology: graph.modelTopology,
    signature: graph.signature,
    weightSpecs: specs,
    weightData: new Uint8Array(Buffer.concat(parts)).buffer,
  };
}
