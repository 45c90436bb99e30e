import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ModelError } from "../model-error.ts";
import { type ModelManifest, modelManifestSchema } from "../model-manifest.ts";

/** A model whose files are all there and unaltered. */
export interface VerifiedModel {
  readonly manifest: ModelManifest;
  /** Absolute paths. */
  readonly files: { readonly onnx: string; readonly tfjs?: string };
}

/** The `models` folder that comes with this package; at the same depth from source and from compiled code. */
export function defaultModelsDirectory(): string {
  return fileURLToPath(new URL("../../../models/", import.meta.url));
}

/**
 * Reads `<directory>/<name>/model.json` and checks each of its files against the SHA-256 written there.
 *
 * Throws `ModelError`: `model-missing` (folder or file), `model-altered` (another content), `model-invalid`
 * (`model.json` does not follow its schema).
 */
export async function readModel(
  name: string,
  directory: string = defaultModelsDirectory(),
): Promise<VerifiedModel> {
  const folder = join(directory, name);
  const manifestPath = join(folder, "model.json");
  const manifest = parseManifest(manifestPath, await readModelFile(manifestPath));
  await verifyFile(folder, manifest.files.onnx);
  if (manifest.files.tfjs !== undefined) await verifyFile(folder, manifest.files.tfjs);
  return {
    manifest,
    files: {
      onnx: join(folder, manifest.files.onnx.path),
      ...(manifest.files.tfjs && { tfjs: join(folder, manifest.files.tfjs.path) }),
    },
  };
}

async function readModelFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ModelError(
      "model-missing",
      `${path}: cannot be read. Reinstall the package, or rebuild the model with tools/models/build-models.ts.`,
      { cause },
    );
  }
}

function parseManifest(path: string, bytes: Buffer): ModelManifest {
  try {
    return modelManifestSchema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    const findings = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new ModelError("model-invalid", `${path}: not a valid model description.\n${findings}`, { cause });
  }
}

async function verifyFile(folder: string, file: ModelManifest["files"]["onnx"]): Promise<void> {
  const path = join(folder, file.path);
  const found = createHash("sha256")
    .update(await readModelFile(path))
    .digest("hex");
  if (found !== file.sha256) {
    throw new ModelError(
      "model-altered",
      `${path}: SHA-256 is ${found}, model.json says ${file.sha256}. Restore the file, or rebuild it with tools/models/build-models.ts.`,
    );
  }
}
