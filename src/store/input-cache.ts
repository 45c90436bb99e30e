import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { KicklineError, RecordingError } from "../errors.ts";
import { unwritable } from "./output-error.ts";
import { isObjectAddress, loadS3 } from "./study-storage.ts";

/** Environment variables that say where inputs from an object store are kept, and how many gigabytes of them. */
export const CACHE_ENVIRONMENT = { folder: "KICKLINE_CACHE", gigabytes: "KICKLINE_CACHE_GB" } as const;
const DEFAULT_GIGABYTES = 50;
const [ABOUT, PART, USE] = ["about.json", "fetching", "use-"];
/** A fetch that has written nothing for so long was killed. */
const SILENT_MS = 60_000;
const LOOK_MS = 200;

/** What is known of a kept object. */
interface About {
  readonly address: string;
  readonly bytes: number;
  readonly tag: string;
}

/**
 * Where an object's copy lies: a place of its own for each address, whose last part is the object's own name,
 * because names of recordings tell their time.
 */
export function cachedPath(cache: string, address: string): string {
  return join(cache, placeOf(address), basename(address));
}

function placeOf(address: string): string {
  return createHash("sha256").update(address).digest("hex").slice(0, 16);
}

/**
 * Where a file that another program opened lies for this one: copies of objects by their address, files as they
 * are.
 */
export function translateCached(addresses: readonly string[], cache: string): (path: string) => string {
  const local = new Map(
    addresses
      .filter(isObjectAddress)
      .map((one) => [`${placeOf(one)}/${basename(one)}`, cachedPath(cache, one)]),
  );
  return (path) => local.get(path.split(/[\\/]/).slice(-2).join("/")) ?? path;
}

export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment[CACHE_ENVIRONMENT.folder] || join(tmpdir(), "kickline-cache");
}

/** Files to read, until they are given back. */
export interface FetchedInputs {
  readonly paths: string[];
  release(): Promise<void>;
}

/**
 * Brings inputs that lie in an object store to this computer, each once, and says where they are; others stay
 * as they are named. Copies are kept for later, the least recently used are removed when there are more of them
 * than the cache may hold, and never one that a living program uses.
 *
 * @throws RecordingError for an object that is not there; OutputError when the store cannot be reached, or the cache
 * not be written to.
 */
export async function fetchInputs(
  paths: readonly string[],
  signal?: AbortSignal,
  cache: string = cacheFolder(),
): Promise<FetchedInputs> {
  const marks: string[] = [];
  const found: string[] = [];
  const release = async () => {
    for (const mark of marks.splice(0)) await rm(mark, { force: true }).catch(() => {});
  };
  try {
    for (const path of paths) {
      if (!isObjectAddress(path)) found.push(path);
      else found.push(await fetchOne(path, cache, marks, signal));
    }
    return { paths: found, release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function fetchOne(
  address: string,
  cache: string,
  marks: string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const { describeObject, fetchObject } = await loadS3();
  const info = await describeObject(address);
  if (!info) {
    const advice = "Check the address, or take it out of the list.";
    throw new RecordingError("recording-missing", `${address}: there is no such object`, advice);
  }
  const folder = join(cache, placeOf(address));
  const path = cachedPath(cache, address);
  const part = join(folder, PART);
  const about: About = { address, bytes: info.bytes, tag: info.tag };
  try {
    await mkdir(folder, { recursive: true });
    const mark = join(folder, `${USE}${process.pid}-${randomBytes(4).toString("hex")}`);
    await writeFile(mark, "");
    marks.push(mark);
    for (;;) {
      signal?.throwIfAborted();
      if (await isKept(folder, path, about)) break;
      // One program of this computer fetches, the others wait for it.
      const isMine = await writeFile(part, "", { flag: "wx" }).then(
        () => true,
        () => false,
      );
      if (!isMine) {
        const begun = await stat(part).catch(() => undefined);
        if (begun && Date.now() - begun.mtimeMs > SILENT_MS) await rm(part, { force: true });
        await pause(LOOK_MS, undefined, { signal });
        continue;
      }
      try {
        await makeRoom(cache, info.bytes);
        await fetchObject(address, part, signal);
        const { size } = await stat(part);
        if (size !== info.bytes) continue;
        await rm(join(folder, ABOUT), { force: true });
        await rename(part, path);
        await writeFile(join(folder, ABOUT), JSON.stringify(about));
      } finally {
        await rm(part, { force: true });
      }
    }
    const now = new Date();
    await utimes(join(folder, ABOUT), now, now);
    return path;
  } catch (cause) {
    if (cause instanceof KicklineError || signal?.aborted) throw cause;
    throw unwritable(cache, cause, true);
  }
}

async function isKept(folder: string, path: string, about: About): Promise<boolean> {
  const text = await readFile(join(folder, ABOUT), "utf8").catch(() => undefined);
  if (text !== JSON.stringify(about)) return false;
  return (await stat(path).catch(() => undefined))?.size === about.bytes;
}

/** Removes what was used least recently, until so many more bytes have room. */
async function makeRoom(cache: string, bytes: number): Promise<void> {
  const most = 1e9 * Number(process.env[CACHE_ENVIRONMENT.gigabytes] || DEFAULT_GIGABYTES);
  const kept: { folder: string; bytes: number; usedAt: number }[] = [];
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    try {
      const about = join(folder, ABOUT);
      const { bytes: size } = JSON.parse(await readFile(about, "utf8")) as About;
      kept.push({ folder, bytes: size, usedAt: (await stat(about)).mtimeMs });
    } catch {
      // Being fetched, or not ours.
    }
  }
  let sum = kept.reduce((total, one) => total + one.bytes, 0);
  for (const { folder, bytes: size } of kept.sort((a, b) => a.usedAt - b.usedAt)) {
    if (sum + bytes <= most) return;
    if (await isInUse(folder)) continue;
    await rm(folder, { recursive: true, force: true });
    sum -= size;
  }
}

async function isInUse(folder: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(USE)) continue;
    const pid = Number(name.slice(USE.length).split("-")[0]);
    if (isAlive(pid)) return true;
    await rm(join(folder, name), { force: true });
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
