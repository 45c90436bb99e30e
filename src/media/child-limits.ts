import { accessSync, constants } from "node:fs";

/** Most pixels a picture may have: twice an 8K camera's. */
export const MOST_PIXELS = 2 ** 26;
/** Most bytes ffmpeg may take in one piece (the index of a long night takes 30 MB, an 8K picture 130 MB). */
const MOST_BLOCK = 2 ** 29;
/** Most bytes of address space; the decoder of a 4K stream takes 0.6 GB of it. */
const MOST_SPACE = 4 * 2 ** 30;

/** Words for ffmpeg, before its input: what a header may make it allocate. */
export const MEMORY_GUARD = ["-max_alloc", `${MOST_BLOCK}`, "-max_pixels", `${MOST_PIXELS}`] as const;

/** Where Linux systems keep it. Not searched for on the PATH: nothing there shall be run by accident. */
const PLACES = ["/usr/bin/prlimit", "/bin/prlimit"];

/**
 * The words that start a child process with limits the system itself keeps: on its memory, on files (it may
 * write none, its output is a pipe) and on core dumps (they would hold pictures). `prlimit` becomes the program
 * it starts, so there is no shell and no process more.
 *
 * @returns an empty list where there is no prlimit.
 */
export function findLimiter(): readonly string[] {
  if (process.platform !== "linux") return [];
  for (const path of PLACES) {
    try {
      accessSync(path, constants.X_OK);
      return [path, `--as=${MOST_SPACE}`, "--fsize=0", "--core=0", "--"];
    } catch {
      // Not here.
    }
  }
  return [];
}
