import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { OutputError } from "../errors.ts";

/**
 * Makes sure that a folder holds nothing but what an earlier run for the same purpose put there, or nothing at all.
 *
 * @param names of files and folders that such a run writes.
 * @param mark a file of these by whose text the run is known.
 * @throws OutputError `output-unwritable` when there is anything else.
 */
export async function checkHoldsOnly(
  path: string,
  names: readonly string[],
  mark: { readonly name: string; readonly text: string },
): Promise<void> {
  // A folder that is not there, or is none, is told of by who opens it.
  const there = await readdir(path).catch((): string[] => []);
  // Work in progress of this or another run.
  const found = there.filter((name) => !name.startsWith(".kickline-"));
  if (found.length === 0) return;
  const other = found.find((name) => !names.includes(name));
  const text = await readFile(join(path, mark.name), "utf8").catch(() => undefined);
  if (other === undefined && text === mark.text) return;
  throw new OutputError(
    "output-unwritable",
    `${path} holds ${other ?? found[0]} already, and what is shared must lie alone`,
    "Choose a new or empty folder with --out.",
  );
}
