import { type Dirent, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { RecordingError } from "../errors.ts";

/** What files of video are called. A file that is named itself may be called anything. */
export const VIDEO_EXTENSIONS =
  /\.(mp4|m4v|mov|qt|mkv|webm|ts|mts|m2ts|mpg|mpeg|vob|avi|divx|flv|wmv|asf|ogv|3gp|3g2|dv|mxf|mjpg|mjpeg|h264|264|avc|h265|265|hevc|dav|ivf|nut)$/i;

/**
 * Lists the files meant by paths: a file is itself, a folder the videos that lie right in it, in natural order
 * (`cam-2.mp4` before `cam-10.mp4`). Hidden files are passed over: memory cards are full of a system's own.
 *
 * @returns each file once, though it be named and lie in a folder named too; files named twice stay twice.
 * @throws RecordingError for a folder that cannot be read or holds no video.
 */
export function findFiles(paths: readonly string[]): string[] {
  const folders = paths.filter(isFolder);
  const named = new Set(paths.filter((path) => !folders.includes(path)).map((path) => resolve(path)));
  const seen = new Set<string>();
  return paths.flatMap((path) => {
    if (!folders.includes(path)) return [path];
    return videosIn(path).filter((file) => {
      const full = resolve(file);
      const isNew = !named.has(full) && !seen.has(full);
      seen.add(full);
      return isNew;
    });
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function videosIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    const advice = "Check that you may read it.";
    throw new RecordingError("recording-unreadable", `${folder} cannot be listed`, advice, { cause });
  }
  const videos = entries.filter(
    (entry) => !entry.isDirectory() && !entry.name.startsWith(".") && VIDEO_EXTENSIONS.test(entry.name),
  );
  if (videos.length === 0) {
    throw new RecordingError(
      "recording-missing",
      `${folder} is a folder that holds no video files`,
      "Name the folder in which the videos themselves lie; folders inside it are not searched.",
    );
  }
  const natural = new Intl.Collator("en", { numeric: true });
  return videos.map(({ name }) => join(folder, name)).sort(natural.compare);
}
