import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";

/**
 * The real place of a path given from outside, if it lies within a folder: links are followed before it is judged.
 *
 * @returns undefined when it lies elsewhere or is not there.
 */
export async function stayWithin(folder: string, path: string): Promise<string | undefined> {
  if (path.includes("\0") || isAbsolute(path)) return undefined;
  try {
    const root = await realpath(folder);
    const real = await realpath(resolve(root, path));
    const way = relative(root, real);
    const isWithin = way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
    return isWithin ? real : undefined;
  } catch {
    return undefined;
  }
}
