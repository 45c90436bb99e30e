import { randomBytes } from "node:crypto";
import { readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HERE, isAlive } from "./living-programs.ts";
import { isOlder } from "./place-lock.ts";

/** As they are called: a film beside them may begin with the same word. */
const MARK = /^use-([a-zA-Z0-9]*)-(\d+)-[0-9a-f]{8}$/;
/** Who uses a copy says so every so often; a mark of which nothing was heard for much longer was left by a program that was killed. */
const [HEARD_MS, SILENT_MS] = [20_000, 300_000];

/** Marks a place of the cache as used, until the answer is called. */
export async function markUse(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, `use-${HERE}-${process.pid}-${randomBytes(4).toString("hex")}`);
  await writeFile(path, "");
  const heard = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, HEARD_MS);
  // A mark holds no program open.
  heard.unref();
  return async () => {
    clearInterval(heard);
    await rm(path, { force: true }).catch(() => {});
  };
}

/**
 * Whether a program still uses this place: one that was heard lately, wherever it runs, or one that lives on this
 * computer, which may have slept. Removes the marks of the others.
 */
export async function isInUse(folder: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    const [, host, pid] = MARK.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    if (!(await isOlder(path, SILENT_MS)) || (host === HERE && isAlive(Number(pid)))) return true;
    await rm(path, { force: true });
  }
  return false;
}
