import { accessSync, constants } from "node:fs";
import { totalmem } from "node:os";

/** Most pixels a picture may have: twice an 8K camera's. */
export const MOST_PIXELS = 2 ** 26;
/** Most bytes ffmpeg may take in one piece (the index of a long night takes 30 MB, an 8K picture 130 MB). */
const MOST_BLOCK = 2 ** 29;
/** Most bytes of address space; the decoder of a 4K stream takes 0.6 GB of it. */
const MOST_SPACE = 4 * 2 ** 30;
/** Bytes that one picture's way through a pose model may take, with Node itself (0.2 GB; the largest models 1 GB), */
const MODEL_ROOM = 3 * 2 ** 30;
/** and copies of its weights: as read, as used, and as arranged for this processor. */
const MODEL_COPIES = 3;
/** In no case more of the machine's memory. */
const MEMORY_SHARE = 0.8;

/** Words for ffmpeg, before its input: what a header may make it allocate. */
export const MEMORY_GUARD = ["-max_alloc", `${MOST_BLOCK}`, "-max_pixels", `${MOST_PIXELS}`] as const;

/** Where Linux systems keep it. Not searched for on the PATH: nothing there shall be run by accident. */
const PLACES = ["/usr/bin/prlimit", "/bin/prlimit"];

/**
 * The words that start ffmpeg with limits the system itself keeps: on its memory, on files (it may write none, its
 * output is a pipe) and on core dumps (they would hold pictures).
 *
 * @returns an empty list where there is no prlimit.
 */
export function findLimiter(): readonly string[] {
  return limiterOf([`--as=${MOST_SPACE}`, "--fsize=0", "--core=0"]);
}

/**
 * The words that start Node with limits on the memory it may write to, as address space is what its engine reserves
 * and never uses.
 *
 * @param bytes of the model's files, of which a runtime makes copies.
 * @returns an empty list where there is no prlimit.
 */
export function findModelLimiter(bytes: number): readonly string[] {
  const most = Math.min(MODEL_ROOM + MODEL_COPIES * bytes, MEMORY_SHARE * totalmem());
  return limiterOf([`--data=${Math.floor(most)}`, "--core=0"]);
}

/** `prlimit` becomes the program it starts, so there is no shell and no process more. */
function limiterOf(limits: readonly string[]): readonly string[] {
  if (process.platform !== "linux") return [];
  for (const path of PLACES) {
    try {
      accessSync(path, constants.X_OK);
      return [path, ...limits, "--"];
    } catch {
      // Not here.
    }
  }
  return [];
}
