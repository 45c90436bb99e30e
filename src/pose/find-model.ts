import { OptionsError } from "../errors.ts";
import { readAddedModel, type VerifiedAddedModel } from "./estimators/added-model-files.ts";
import { addedModelNames, addedModelsDirectory, openAdded } from "./estimators/added-models.ts";
import { readModel, type VerifiedModel } from "./estimators/model-files.ts";
import { ModelError } from "./model-error.ts";
import type { ModelIdentity } from "./pose-estimator.ts";

/** Models that come with this package. */
export const POSE_MODELS = ["movenet-thunder", "movenet-lightning", "blazepose-heavy"] as const;

/** Name of a model that comes with this package. */
export type PoseModel = (typeof POSE_MODELS)[number];

/** Where models are looked for. */
export interface ModelPlaces {
  /** A `model.json` that need not have been added, in place of a name. */
  readonly modelFile?: string;
  /** Folder of this package's models. Default: the one that comes with it. */
  readonly modelsDirectory?: string;
  /** Folder of added models. Default: `KICKLINE_MODELS`, or the user's data folder. */
  readonly addedModelsDirectory?: string;
}

/** A model whose files are there and unaltered, of either origin. */
export type FoundModel =
  | { readonly origin: "package"; readonly found: VerifiedModel }
  | { readonly origin: "added"; readonly found: VerifiedAddedModel };

/**
 * Finds a model by its name, or by its `model.json`.
 *
 * @throws OptionsError when nothing is called that; ModelError when its files are missing, altered or not fit to use.
 */
export async function findModel(name: string, places: ModelPlaces = {}): Promise<FoundModel> {
  if (places.modelFile !== undefined) return { origin: "added", found: await readOwnModel(places.modelFile) };
  if (isBundled(name)) return { origin: "package", found: await readModel(name, places.modelsDirectory) };
  const directory = places.addedModelsDirectory ?? addedModelsDirectory();
  const added = await addedModelNames(directory);
  if (added.includes(name)) return { origin: "added", found: await openAdded(name, directory) };
  throw new OptionsError(
    "options-invalid",
    `pose.model: no model is called "${name}" (--model NAME); there are: ${[...POSE_MODELS, ...added].join(", ")}`,
    "Add a model of your own with `kickline models add model.json`, or choose one of these.",
  );
}

/**
 * Reads a `model.json` that need not have been added; see {@link readAddedModel}.
 *
 * @throws ModelError also when its name is one of this package's.
 */
export async function readOwnModel(path: string): Promise<VerifiedAddedModel> {
  const found = await readAddedModel(path);
  if (isBundled(found.model.name)) {
    const what = `${path}: ${found.model.name} is a model of Kickline itself; give this one another name`;
    throw new ModelError("model-name-taken", what);
  }
  return found;
}

export function isBundled(name: string): name is PoseModel {
  return (POSE_MODELS as readonly string[]).includes(name);
}

/** Which model was found, for provenance. */
export function identityOf(model: FoundModel): ModelIdentity {
  if (model.origin === "package") {
    const { name, version, files } = model.found.manifest;
    return { name, version, sha256: files.onnx.sha256 };
  }
  return model.found.identity;
}
