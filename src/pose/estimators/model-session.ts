/** Numbers of a model's input in its layout; half-precision ones (`float16`) as their bits. */
export type ModelInput = Uint8Array | Uint16Array | Float32Array;

/** What a model is shown. */
export interface ExpectedInput {
  /** Undefined: the only one it has. */
  readonly name: string | undefined;
  readonly type: "uint8" | "float16" | "float32";
  readonly shape: readonly number[];
}

/** What is asked of a model. */
export interface ExpectedOutput {
  readonly name: string;
  /** Checked as far as the model states it; undefined dimensions may be any. */
  readonly shape?: readonly (number | undefined)[];
}

/** Runs one model on one crop at a time. What every runtime offers, and all that estimators need of it. */
export interface ModelSession {
  /**
   * `input`: numbers of the model's input; they may be handed to another thread and must not be used afterwards.
   * Out: the model's outputs by name.
   */
  run(input: ModelInput): Promise<ModelOutputs>;
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
  readonly input: ExpectedInput;
  readonly outputs: readonly ExpectedOutput[];
}

/** Opens a session in this thread. Each runtime is loaded only when asked for. Throws `ModelError`. */
export async function openSession(request: SessionRequest): Promise<ModelSession> {
  if (request.runtime === "onnx") return (await import("./onnx.ts")).openOnnxSession(request);
  return (await import("./tfjs.ts")).openTfjsSession(request);
}
