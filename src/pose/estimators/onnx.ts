import * as ort from "onnxruntime-node";
import { ModelError } from "../model-error.ts";
import { fromHalf } from "./half.ts";
import type {
  ExpectedOutput,
  ModelInput,
  ModelOutputs,
  ModelSession,
  SessionRequest,
} from "./model-session.ts";

/**
 * One thread for each session: two spinning threads slow each other down badly on a busy machine, several sessions
 * side by side do not.
 */
const THREADS_PER_SESSION = 1;
/** Only errors; its warnings are about the inside of models. */
const LOG_ERRORS_ONLY = 3;

type Tensors = readonly ort.InferenceSession.ValueMetadata[];

/**
 * Opens a model with ONNX Runtime, on the processor alone. Its `run` blocks the calling thread for the length of an
 * inference (5-20 ms), which is why sessions usually live in workers.
 *
 * Throws `ModelError` `runtime-missing` when the native library does not load here, `model-invalid` when it rejects
 * the file, `model-operators` when it lacks an operator, `model-mismatch` when inputs or outputs are not those asked for.
 */
export async function openOnnxSession(request: SessionRequest): Promise<ModelSession> {
  const { onnx: path } = request.files;
  const session = await open(path);
  const mismatch = (what: string) => new ModelError("model-mismatch", `${path}: ${what}`);
  let name: string;
  try {
    name = checkInput(request, session.inputMetadata);
    for (const output of request.outputs) checkOutput(output, session.outputMetadata);
  } catch (error) {
    await session.release();
    throw mismatch((error as Error).message);
  }
  const { type, shape } = request.input;
  const names = request.outputs.map((output) => output.name);
  return {
    async run(input) {
      const answer = await session.run({ [name]: tensorOf(type, input, shape) }, names).catch((cause) => {
        throw new ModelError("runtime-failed", `${path}: the model does not run: ${messageOf(cause)}`, {
          cause,
        });
      });
      const outputs: Record<string, Float32Array> = {};
      for (const output of names) {
        const values = floatsOf(answer[output]);
        if (!values) throw mismatch(`output ${output} holds no numbers that are read`);
        outputs[output] = values;
      }
      return outputs satisfies ModelOutputs;
    },
    close: () => session.release(),
  };
}

async function open(path: string): Promise<ort.InferenceSession> {
  try {
    return await ort.InferenceSession.create(path, {
      executionProviders: ["cpu"],
      intraOpNumThreads: THREADS_PER_SESSION,
      interOpNumThreads: THREADS_PER_SESSION,
      executionMode: "sequential",
      logSeverityLevel: LOG_ERRORS_ONLY,
    });
  } catch (cause) {
    const why = messageOf(cause);
    const lacksOperator =
      /not a registered|No op registered|NOT_IMPLEMENTED|Could not find an implementation/i;
    throw new ModelError(
      lacksOperator.test(why) ? "model-operators" : "model-invalid",
      `${path}: ONNX Runtime cannot open this model: ${why}`,
      { cause },
    );
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** @returns the input's name. */
function checkInput({ input }: SessionRequest, inputs: Tensors): string {
  const names = inputs.map(({ name }) => name).join(", ");
  if (inputs.length !== 1)
    throw new Error(`it has ${inputs.length} inputs (${names}); only one can be filled`);
  const [found] = inputs as [ort.InferenceSession.ValueMetadata];
  if (input.name !== undefined && input.name !== found.name)
    throw new Error(`it has no input ${input.name}; its input is ${names}`);
  if (!found.isTensor || found.type !== input.type)
    throw new Error(
      `its input ${found.name} takes ${found.isTensor ? found.type : "no tensor"}, not ${input.type}`,
    );
  if (!fits(input.shape, found.shape))
    throw new Error(`its input ${found.name} is ${show(found.shape)}, not ${show(input.shape)}`);
  return found.name;
}

function checkOutput({ name, shape }: ExpectedOutput, outputs: Tensors): void {
  const found = outputs.find((output) => output.name === name);
  if (!found)
    throw new Error(`it has no output ${name}; its outputs are ${outputs.map((one) => one.name).join(", ")}`);
  if (!found.isTensor || !/^float/.test(found.type)) throw new Error(`its output ${name} holds no floats`);
  if (shape && !fits(shape, found.shape))
    throw new Error(`its output ${name} is ${show(found.shape)}, not ${show(shape)}`);
}

/** Dimensions that either side leaves open fit all; a model may state none at all. */
function fits(asked: readonly (number | undefined)[], found: readonly (number | string)[]): boolean {
  if (found.length === 0) return true;
  return (
    asked.length === found.length &&
    asked.every(
      (size, i) => size === undefined || typeof found[i] !== "number" || found[i] < 0 || found[i] === size,
    )
  );
}

function show(shape: readonly (number | string | undefined)[]): string {
  return `[${shape.map((size) => (size === undefined ? "any" : size)).join(", ")}]`;
}

function tensorOf(
  type: "uint8" | "float16" | "float32",
  input: ModelInput,
  shape: readonly number[],
): ort.Tensor {
  if (type === "uint8" && input instanceof Uint8Array) return new ort.Tensor(type, input, shape);
  if (type === "float16" && input instanceof Uint16Array) return new ort.Tensor(type, input, shape);
  if (type === "float32" && input instanceof Float32Array) return new ort.Tensor(type, input, shape);
  throw new TypeError(`an input of ${type} was given as ${input.constructor.name}`);
}

function floatsOf(tensor: ort.Tensor | undefined): Float32Array | undefined {
  const data: unknown = tensor?.data;
  if (data instanceof Float32Array) return data;
  if (data instanceof Float64Array) return Float32Array.from(data);
  if (tensor?.type !== "float16") return undefined;
  // Half-precision numbers come as their bits, or on newer Node as an array of the numbers themselves.
  return data instanceof Uint16Array
    ? Float32Array.from(data, fromHalf)
    : Float32Array.from(data as ArrayLike<number>);
}
