import { addedModelsDirectory, dropModel, keepModel } from "./estimators/added-models.ts";
import { type ExaminationLimits, examineApart } from "./estimators/examination.ts";
import type { ModelCheck } from "./examine-model.ts";
import { readOwnModel } from "./find-model.ts";

/**
 * Checks a pose model of one's own before it is used: its files (see `readAddedModel`), that it opens, that its inputs
 * and outputs are those that `model.json` says, and on a rendered picture that its answer is made of finite numbers, is
 * the same twice and lies where it was shown something. Which keypoints it finds there, and whether a mirrored picture
 * gives a mirrored answer, is told and hinders nothing: a rendered infant is none.
 *
 * The model is opened in a process of its own, within limits on time and (on Linux) memory.
 *
 * @param path of the `model.json`.
 * @throws ModelError naming what does not fit; see `ModelErrorCode`. The signal's reason when it is told to stop.
 */
export async function checkModel(path: string, limits: ExaminationLimits = {}): Promise<ModelCheck> {
  return examineApart(path, await readOwnModel(path), limits);
}

/**
 * Checks a model and copies its files to where added models lie; from then on its name may be given in options.
 *
 * @param directory default: `KICKLINE_MODELS`, or the user's data folder.
 * @throws ModelError as {@link checkModel}; `model-name-taken`, `model-folder-unwritable`.
 */
export async function addModel(
  path: string,
  directory: string = addedModelsDirectory(),
  limits: ExaminationLimits = {},
): Promise<ModelCheck> {
  const found = await readOwnModel(path);
  const check = await examineApart(path, found, limits);
  await keepModel(found, directory);
  return check;
}

/**
 * Removes an added model.
 *
 * @throws ModelError `model-missing` when none has that name, `model-folder-unwritable`.
 */
export async function removeModel(name: string, directory: string = addedModelsDirectory()): Promise<void> {
  await dropModel(name, directory);
}
