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
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw refuse(cause instanceof SyntaxError ? `is not JSON (${cause.message})` : "cannot be read", cause);
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw refuse("holds no JSON object of options");
  }
  return content as Record<string, unknown>;
}

export function numberFlag(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new OptionsError("options-invalid", `${flag}: "${text}" is not a number`, "Give one such as 2.5.");
}

export function wholeFlag(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new OptionsError(
    "options-invalid",
    `${flag}: "${text}" is not a whole number from 1`,
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
