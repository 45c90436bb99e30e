import { POSE_MODELS } from "./create-pose-estimator.ts";
import { readModel } from "./estimators/model-files.ts";
import type { ModelIdentity } from "./pose-estimator.ts";

/**
 * The models that come with this package, each checked against its hash.
 *
 * @throws ModelError when one is missing or altered.
 */
export async function listModels(): Promise<ModelIdentity[]> {
  const models = await Promise.all(POSE_MODELS.map((name) => readModel(name)));
  return models.map(({ manifest }) => ({
    name: manifest.name,
    version: manifest.version,
    sha256: manifest.files.onnx.sha256,
  }));
}
