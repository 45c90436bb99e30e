import * as ort from "onnxruntime-node";
import { ModelError } from "../model-error.ts";
import type { ModelOutputs, ModelSession, SessionRequest } from "./model-session.ts";

/**
 * One thread for each session: two spinning threads slow each other down badly on a busy machine, several sessions
 * side by side do not.
 */
const THREADS_PER_SESSION = 1;

/**
 * Opens a model with ONNX Runtime. Its `run` blocks the calling thread for the length of an inference (5-20 ms), which
 * is why sessions usually live in workers.
 *
 * Throws `ModelError` `runtime-missing` when the native library does not load here, `model-invalid` when it rejects
 * the file.
 */
export async function openOnnxSession(request: SessionRequest): Promise<ModelSession> {
  let session: ort.InferenceSession;
  try {
    session = await ort.InferenceSession.create(request.files.onnx, {
      intraOpNumThreads: THREADS_PER_SESSION,
      interOpNumThreads: THREADS_PER_SESSION,
      executionMode: "sequential",
    });
  } catch (cause) {
    throw new ModelError("model-invalid", `${request.files.onnx}: ONNX Runtime cannot open this model.`, {
      cause,
    });
  }
  const shape = [1, request.side, request.side, 3];
  return {
    async run(crop) {
      const answer = await session.run({ image: new ort.Tensor("uint8", crop, shape) }, [...request.outputs]);
      const outputs: Record<string, Float32Array> = {};
      for (const name of request.outputs) {
        const values = answer[name]?.data;
        if (!(values instanceof Float32Array))
          throw new ModelError("model-invalid", `${request.files.onnx}: no float output ${name}.`);
        outputs[name] = values;
      }
      return outputs satisfies ModelOutputs;
    },
    close: () => session.release(),
  };
}
