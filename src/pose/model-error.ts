/**
 * What was wrong with a model: its folder or a file is missing, its content was altered, or it does not run. The codes
 * from `model-too-large` on are of models that people add; see `checkModel`.
 */
export type ModelErrorCode =
  | "model-missing"
  | "model-altered"
  | "model-invalid"
  | "runtime-missing"
  | "runtime-failed"
  /** A file is larger than any pose model needs to be. */
  | "model-too-large"
  /** It takes more memory or time than any pose model needs. */
  | "model-too-heavy"
  /** A file is a link to somewhere else, or lies outside the model's folder. */
  | "model-outside"
  /** The ONNX file is cut short or no ONNX file. */
  | "model-unreadable"
  /** The ONNX file keeps weights in a file that model.json does not name. */
  | "model-external-data"
  /** It uses operators that the runtime has not, or that come from elsewhere. */
  | "model-operators"
  /** Names, shapes or types of inputs and outputs are not those of model.json. */
  | "model-mismatch"
  /** It answers numbers that are none. */
  | "model-not-finite"
  /** The same picture gives another answer. */
  | "model-unsteady"
  /** It places keypoints far outside of what it was shown. */
  | "model-astray"
  /** Another model has that name. */
  | "model-name-taken"
  /** It cannot be copied to, or removed from, where added models lie. */
  | "model-folder-unwritable";

/** A pose model cannot be used. The message names the file and what to do about it. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
