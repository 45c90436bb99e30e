import {
  access,
  constants,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isAlive } from "./living-programs.ts";
import { unwritable } from "./output-error.ts";

/** A folder that results appear in, each complete or not at all. */
export interface OutFolder {
  readonly path: string;
  /** A private folder for work in progress, on the same disk. */
  readonly workPath: string;
  /**
   * Puts results in place: all are written in full before the first one appears under its name.
   *
   * @throws OutputError when the disk is full, or the folder was taken away or locked meanwhile.
   */
  publish(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  /** Makes a folder within `workPath` and answers its path. */
  makeWorkFolder(name: string): Promise<string>;
  /** Moves files finished in `workPath` to the same names (relative) in the folder. */
  place(names: readonly string[]): Promise<void>;
  /** Removes files and folders of the folder; those that are not there are no failure. */
  remove(names: readonly string[]): Promise<void>;
  /** Removes work in progress, and the folder itself if this run made it and nothing was published. */
  close(): Promise<void>;
}

const WORK_PREFIX = ".kickline-";

/** Removes the work folders of runs that were killed: their process is no more. */
async function removeOrphans(path: string): Promise<void> {
  for (const name of await readdir(path)) {
    const pid = new RegExp(`^\\${WORK_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(path, name), { recursive: true, force: true });
  }
}

/**
 * Opens a folder for results, making it if needed, before any costly work is done.
 *
 * @throws OutputError when it cannot be written to.
 */
export async function openOutFolder(path: string): Promise<OutFolder> {
  let made: string | undefined;
  let workPath: string;
  try {
    await makeFolder(path, (folder) => {
      made ??= folder;
    });
    await access(path, constants.W_OK);
    await removeOrphans(path);
    workPath = await mkdtemp(join(path, `${WORK_PREFIX}${process.pid}-`));
  } catch (cause) {
    if (made !== undefined) await removeEmpty(path, made);
    throw unwritable(path, cause);
  }
  const move = async (from: string, names: readonly string[]) => {
    for (const name of names) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await rename(join(from, name), join(path, name));
    }
  };
  return {
    path,
    workPath,
    async publish(files) {
      const ready = join(workPath, "ready");
      try {
        // Not with those above it: a folder that vanished on the way is not made anew in another place.
        await rm(ready, { recursive: true, force: true });
        await mkdir(ready);
        for (const [name, content] of Object.entries(files)) {
          await mkdir(dirname(join(ready, name)), { recursive: true });
          await writeFile(join(ready, name), content);
        }
        await move(ready, Object.keys(files));
      } catch (cause) {
        throw unwritable(path, cause, true);
      }
    },
    async makeWorkFolder(name) {
      try {
        await mkdir(join(workPath, name));
        return join(workPath, name);
      } catch (cause) {
        throw unwritable(path, cause, true);
      }
    },
    async place(names) {
      try {
        await move(workPath, names);
      } catch (cause) {
        throw unwritable(path, cause, true);
      }
    },
    async remove(names) {
      try {
        for (const name of names) await rm(join(path, name), { recursive: true, force: true });
      } catch (cause) {
        throw unwritable(path, cause, true);
      }
    },
    async close() {
      // What cannot be removed now, the next run removes; a failure here would hide why the run ended.
      await rm(workPath, { recursive: true, force: true }).catch(() => {});
      if (made !== undefined) await removeEmpty(path, made);
    },
  };
}

/**
 * Makes a folder and those above it, and tells of each it made, the topmost first. Not by mkdir's own
 * recursion, which never ends below folders that take none (`/proc`).
 */
async function makeFolder(path: string, onMade: (folder: string) => void): Promise<void> {
  const absent: string[] = [];
  const isThere = (folder: string) => stat(folder).then(Boolean, () => false);
  for (let folder = resolve(path); !(await isThere(folder)); folder = dirname(folder)) absent.unshift(folder);
  for (const folder of absent) {
    try {
      await mkdir(folder);
      onMade(folder);
    } catch (error) {
      // Made by somebody else meanwhile: just as good.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !(await isThere(folder))) throw error;
    }
  }
}

/** Removes a folder, and those above it up to `made`, as long as they are empty. */
async function removeEmpty(path: string, made: string): Promise<void> {
  let folder = resolve(path);
  while (folder.length >= made.length) {
    const content = await readdir(folder).catch(() => []);
    if (content.length > 0) return;
    await rmdir(folder).catch(() => {});
    folder = dirname(folder);
  }
}

/** Reads those of the named files of a folder that are there, by name. */
export async function readFolder(path: string, names: readonly string[]): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const there = new Set(await readdir(path).catch(() => []));
  for (const name of names) if (there.has(name)) found.set(name, await readFile(join(path, name)));
  return found;
}
