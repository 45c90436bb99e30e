import { addedModelNames, addedModelsDirectory, openAdded } from "./estimators/added-models.ts";
import { readModel } from "./estimators/model-files.ts";
import { findModel, identityOf, type ModelPlaces, POSE_MODELS } from "./find-model.ts";
import { ModelError } from "./model-error.ts";
import type { ModelIdentity } from "./pose-estimator.ts";

/**
 * The models that come with this package, each checked against its hash.
 *
 * @throws ModelError when one is missing or altered.
 */
export async function listModels(): Promise<ModelIdentity[]> {
  const models = await Promise.all(POSE_MODELS.map((name) => readModel(name)));
  return models.map((found) => identityOf({ origin: "package", found }));
}

/**
 * Which model a name (or a `model.json`) stands for.
 *
 * @throws OptionsError when no model has that name; ModelError when it cannot be used.
 */
export async function identifyModel(name: string, places: ModelPlaces = {}): Promise<ModelIdentity> {
  return identityOf(await findModel(name, places));
}

/** A model that was added, or why it can no longer be used. */
export interface AddedModelState {
  readonly name: string;
  readonly identity?: ModelIdentity;
  readonly licence?: string;
  readonly problem?: ModelError;
}

/** The models that people added, by name; a broken one with its problem. */
export async function listAddedModels(
  directory: string = addedModelsDirectory(),
): Promise<AddedModelState[]> {
  const names = await addedModelNames(directory);
  return Promise.all(
    names.map(async (name): Promise<AddedModelState> => {
      try {
        const found = await openAdded(name, directory);
        return { name, identity: identityOf({ origin: "added", found }), licence: found.model.licence };
      } catch (error) {
        if (error instanceof ModelError) return { name, problem: error };
        throw error;
      }
    }),
  );
}
