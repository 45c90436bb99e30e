import { randomBytes } from "node:crypto";
import { access, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { KicklineError } from "../../errors.ts";
import { unwritable } from "../output-error.ts";
import type { StudyStorage } from "../study-storage.ts";

/** What a file is called while it is written. */
const BESIDE = /\.\d+-[0-9a-f]{8}\.part$/;

/**
 * A study in a folder, which may be shared by many programs and machines: each file is written beside its place
 * and then renamed, under a name that no other program takes.
 */
export function createFolderStorage(root: string): StudyStorage {
  const place = async (name: string, write: (beside: string) => Promise<void>) => {
    try {
      const path = join(root, name);
      await mkdir(dirname(path), { recursive: true });
      const beside = `${path}.${process.pid}-${randomBytes(4).toString("hex")}.part`;
      try {
        await write(beside);
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true }).catch(() => {});
        throw error;
      }
    } catch (cause) {
      throw unwritable(root, cause, true);
    }
  };
  const unreadable = (name: string, cause: unknown) => {
    const advice = "Check the study's folder.";
    return new KicklineError("study-invalid", `${join(root, name)} cannot be read`, advice, { cause });
  };
  return {
    put: (name, content) => place(name, (beside) => writeFile(beside, content)),
    putFile: (name, path) => place(name, (beside) => copyFile(path, beside)),
    async read(name) {
      try {
        return await readFile(join(root, name));
      } catch (cause) {
        if (isAbsent(cause)) return undefined;
        throw unreadable(name, cause);
      }
    },
    has: (name) =>
      access(join(root, name)).then(
        () => true,
        () => false,
      ),
    async walk(folder) {
      const base = join(root, folder);
      const files: string[] = [];
      try {
        for (const name of await readdir(base, { recursive: true })) {
          // What others are writing is no file of the study yet, and what they took away is none any more.
          const found = BESIDE.test(name) ? undefined : await stat(join(base, name)).catch(absentOnly);
          if (found?.isFile()) files.push([folder, name.replaceAll("\\", "/")].filter(Boolean).join("/"));
        }
      } catch (cause) {
        // A folder that cannot be looked into must not pass for an empty one: its nights would be missing.
        if (!isAbsent(cause)) throw unreadable(folder, cause);
      }
      return files.sort();
    },
    async remove(name) {
      try {
        await rm(join(root, name), { recursive: true, force: true });
      } catch (cause) {
        throw unwritable(root, cause, true);
      }
    },
  };
}

function isAbsent(cause: unknown): boolean {
  return ["ENOENT", "ENOTDIR", "EISDIR"].includes((cause as NodeJS.ErrnoException).code ?? "");
}

function absentOnly(cause: unknown): undefined {
  if (!isAbsent(cause)) throw cause;
}
