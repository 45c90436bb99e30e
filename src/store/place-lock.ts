import { rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

const LOCK = "fetching";
/** Who fetches says so every few seconds; a fetch of which nothing was heard for so long was killed. */
const [HEARD_MS, SILENT_MS] = [10_000, 60_000];

/**
 * Takes a place of the cache for this program; undefined when another has it, and then that of a program that was
 * killed is free at the next try. Not by numbers of processes: in containers all have the same few.
 *
 * @returns gives it back.
 */
export async function lockPlace(folder: string): Promise<(() => Promise<void>) | undefined> {
  const path = join(folder, LOCK);
  try {
    await writeFile(path, "", { flag: "wx" });
  } catch (cause) {
    // A full or locked disk is no other program: to wait for it would be for ever.
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    if (await isOlder(path, SILENT_MS)) await rm(path, { force: true });
    return undefined;
  }
  const heard = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, HEARD_MS);
  return async () => {
    clearInterval(heard);
    await rm(path, { force: true });
  };
}

/** Whether a file is there that was not touched for so long. */
export async function isOlder(path: string, milliseconds: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > milliseconds;
}
