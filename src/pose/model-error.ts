/** What was wrong with a model: its folder or a file is missing, its content was altered, or it does not run. */
export type ModelErrorCode =
  | "model-missing"
  | "model-altered"
  | "model-invalid"
  | "runtime-missing"
  | "runtime-failed";

/** A pose model cannot be used. The message names the file and what to do about it. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
