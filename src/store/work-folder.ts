import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HERE, isAlive } from "./living-programs.ts";
import { unwritable } from "./output-error.ts";
import { isOlder } from "./place-lock.ts";
import { isObjectAddress } from "./study-storage.ts";

const NAME = /^\.kickline-at-([a-zA-Z0-9]*)-(\d+)-/;
/** Containers may share a name and not their processes: what is younger may be in use in another. */
const ORPHAN_MS = 3_600_000;

/** Where work in progress on a study lies: where the results go there is room; an object store has no folders. */
function workPlace(study: string): string {
  return isObjectAddress(study) ? tmpdir() : study;
}

/** Makes a folder for work in progress on a study; the caller removes it. @throws OutputError. */
export async function makeWorkFolder(study: string, name: string): Promise<string> {
  const place = workPlace(study);
  try {
    await mkdir(place, { recursive: true });
    return await mkdtemp(join(place, `.kickline-at-${HERE}-${process.pid}-${name}-`));
  } catch (cause) {
    throw unwritable(place, cause);
  }
}

/** Removes the work folders that killed programs of this computer left, which may hold films. */
export async function removeOrphanedWork(study: string): Promise<void> {
  const place = workPlace(study);
  for (const name of await readdir(place).catch((): string[] => [])) {
    const [, host, pid] = NAME.exec(name) ?? [];
    if (host !== HERE || isAlive(Number(pid))) continue;
    const path = join(place, name);
    if (await isOlder(path, ORPHAN_MS)) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
