import { createHash, randomBytes } from "node:crypto";
import { access, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { deserialize, serialize } from "node:v8";
import { gunzip, gzip } from "node:zlib";
import type { Journal, JournalKeeper } from "../night/journal.ts";
import { unwritable } from "./output-error.ts";
import { isObjectAddress, openStorage, type StudyStorage } from "./study-storage.ts";

const SUFFIX = ".milestone";
/** Grows when what is stored changes its meaning or the form it is stored in. */
const FORM = 1;

/**
 * Opens the folder of milestones: finished pieces of an analysis, each complete or absent, so that a run
 * that was killed at any moment goes on where it stopped, and a change of late options repeats no early
 * work.
 *
 * A piece is written beside its place, forced to disk, then renamed into place. One that cannot be read
 * back, whatever the reason, counts as absent.
 *
 * @param folder made when the first piece is written; the folder it lies in must be there. One that vanishes
 * on the way (its drive was pulled out) is not made anew in another place.
 */
export function openJournal(folder: string): JournalKeeper {
  return { at: (key) => journalIn(join(folder, nameOfKey(key))) };
}

/**
 * The journal of a study, wherever the study lies: the same pieces under the same names, in a folder or in an
 * object store (which puts an object in place whole, or not at all).
 */
export async function openJournalAt(address: string): Promise<JournalKeeper> {
  if (!isObjectAddress(address)) {
    await mkdir(dirname(address), { recursive: true }).catch((cause: unknown) => {
      throw unwritable(dirname(address), cause);
    });
    return openJournal(address);
  }
  const storage = await openStorage(address);
  return { at: (key) => journalOn(storage, nameOfKey(key)) };
}

/** A folder's name for what pieces hang on. */
function nameOfKey(key: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([FORM, process.versions.v8.split(".")[0], key]))
    .digest("hex")
    .slice(0, 16);
}

async function encodePiece(value: unknown): Promise<Uint8Array> {
  return promisify(gzip)(serialize(value), { level: 1 });
}

async function decodePiece(bytes: Uint8Array): Promise<unknown> {
  return deserialize(await promisify(gunzip)(bytes));
}

function journalOn(storage: StudyStorage, folder: string): Journal {
  const place = (name: string) => `${folder}/${name}${SUFFIX}`;
  return {
    async read(name) {
      const bytes = await storage.read(place(name));
      // A store that is away is no absent piece; one that cannot be read back is.
      return bytes && decodePiece(bytes).catch(() => undefined);
    },
    has: (name) => storage.has(place(name)),
    write: async (name, value) => storage.put(place(name), await encodePiece(value)),
    sweep: async () => {},
  };
}

function journalIn(folder: string): Journal {
  return {
    async read(name) {
      try {
        return await decodePiece(await readFile(join(folder, name + SUFFIX)));
      } catch {
        return undefined;
      }
    },
    has: (name) =>
      access(join(folder, name + SUFFIX)).then(
        () => true,
        () => false,
      ),
    async write(name, value) {
      const bytes = await encodePiece(value);
      // Programs of the same number may run on two machines that share the folder.
      const temporary = join(folder, `${name}.${process.pid}-${randomBytes(4).toString("hex")}.part`);
      try {
        await makeFolder(dirname(folder));
        await makeFolder(folder);
        const file = await open(temporary, "w");
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, join(folder, name + SUFFIX));
      } catch (cause) {
        // A full disk needs the room.
        await rm(temporary, { force: true }).catch(() => {});
        throw unwritable(dirname(folder), cause, true);
      }
    },
    async sweep() {
      for (const name of await readdir(folder).catch(() => [])) {
        if (name.endsWith(".part")) await rm(join(folder, name), { force: true }).catch(() => {});
      }
    },
  };
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
