import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type AddedModel, addedModelSchema } from "../added-model.ts";
import { ModelError, type ModelErrorCode } from "../model-error.ts";
import type { ModelIdentity } from "../pose-estimator.ts";
import { type OnnxOutline, readOnnxOutline } from "./onnx-outline.ts";

/** A `model.json` and its files, unaltered and harmless to open. */
export interface VerifiedAddedModel {
  readonly model: AddedModel;
  /**
   * The SHA-256 is that of the ONNX file; to the version the beginning of that of the description is added, because
   * the same file read in another way answers otherwise.
   */
  readonly identity: ModelIdentity;
  /** Folder of `model.json`. */
  readonly folder: string;
  /** Absolute path of the ONNX file. */
  readonly onnx: string;
}

/** Largest files that are taken: bytes. The largest pose models in use are a tenth of it. */
export const LARGEST_BYTES = { manifest: 1 << 20, onnx: 2 ** 30, data: 2 ** 32 } as const;

/**
 * Reads a `model.json` and checks its files: there, within the folder, of the SHA-256 written, no larger than
 * {@link LARGEST_BYTES}, weights only in files that are named, operators only of the standard.
 *
 * @throws ModelError `model-missing`, `model-invalid`, `model-outside`, `model-too-large`, `model-altered`,
 * `model-unreadable`, `model-external-data`, `model-operators`.
 */
export async function readAddedModel(path: string): Promise<VerifiedAddedModel> {
  const folder = dirname(path);
  await checkSize(path, LARGEST_BYTES.manifest);
  const model = parseAddedModel(path, await read(path));
  const onnx = await verify(folder, model, LARGEST_BYTES.onnx);
  for (const file of model.data) await verify(folder, file, LARGEST_BYTES.data);
  checkOutline(onnx, await outlineOf(onnx), model);
  const description = createHash("sha256").update(JSON.stringify(model)).digest("hex").slice(0, 12);
  const identity = { name: model.name, version: `${model.version}+${description}`, sha256: model.sha256 };
  return { model, identity, folder, onnx };
}

function parseAddedModel(path: string, bytes: Buffer): AddedModel {
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw failure("model-invalid", path, `is not JSON (${(cause as Error).message})`, cause);
  }
  const result = addedModelSchema.safeParse(content);
  if (result.success) return result.data;
  const findings = `is not a valid description of a model, see docs/models.md:\n${z.prettifyError(result.error)}`;
  throw failure("model-invalid", path, findings, result.error);
}

async function verify(
  folder: string,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  largest: number,
): Promise<string> {
  const path = join(folder, file);
  await checkSize(path, largest);
  if (dirname(await realpath(path)) !== (await realpath(folder)))
    throw failure("model-outside", path, "is a link out of the model's folder: put the file itself there");
  const found = await hashFile(path);
  if (found !== sha256)
    throw failure("model-altered", path, `has the SHA-256 ${found}, model.json says ${sha256}`);
  return path;
}

/** SHA-256 of a file of any size. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest("hex");
}

async function checkSize(path: string, largest: number): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw failure("model-missing", path, "cannot be read", cause);
  });
  if (!found.isFile()) throw failure("model-missing", path, "is no file");
  if (found.size > largest)
    throw failure("model-too-large", path, `has ${found.size} bytes; at most ${largest} are taken`);
}

async function outlineOf(path: string): Promise<OnnxOutline> {
  try {
    return readOnnxOutline(await readFile(path));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw failure("model-unreadable", path, `is no whole ONNX file: ${why}`, cause);
  }
}

function checkOutline(path: string, outline: OnnxOutline, { data }: AddedModel): void {
  const unnamed = outline.externalPlaces.filter((place) => !data.some(({ file }) => file === place));
  if (unnamed.length > 0) {
    const places = unnamed.map((place) => JSON.stringify(place)).join(", ");
    const what = `keeps weights in ${places}, which model.json does not name under \`data\``;
    throw failure("model-external-data", path, what);
  }
  if (outline.foreignOperators.length > 0) {
    const what = `uses operators that are not of the ONNX standard: ${outline.foreignOperators.slice(0, 5).join(", ")}`;
    throw failure("model-operators", path, what);
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw failure("model-missing", path, "cannot be read", cause);
  }
}

function failure(code: ModelErrorCode, path: string, what: string, cause?: unknown): ModelError {
  return new ModelError(code, `${path} ${what}`, { cause });
}
