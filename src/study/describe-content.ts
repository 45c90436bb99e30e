import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { findFiles } from "../recording/find-files.ts";
import { fingerprintEnds } from "../recording/fingerprint.ts";
import { isObjectAddress, loadS3 } from "../store/study-storage.ts";

/** What tells cheaply whether an input is still the same. */
export interface InputContent {
  /** Of all its files; null when one is not there. */
  readonly bytes: number | null;
  /** Digest over the size and both ends of every file, or over the tags that an object store gives. */
  readonly content: string | null;
}

export const UNKNOWN_CONTENT: InputContent = { bytes: null, content: null };

/**
 * Looks at the size and both ends of an input's files: enough to see another film under an old name, and quick
 * over thousands of clips.
 *
 * @throws RecordingError for a folder without videos; OutputError for an object store that is away.
 */
export async function describeContent(paths: readonly string[]): Promise<InputContent> {
  const marks: string[] = [];
  let bytes = 0;
  for (const address of paths.filter(isObjectAddress)) {
    const found = await (await loadS3()).describeObject(address);
    if (!found) return UNKNOWN_CONTENT;
    bytes += found.bytes;
    marks.push(`${found.bytes} ${found.tag}`);
  }
  const files = paths.filter((path) => !isObjectAddress(path));
  for (const file of files.length > 0 ? findFiles(files) : []) {
    const found = await stat(file).catch(() => undefined);
    if (!found) return UNKNOWN_CONTENT;
    bytes += found.size;
    // What cannot be read is told when it is analysed.
    marks.push(await fingerprintEnds(file, found.size).catch(() => "unreadable"));
  }
  return { bytes, content: createHash("sha256").update(marks.join("\n")).digest("hex").slice(0, 16) };
}
