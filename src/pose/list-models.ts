import { POSE_MODELS, type PoseModel } from "./create-pose-estimator.ts";
import { readModel, type VerifiedModel } from "./estimators/model-files.ts";
import type { ModelIdentity } from "./pose-estimator.ts";

/**
 * The models that come with this package, each checked against its hash.
 *
 * @throws ModelError when one is missing or altered.
 */
export async function listModels(): Promise<ModelIdentity[]> {
  const models = await Promise.all(POSE_MODELS.map((name) => readModel(name)));
  return models.map(identityOf);
}

/** Which model a name stands for, as {@link listModels}. */
export async function identifyModel(name: PoseModel): Promise<ModelIdentity> {
  return identityOf(await readModel(name));
}

function identityOf({ manifest }: VerifiedModel): ModelIdentity {
  return { name: manifest.name, version: manifest.version, sha256: manifest.files.onnx.sha256 };
}
