import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { KicklineError, OptionsError, RecordingError } from "../errors.ts";
import { unwritable } from "./output-error.ts";
import { isOlder, lockPlace } from "./place-lock.ts";
import { isObjectAddress, loadS3 } from "./study-storage.ts";
import { isInUse, markUse } from "./use-marks.ts";

/** Environment variables that say where inputs from an object store are kept, and how many gigabytes of them. */
export const CACHE_ENVIRONMENT = { folder: "KICKLINE_CACHE", gigabytes: "KICKLINE_CACHE_GB" } as const;
const DEFAULT_GIGABYTES = 50;
const [ABOUT, ASIDE] = ["about.json", "about.aside"];
/** As beginnings are called: a film may be called part-1.mp4. */
const PART = /^part-\d+-[0-9a-f]{8}$/;
/** A beginning that did not grow for so long is nobody's, though a computer may have slept meanwhile. */
const ORPHAN_MS = 3_600_000;
/** Films of children in a folder that others may look into would be no secret. */
const PRIVATE = { recursive: true, mode: 0o700 } as const;
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

/** @throws OptionsError for what is no number: the cache would hold nothing, or all, for that. */
function cacheGigabytes(): number {
  const text = process.env[CACHE_ENVIRONMENT.gigabytes] || String(DEFAULT_GIGABYTES);
  const value = Number(text);
  if (value >= 0) return value;
  throw new OptionsError(
    "options-invalid",
    `${CACHE_ENVIRONMENT.gigabytes}: "${text}" is not a number of gigabytes`,
    "Give one such as 50.",
  );
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
 * not be written to; OptionsError for a size of the cache that is none.
 */
export async function fetchInputs(
  paths: readonly string[],
  signal?: AbortSignal,
  cache: string = cacheFolder(),
): Promise<FetchedInputs> {
  const marks: (() => Promise<void>)[] = [];
  const found: string[] = [];
  const release = async () => {
    for (const unmark of marks.splice(0)) await unmark();
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
  marks: (() => Promise<void>)[],
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
  const about: About = { address, bytes: info.bytes, tag: info.tag };
  try {
    await mkdir(folder, PRIVATE);
    marks.push(await markUse(folder));
    for (;;) {
      signal?.throwIfAborted();
      if (await isKept(folder, path, about)) break;
      // One program of this computer fetches, the others wait for it.
      const unlock = await lockPlace(folder);
      if (!unlock) {
        await pause(LOOK_MS, undefined, { signal });
        continue;
      }
      // A name of its own: whoever took this one for dead writes elsewhere.
      const part = join(folder, `part-${process.pid}-${randomBytes(4).toString("hex")}`);
      try {
        if (await isKept(folder, path, about)) break;
        await removeOrphans(folder);
        await makeRoom(cache, info.bytes);
        await fetchObject(address, part, signal);
        const { size } = await stat(part);
        if (size !== info.bytes) throw changed(address);
        await rm(join(folder, ABOUT), { force: true });
        await rename(part, path);
        await writeFile(join(folder, ABOUT), JSON.stringify(about));
      } finally {
        await rm(part, { force: true });
        await unlock();
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

/** The size is not what the store said a moment ago. */
function changed(address: string): RecordingError {
  const advice = "Give the same command again when it is whole.";
  return new RecordingError("recording-unreadable", `${address} changed while it was fetched`, advice);
}

/** Removes the beginnings that killed programs left. */
async function removeOrphans(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (PART.test(name) && (await isOlder(path, ORPHAN_MS))) await rm(path, { force: true });
  }
}

async function isKept(folder: string, path: string, about: About): Promise<boolean> {
  const text = await readFile(join(folder, ABOUT), "utf8").catch(() => undefined);
  if (text !== JSON.stringify(about)) return false;
  return (await stat(path).catch(() => undefined))?.size === about.bytes;
}

/** Removes what was used least recently, until so many more bytes have room. */
async function makeRoom(cache: string, bytes: number): Promise<void> {
  const most = 1e9 * cacheGigabytes();
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
    if (await evict(folder)) sum -= size;
  }
}

/**
 * Removes a copy unless somebody uses it. Who wants it marks the place before looking for it, so once it cannot be
 * found, there is nobody without a mark who could have seen it.
 */
async function evict(folder: string): Promise<boolean> {
  const unlock = await lockPlace(folder);
  if (!unlock) return false;
  const [about, aside] = [join(folder, ABOUT), join(folder, ASIDE)];
  try {
    const { address } = JSON.parse(await readFile(about, "utf8")) as About;
    await rename(about, aside);
    if (await isInUse(folder)) {
      await rename(aside, about);
      return false;
    }
    await rm(join(folder, basename(address)), { force: true });
    await rm(aside, { force: true });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw cause;
  } finally {
    await unlock();
  }
}
