import { createModelEstimator } from "./estimators/model-estimator.ts";
import { defaultModelsDirectory, readModel } from "./estimators/model-files.ts";
import { openSession, type PoseRuntime, type SessionRequest } from "./estimators/model-session.ts";
import { countCores, openSessionPool } from "./estimators/session-pool.ts";
import type { PoseEstimator } from "./pose-estimator.ts";

/** Models that come with this package. */
export const POSE_MODELS = ["movenet-thunder", "movenet-lightning", "blazepose-heavy"] as const;

export type PoseModel = (typeof POSE_MODELS)[number];

/** How to run a pose model. */
export interface PoseEstimatorOptions {
  /** Default `movenet-thunder`: best of the models that can find a body themselves; see the model cards. */
  readonly model?: PoseModel;
  /** Default `onnx`; `tfjs` needs no native code but takes 4.5 times as long and has MoveNet only. */
  readonly runtime?: PoseRuntime;
  /** Threads, each with its own copy of the model. Default: one for each core. 0 = in the calling thread. */
  readonly workers?: number;
  /** Folder that holds `<model>/model.json`. Default: the one of this package. */
  readonly modelsDirectory?: string;
}

/**
 * Opens a pose model. The estimator must be closed, or its threads keep the process alive.
 *
 * Throws `RangeError` for a number of workers that is not a whole number from 0, `ModelError` when the model or its
 * runtime cannot be used.
 */
export async function createPoseEstimator(options: PoseEstimatorOptions = {}): Promise<PoseEstimator> {
  const { model = "movenet-thunder", runtime = "onnx", workers = countCores() } = options;
  if (!Number.isInteger(workers) || workers < 0)
    throw new RangeError(`workers must be a whole number from 0, not ${workers}`);
  const { manifest, files } = await readModel(model, options.modelsDirectory ?? defaultModelsDirectory());
  const request: SessionRequest = {
    runtime,
    files,
    side: manifest.input.width,
    outputs: Object.keys(manifest.output.tensors),
  };
  const session = workers === 0 ? await openSession(request) : await openSessionPool(request, workers);
  return createModelEstimator(manifest, runtime, session);
}
