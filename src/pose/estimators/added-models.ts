import { randomUUID } from "node:crypto";
import { chmod, copyFile, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { ModelError } from "../model-error.ts";
import { readAddedModel, type VerifiedAddedModel } from "./added-model-files.ts";

/** Beginning of the name of a folder that is being filled or emptied; no model's name begins like it. */
const UNFINISHED = ".part-";
const MODEL_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * Where added models lie: `KICKLINE_MODELS`, or else `kickline/models` in the user's own data folder
 * (`XDG_DATA_HOME` or `~/.local/share`; `~/Library/Application Support`; `%LOCALAPPDATA%`).
 */
export function addedModelsDirectory(
  env: Readonly<Record<string, string | undefined>> = process.env,
  system: NodeJS.Platform = process.platform,
): string {
  const given = env["KICKLINE_MODELS"];
  if (given) return given;
  const home = homedir();
  if (system === "win32")
    return join(env["LOCALAPPDATA"] || join(home, "AppData", "Local"), "kickline", "models");
  if (system === "darwin") return join(home, "Library", "Application Support", "kickline", "models");
  return join(env["XDG_DATA_HOME"] || join(home, ".local", "share"), "kickline", "models");
}

/** Names of the added models, sorted. A folder that is not there holds none. */
export async function addedModelNames(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new ModelError("model-missing", `${directory} cannot be read: ${error.message}`, { cause: error });
  });
  return entries
    .filter((entry) => entry.isDirectory() && MODEL_NAME.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/**
 * Reads an added model by its name; see {@link readAddedModel}.
 *
 * @throws ModelError also when the folder holds a model of another name.
 */
export async function openAdded(name: string, directory: string): Promise<VerifiedAddedModel> {
  const path = join(directory, name, "model.json");
  const found = await readAddedModel(path);
  if (found.model.name !== name)
    throw new ModelError("model-invalid", `${path} describes a model called ${found.model.name}`);
  return found;
}

/**
 * Copies a model's files to where added ones lie: all of them or none, and only once they were read back unaltered.
 * The very same model may be added again.
 *
 * @throws ModelError `model-name-taken`, `model-folder-unwritable`, and those of {@link readAddedModel}.
 */
export async function keepModel(
  { model, folder }: VerifiedAddedModel,
  directory: string,
): Promise<VerifiedAddedModel> {
  const place = join(directory, model.name);
  if ((await addedModelNames(directory)).includes(model.name)) {
    const there = await openAdded(model.name, directory).catch(() => undefined);
    if (there && JSON.stringify(there.model) === JSON.stringify(model)) return there;
    const what = `another model is called ${model.name} already: give this one its own name, or remove the other first`;
    throw new ModelError("model-name-taken", what);
  }
  const part = join(directory, `${UNFINISHED}${randomUUID()}`);
  try {
    await mkdir(part, { recursive: true });
    for (const { file } of [model, ...model.data]) {
      await copyFile(join(folder, file), join(part, file));
      // A file that may only be read keeps that in its copy, and could then be neither written through nor removed.
      await chmod(join(part, file), 0o644);
      await flush(join(part, file));
    }
    await writeFile(join(part, "model.json"), `${JSON.stringify(model, null, 2)}\n`, { flush: true });
    await readAddedModel(join(part, "model.json"));
    await rename(part, place);
  } catch (cause) {
    await rm(part, { recursive: true, force: true });
    if (cause instanceof ModelError) throw cause;
    // Two that add the same name at once: the second finds the place taken.
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOTEMPTY" || code === "EEXIST")
      throw new ModelError("model-name-taken", `another model is called ${model.name} already`, { cause });
    throw unwritable(directory, cause);
  }
  return openAdded(model.name, directory);
}

/**
 * Removes an added model, whatever state its files are in.
 *
 * @throws ModelError `model-missing`, `model-folder-unwritable`.
 */
export async function dropModel(name: string, directory: string): Promise<void> {
  const names = await addedModelNames(directory);
  if (!names.includes(name)) {
    const known = names.length > 0 ? `those are: ${names.join(", ")}` : "there is none";
    throw new ModelError("model-missing", `no added model is called "${name}"; ${known}`);
  }
  // Out of sight in one step, so that nobody finds half of it.
  const part = join(directory, `${UNFINISHED}${randomUUID()}`);
  try {
    await rename(join(directory, name), part);
    await rm(part, { recursive: true });
  } catch (cause) {
    throw unwritable(directory, cause);
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function unwritable(directory: string, cause: unknown): ModelError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ModelError("model-folder-unwritable", `${directory} cannot be changed: ${why}`, { cause });
}
