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
import { dirname, join } from "node:path";
import { OutputError } from "../errors.ts";

/** A folder that results appear in, each complete or not at all. */
export interface OutFolder {
  readonly path: string;
  /** A private folder for work in progress, on the same disk. */
  readonly workPath: string;
  /** Puts results in place: all are written in full before the first one appears under its name. */
  publish(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  /** Removes work in progress, and the folder itself if this run made it and nothing was published. */
  close(): Promise<void>;
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
    made = await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
    workPath = await mkdtemp(join(path, ".kickline-"));
  } catch (cause) {
    throw unwritable(path, cause);
  }
  return {
    path,
    workPath,
    async publish(files) {
      try {
        for (const [name, content] of Object.entries(files)) {
          await mkdir(dirname(join(workPath, "ready", name)), { recursive: true });
          await writeFile(join(workPath, "ready", name), content);
        }
        for (const name of Object.keys(files)) {
          await mkdir(dirname(join(path, name)), { recursive: true });
          await rename(join(workPath, "ready", name), join(path, name));
        }
      } catch (cause) {
        throw unwritable(path, cause);
      }
    },
    async close() {
      await rm(workPath, { recursive: true, force: true });
      if (made !== undefined) await removeEmpty(path, made);
    },
  };
}

async function removeEmpty(path: string, made: string): Promise<void> {
  let folder = path;
  while (folder.length >= made.length && (await readdir(folder)).length === 0) {
    await rmdir(folder);
    folder = dirname(folder);
  }
}

function unwritable(path: string, cause: unknown): OutputError {
  const { code } = cause as NodeJS.ErrnoException;
  const why =
    code === "ENOSPC"
      ? "the disk is full"
      : code === "EEXIST" || code === "ENOTDIR"
        ? "there is a file of that name"
        : "it cannot be written to";
  return new OutputError("output-unwritable", `${path}: ${why}`, "Choose another folder with --out.", {
    cause,
  });
}

/** Reads every file below a folder of results whose name ends in `ending`, by name without that ending. */
export async function readFolder(path: string, ending: string): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const isFolder = await stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (!isFolder) return found;
  for (const name of (await readdir(path)).sort()) {
    if (name.endsWith(ending)) found.set(name.slice(0, -ending.length), await readFile(join(path, name)));
  }
  return found;
}
