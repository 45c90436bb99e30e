import { createHash, randomBytes } from "node:crypto";
import { access, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { deserialize, serialize } from "node:v8";
import { gunzip, gzip } from "node:zlib";
import type { Journal, JournalKeeper } from "../journal.ts";
import { unwritable } from "./output-error.ts";

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
  return {
    at(key) {
      const name = createHash("sha256")
        .update(JSON.stringify([FORM, process.versions.v8.split(".")[0], key]))
        .digest("hex");
      return journalIn(join(folder, name.slice(0, 16)));
    },
  };
}

function journalIn(folder: string): Journal {
  return {
    async read(name) {
      try {
        return deserialize(await promisify(gunzip)(await readFile(join(folder, name + SUFFIX))));
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
      const bytes = await promisify(gzip)(serialize(value), { level: 1 });
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
