/** Runs one model on one crop at a time. What every runtime offers, and all that estimators need of it. */
export interface ModelSession {
  /**
   * `crop`: rows of RGB pixels of the model's input size; it may be handed to another thread and must not be used
   * afterwards. Out: the model's outputs by name.
   */
  run(crop: Uint8Array): Promise<ModelOutputs>;
  close(): Promise<void>;
}

export type ModelOutputs = Readonly<Record<string, Float32Array>>;

/** Which software runs the model. */
export type PoseRuntime = "onnx" | "tfjs";

/** What a thread needs to open a session; plain data, so it can be sent to a worker. */
export interface SessionRequest {
  readonly runtime: PoseRuntime;
  /** Verified files, absolute paths. `tfjs` is there when the model has a graph for TensorFlow.js. */
  readonly files: { readonly onnx: string; readonly tfjs?: string };
  /** Side of the square input, px. */
  readonly side: number;
  readonly outputs: readonly string[];
}

/** Opens a session in this thread. Each runtime is loaded only when asked for. Throws `ModelError`. */
export async function openSession(request: SessionRequest): Promise<ModelSession> {
  if (request.runtime === "onnx") return (await import("./onnx.ts")).openOnnxSession(request);
  return (await import("./tfjs.ts")).openTfjsSession(request);
}
