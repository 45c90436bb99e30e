import { OutputError } from "../errors.ts";

const GO_ON = "give the same command again: it goes on where it stopped.";

/**
 * Words for a failure of writing, by what the system said of it. What can be mended on the way (a full disk, a
 * drive that was pulled out) is told from what needs another folder.
 *
 * @param path the folder that was written to.
 * @param isBegun whether it could be written to before: then its absence means that it was taken away.
 */
export function unwritable(path: string, cause: unknown, isBegun = false): OutputError {
  if (cause instanceof OutputError) return cause;
  const [why, advice] = explain((cause as NodeJS.ErrnoException).code ?? "", isBegun);
  return new OutputError("output-unwritable", `${path}: ${why}`, advice, { cause });
}

function explain(code: string, isBegun: boolean): readonly [why: string, advice: string] {
  if (code === "ENOSPC") return ["the disk is full", `Free some space and ${GO_ON}`];
  if (code === "EDQUOT" || code === "EFBIG") {
    return ["more than the disk or your account may hold", `Free some space and ${GO_ON}`];
  }
  if (code === "EIO")
    return ["the disk fails", "Check the drive and its cable, or choose another with --out."];
  if (isBegun && (code === "ENOENT" || code === "ENOTDIR")) {
    return ["it was taken away while it was written to", `Check that its drive is connected, and ${GO_ON}`];
  }
  if (isBegun && (code === "EROFS" || code === "EACCES" || code === "EPERM")) {
    return ["it can no longer be written to", `Make it writable and ${GO_ON}`];
  }
  const isFile = code === "EEXIST" || code === "ENOTDIR";
  return [
    isFile ? "there is a file of that name" : "it cannot be written to",
    "Choose another folder with --out.",
  ];
}
