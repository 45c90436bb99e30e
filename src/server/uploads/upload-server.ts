import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import { SERVER_DEFAULTS } from "../settings.ts";
import { checkVideo } from "./check-video.ts";

const ID = /^[0-9a-f]{32}$/;
/** Uploads that nobody has gone on with for so long are removed. */
const FORGOTTEN_MS = 14 * 24 * 3600 * 1000;

/** The tus server of a folder: uploads that a closed laptop only interrupts. The one place that knows the library. */
export async function createUploadServer(folder: string, mostBytes: number): Promise<Server> {
  await mkdir(folder, { recursive: true });
  await removeForgotten(folder);
  const store = new FileStore({ directory: folder, expirationPeriodInMilliseconds: FORGOTTEN_MS });
  return new Server({
    path: "/api/uploads",
    datastore: store,
    maxSize: mostBytes,
    relativeLocation: true,
    respectForwardedHeaders: false,
    // Nobody else's page: an empty list would allow all.
    allowedOrigins: () => false,
    namingFunction: () => randomBytes(16).toString("hex"),
    getFileIdFromRequest: (_, last) => (last !== undefined && ID.test(last) ? last : undefined),
    async onUploadCreate(_, upload) {
      const there = (await readdir(folder)).filter((name) => ID.test(name)).length;
      if (there >= SERVER_DEFAULTS.mostUploads)
        throw { status_code: 429, body: "Too many uploads under way.\n" };
      if (!upload.size) throw { status_code: 400, body: "An upload says its size first.\n" };
      return {};
    },
    async onUploadFinish(_, upload) {
      const path = join(folder, upload.id);
      const wrong = await checkVideo(path);
      if (wrong === undefined) return {};
      await rm(path, { force: true });
      await rm(`${path}.json`, { force: true });
      throw { status_code: 415, body: `${wrong}\n` };
    },
  });
}

/** Removes uploads nobody went on with, the ones that arrived and became no night too. */
async function removeForgotten(folder: string): Promise<void> {
  for (const id of (await readdir(folder)).filter((name) => ID.test(name))) {
    const path = join(folder, id);
    // By the data: what is written about an upload is as old as its beginning.
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs <= FORGOTTEN_MS) continue;
    await rm(path, { force: true });
    await rm(`${path}.json`, { force: true });
  }
}

/** An upload that has arrived whole; undefined for any other. */
export async function finishedUpload(
  folder: string,
  id: string,
): Promise<{ readonly path: string; readonly name: string } | undefined> {
  if (!ID.test(id)) return undefined;
  const path = join(folder, id);
  try {
    const info = JSON.parse(await readFile(`${path}.json`, "utf8")) as {
      size?: number;
      metadata?: { filename?: string };
    };
    if (info.size === undefined || (await stat(path)).size !== info.size) return undefined;
    return { path, name: info.metadata?.filename ?? "recording" };
  } catch {
    return undefined;
  }
}
