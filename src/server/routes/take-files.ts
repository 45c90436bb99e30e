import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Refused, type ServerContext } from "../context.ts";
import { safeFileName } from "../security/safe-name.ts";
import { stayWithin } from "../security/stay-within.ts";
import { checkVideo } from "../uploads/check-video.ts";
import { finishedUpload } from "../uploads/upload-server.ts";

/**
 * Takes the recording's files for a night: uploads move into its folder, files of the open folder stay where
 * they are.
 *
 * @returns absolute paths. @throws Refused when one is not there, or not a video.
 */
export async function takeFiles(
  { data, settings }: ServerContext,
  night: string,
  uploads: readonly string[],
  files: readonly string[],
): Promise<string[]> {
  if (uploads.length + files.length === 0) throw new Refused(400, "A night needs at least one file.");
  const taken: string[] = [];
  for (const file of files) {
    const path = settings.folder === undefined ? undefined : await stayWithin(settings.folder, file);
    if (path === undefined) throw new Refused(400, "That file is not in the open folder.");
    const wrong = await checkVideo(path);
    if (wrong !== undefined) throw new Refused(415, wrong);
    taken.push(path);
  }
  const { recording } = data.night(night);
  for (const id of uploads) {
    const upload = await finishedUpload(data.uploads, id);
    if (!upload) throw new Refused(400, "An upload is not complete.");
    await mkdir(recording, { recursive: true });
    const name = await freeName(recording, safeFileName(upload.name));
    await rename(upload.path, join(recording, name));
    await rm(`${upload.path}.json`, { force: true });
    taken.push(join(recording, name));
  }
  return taken;
}

async function freeName(folder: string, name: string): Promise<string> {
  const there = new Set(await readdir(folder));
  if (!there.has(name)) return name;
  for (let i = 2; ; i++) {
    const other = name.replace(/(\.[^.]*)?$/, (end) => `-${i}${end}`);
    if (!there.has(other)) return other;
  }
}
