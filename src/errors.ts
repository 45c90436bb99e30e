/**
 * The few errors a caller can act on. Everything else that is wrong with a *recording* is not an error but
 * a finding (see `issues.ts`); wrong calls by a programmer are `TypeError` or `RangeError`; an aborted run
 * rejects with the signal's reason.
 */
export type ErrorCode =
  | "recording-missing"
  | "recording-empty"
  | "recording-unreadable"
  | "recording-without-video"
  | "recording-mixed"
  | "decoder-missing"
  | "decoder-failed"
  | "decoder-stalled"
  | "options-invalid"
  | "output-unwritable"
  | "report-unreadable"
  | "annotations-unreadable"
  | "poses-unreadable"
  | "measurements-missing"
  | "study-invalid"
  | "part-unfit"
  | "queue-away"
  | "storage-away"
  | "storage-denied"
  | "model-invalid"
  | "pose-failed"
  | "data-newer"
  | "port-unusable"
  | "unsafe-address";

/** An expected failure: `code` for machines, `message` for people, `advice` says what to do about it. */
export class KicklineError extends Error {
  override readonly name: string = "KicklineError";
  readonly code: ErrorCode;
  readonly advice: string;

  constructor(code: ErrorCode, message: string, advice: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.advice = advice;
  }
}

/** The recording (or one of its files) cannot be read at all. Names the file. */
export class RecordingError extends KicklineError {
  override readonly name = "RecordingError";
}

/** Options or arguments do not fit their schema. One line for each field. */
export class OptionsError extends KicklineError {
  override readonly name = "OptionsError";
}

/** A result cannot be written. Names the folder or file. */
export class OutputError extends KicklineError {
  override readonly name = "OutputError";
}

/** The decoder (ffmpeg) is missing, too old, or failed in a way that is not the recording's fault. */
export class DecoderError extends KicklineError {
  override readonly name = "DecoderError";
}

/** True for the rejection of an aborted run, whoever made it. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
