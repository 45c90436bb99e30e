import { createAddedEstimator, expectationsOf } from "./estimators/added-estimator.ts";
import { createModelEstimator } from "./estimators/model-estimator.ts";
import { openSession, type PoseRuntime, type SessionRequest } from "./estimators/model-session.ts";
import { countCores, openSessionPool } from "./estimators/session-pool.ts";
import { findModel, type ModelPlaces } from "./find-model.ts";
import type { PoseEstimator } from "./pose-estimator.ts";

/** How to run a pose model. */
export interface PoseEstimatorOptions extends ModelPlaces {
  /**
   * One of this package's models, or the name of an added one. Default `movenet-thunder`: best of the models that can
   * find a body themselves; see the model cards.
   */
  readonly model?: string;
  /** Default `onnx`; `tfjs` needs no native code but takes 4.5 times as long and has MoveNet only. */
  readonly runtime?: PoseRuntime;
  /** Threads, each with its own copy of the model. Default: one for each core. 0 = in the calling thread. */
  readonly workers?: number;
}

/**
 * Opens a pose model. The estimator must be closed, or its threads keep the process alive.
 *
 * Throws `RangeError` for a number of workers that is not a whole number from 0, `OptionsError` when no model has that
 * name, `ModelError` when the model or its runtime cannot be used.
 */
export async function createPoseEstimator(options: PoseEstimatorOptions = {}): Promise<PoseEstimator> {
  const { model = "movenet-thunder", runtime = "onnx", workers = countCores() } = options;
  if (!Number.isInteger(workers) || workers < 0)
    throw new RangeError(`workers must be a whole number from 0, not ${workers}`);
  const open = (request: SessionRequest) =>
    workers === 0 ? openSession(request) : openSessionPool(request, workers);
  const chosen = await findModel(model, options);
  if (chosen.origin === "added") {
    const { found } = chosen;
    const session = await open({ runtime, files: { onnx: found.onnx }, ...expectationsOf(found.model) });
    return createAddedEstimator(found, runtime, session);
  }
  const { manifest, files } = chosen.found;
  const { width, height, type } = manifest.input;
  const session = await open({
    runtime,
    files,
    input: { name: "image", type, shape: [1, height, width, 3] },
    outputs: Object.entries(manifest.output.tensors).map(([name, shape]) => ({ name, shape })),
  });
  return createModelEstimator(manifest, runtime, session);
}
