import { readFile } from "node:fs/promises";
import { OptionsError } from "../index.ts";

/**
 * Reads a JSON object from a file that a flag names.
 *
 * @throws OptionsError naming flag and file.
 */
export async function readJsonObject(flag: string, path: string): Promise<Record<string, unknown>> {
  const refuse = (what: string, cause?: unknown) =>
    new OptionsError("options-invalid", `${flag}: ${path} ${what}`, "Check the file.", { cause });
  let content: unknown;
  try {
    // Some editors begin every file with a mark of its encoding.
    content = JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw refuse(cause instanceof SyntaxError ? `is not JSON (${cause.message})` : "cannot be read", cause);
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw refuse("holds no JSON object of options");
  }
  return content as Record<string, unknown>;
}

/** Reads options of a study from a file: as an author writes them, or the study.json of another study. @throws as above. */
export async function readStudyFile(flag: string, path: string): Promise<Record<string, unknown>> {
  const content = await readJsonObject(flag, path);
  const { digest, options } = content;
  const isStudy = typeof digest === "string" && typeof options === "object" && options !== null;
  return isStudy ? (options as Record<string, unknown>) : content;
}

/** Reads a number from a flag, above one limit and up to another where they are given. @throws OptionsError. */
export function numberFlag(
  flag: string,
  text: string,
  { above = -Infinity, most = Infinity }: { readonly above?: number; readonly most?: number } = {},
): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > above && value <= most) return value;
  const limits = [
    ...(above === -Infinity ? [] : [`above ${above}`]),
    ...(most === Infinity ? [] : [`up to ${most}`]),
  ].join(", ");
  throw new OptionsError(
    "options-invalid",
    `${flag}: "${text}" is not a number${limits && ` ${limits}`}`,
    `Give one such as ${most < 2.5 ? most / 2 : 2.5}.`,
  );
}

/** Reads a whole number from a flag, from 1 or another least one. @throws OptionsError. */
export function wholeFlag(flag: string, text: string, least = 1): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least) return value;
  throw new OptionsError(
    "options-invalid",
    `${flag}: "${text}" is not a whole number from ${least}`,
    "Give a count such as 2.",
  );
}

/** "2/5": the second of five. */
export function shardFlag(text: string): { readonly shard: number; readonly of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [shard, of] = [Number(match?.[1]), Number(match?.[2])];
  if (match && shard >= 1 && shard <= of) return { shard, of };
  throw new OptionsError(
    "options-invalid",
    `--shard: "${text}" is not a part such as 2/5`,
    "Give i/n, counted from 1: the same n on every machine.",
  );
}
