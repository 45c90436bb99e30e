import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { OutputError } from "../../errors.ts";
import type { ProbedFile } from "../probe.ts";
import { listBoxes } from "./boxes.ts";
import { findPictures, presentationRanks } from "./find-pictures.ts";
import { readFilmSettings } from "./settings.ts";
import { writeFilm } from "./write-film.ts";

/** A unit may be so many times as long as the longest picture of the whole film, and more of a small one. */
const LONGER = 4;
const LEAST_LONGEST = 2 ** 18;
const MOST_LONGEST = 2 ** 22;
/** A step longer than so many usual ones is a pause and tells nothing of the rate. */
const PAUSE_STEPS = 5;

/** Whether a file is an MP4 that was never finished: pictures without an index. */
export async function isUnfinishedFilm(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (!file) return false;
  try {
    const types = (await listBoxes(file, (await file.stat()).size)).map(({ type }) => type);
    return types.includes("mdat") && !types.includes("moov") && !types.includes("moof");
  } finally {
    await file.close();
  }
}

/**
 * Writes the pictures of an MP4 that was never finished as a film with an index, with the settings and the rate
 * of a whole film of the same camera. Sound is left out.
 *
 * @param sibling the whole film.
 * @param folder where to write, in a folder of its own: the film keeps its name.
 * @returns its path, and the rate that its times stand on; undefined when its pictures cannot be found with
 * these settings.
 * @throws OutputError when the folder cannot be written to.
 */
export async function rebuildFilm(
  path: string,
  sibling: ProbedFile,
  folder: string,
  signal?: AbortSignal,
): Promise<{ path: string; frameRate: number } | undefined> {
  const settings = await readFilmSettings(sibling.path);
  const interval = usualInterval(sibling.frames.time);
  if (!settings || !(interval > 0)) return undefined;
  const from = await open(path);
  try {
    const data = (await listBoxes(from, (await from.stat()).size)).find(({ type }) => type === "mdat");
    if (!data) return undefined;
    const longest = sibling.frames.bytes.reduce((most, bytes) => Math.max(most, bytes), 0);
    const mostBytes = Math.min(MOST_LONGEST, Math.max(LEAST_LONGEST, LONGER * longest));
    const all = await findPictures(from, data.from, data.to, settings.codec, mostBytes, signal);
    const begin = all.findIndex(({ isKey }) => isKey);
    const pictures = begin === -1 ? [] : all.slice(begin);
    if (pictures.length < 2) return undefined;
    const ranks = presentationRanks(pictures, settings.codec.orderModulus);
    const target = await makePlace(folder, path);
    const to = await open(target, "w");
    try {
      await writeFilm(from, to, pictures, ranks, settings, interval);
    } finally {
      await to.close();
    }
    return { path: target, frameRate: 1 / interval };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EFBIG") throw cause;
    throw new OutputError(
      "output-unwritable",
      `${folder}: the disk has no room to rebuild ${path}, which was never finished`,
      "Free some space (the file's size) and give the same command again.",
      { cause },
    );
  } finally {
    await from.close();
  }
}

async function makePlace(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return join(await mkdtemp(join(folder, "rebuilt-")), basename(path));
}

/** Removes what was rebuilt and turned out to be of no use. */
export async function discardFilm(path: string): Promise<void> {
  await rm(join(path, ".."), { recursive: true, force: true });
}

/** Mean time between pictures, pauses left out, seconds: cameras round each time, but not their sum. */
function usualInterval(time: Float64Array): number {
  const steps = time.slice(1).map((at, i) => at - time[i]!);
  const median = steps.slice().sort()[steps.length >> 1] ?? NaN;
  const usual = steps.filter((step) => step < PAUSE_STEPS * median);
  return usual.reduce((sum, step) => sum + step, 0) / usual.length;
}
