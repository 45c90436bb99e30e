import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { accessSync, chmodSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pipeline, type Readable, type Writable } from "node:stream";
import { promisify } from "node:util";
import { DecoderError } from "../errors.ts";
import { findLimiter, MEMORY_GUARD } from "./child-limits.ts";

/** The ffmpeg that will be used, and what it can do. */
export interface Ffmpeg {
  readonly path: string;
  /** As ffmpeg prints it, such as "5.1.9-0+deb12u1". */
  readonly version: string;
  /** Where it was found. */
  readonly source: "environment" | "path" | "bundled";
  /** The words that keep every frame with its own timestamp: `-fps_mode` came with 5.1. */
  readonly passthrough: readonly string[];
  /** The words that start it with the system's limits on memory and files; absent where there are none. */
  readonly limiter?: readonly string[];
}

/** The containers a recording may have, by the names of ffmpeg's demuxers; newer and older ffmpegs lack some. */
const CONTAINERS = [
  ...["mov", "matroska", "mpegts", "mpeg", "avi", "flv", "asf", "ogg", "dv", "mxf", "nut", "ivf", "dhav"],
  // Bare streams, as cheap recorders write them.
  ...["h264", "hevc", "m4v", "mpegvideo", "mjpeg", "mpjpeg", "av1", "obu", "yuv4mpegpipe"],
  // Sound only: opened to be told so.
  ...["wav", "mp3", "aac"],
];

/**
 * A recording is a stranger's file. Only plain files are opened, and only as what a camera writes: playlists
 * and scripts (HLS, DASH, concat, SDP, image sequences) are no containers of ours, so that nothing inside a
 * recording can make ffmpeg open another file or an address. Nor may its headers make it take all memory.
 */
export const INPUT_GUARD = [
  ...["-nostdin", "-hide_banner", "-protocol_whitelist", "file"],
  ...["-format_whitelist", CONTAINERS.join(",")],
  ...MEMORY_GUARD,
] as const;

/**
 * The words with which ffmpeg joins the pieces of a clock that jumps back. It does so by itself in streams, whose
 * clocks may jump; elsewhere it is told to count on from frame to frame where a time is off by seconds.
 */
export function joinWords(container: string): readonly string[] {
  return /^(mpegts|mpeg)$/.test(container) ? [] : ["-dts_error_threshold", "2"];
}

/**
 * Finds ffmpeg: `KICKLINE_FFMPEG`, then the PATH, then the copy an npm package carries.
 *
 * @throws DecoderError when none runs, with what to install.
 */
export async function findFfmpeg(environment: NodeJS.ProcessEnv = process.env): Promise<Ffmpeg> {
  const named = environment["KICKLINE_FFMPEG"];
  if (named !== undefined && named !== "") {
    const found = await inspect(named, "environment");
    if (found) return found;
    throw new DecoderError(
      "decoder-missing",
      `KICKLINE_FFMPEG points to ${named}, which does not run as ffmpeg`,
      "Set KICKLINE_FFMPEG to a working ffmpeg, or unset it to use the one on the PATH.",
    );
  }
  const onPath = searchPath(environment["PATH"] ?? "");
  const found = (onPath && (await inspect(onPath, "path"))) || (await bundled());
  if (found) return found;
  throw new DecoderError(
    "decoder-missing",
    "no ffmpeg was found: not in KICKLINE_FFMPEG, not on the PATH, not as an npm package",
    "Install it (apt install ffmpeg, brew install ffmpeg), or set KICKLINE_FFMPEG to its path.",
  );
}

function searchPath(path: string): string | undefined {
  const name = process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg";
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      // Not in this folder: look in the next.
    }
  }
  return undefined;
}

async function bundled(): Promise<Ffmpeg | undefined> {
  try {
    const require = createRequire(import.meta.url);
    const { path } = require("@ffmpeg-installer/ffmpeg") as { path: string };
    // Install scripts may be switched off, and then the packed binary lacks its x bit.
    if ((statSync(path).mode & 0o100) === 0) chmodSync(path, 0o755);
    return await inspect(path, "bundled");
  } catch {
    return undefined;
  }
}

async function inspect(path: string, source: Ffmpeg["source"]): Promise<Ffmpeg | undefined> {
  const limiter = findLimiter();
  // One that does not start within the limits (a wrapper that needs more) is used without.
  const version = limiter.length > 0 ? await versionOf(limiter[0]!, [...limiter.slice(1), path]) : undefined;
  if (version !== undefined) return { path, version, source, passthrough: passthroughOf(version), limiter };
  const unlimited = await versionOf(path, []);
  if (unlimited === undefined) return undefined;
  return { path, version: unlimited, source, passthrough: passthroughOf(unlimited) };
}

async function versionOf(program: string, words: readonly string[]): Promise<string | undefined> {
  try {
    const said = await promisify(execFile)(program, [...words, "-hide_banner", "-version"], {
      timeout: 20_000,
    });
    return /^ffmpeg version (\S+)/.exec(said.stdout)?.[1];
  } catch {
    return undefined;
  }
}

function passthroughOf(version: string): readonly string[] {
  const numbered = /^n?(\d+)\.(\d+)/.exec(version);
  if (!numbered) {
    // Builds from git carry "N-<count>-g<hash>"; `-fps_mode` came about count 107000 (2022).
    const built = /^N-(\d+)-/.exec(version);
    return built && Number(built[1]) < 107_000 ? ["-vsync", "passthrough"] : ["-fps_mode", "passthrough"];
  }
  const isOld = Number(numbered[1]) < 5 || (Number(numbered[1]) === 5 && Number(numbered[2]) < 1);
  return isOld ? ["-vsync", "passthrough"] : ["-fps_mode", "passthrough"];
}

/** A running ffmpeg: its output, the end of what it said, and its end. */
export interface FfmpegRun {
  readonly stdout: Readable;
  /** Resolves when the process is gone (never rejects): exit code, the first and the last of stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly messages: string }>;
  /** Ends the process for good; resolves when it is gone. Harmless when it already is. */
  stop(): Promise<void>;
}

/** What a run needs beyond reading one recording. */
export interface FfmpegMore {
  /** What it is given as `pipe:0`. */
  readonly input?: Readable;
  /** Whether it may write files: clips, not reading. */
  readonly mayWrite?: boolean;
}

/** Characters of stderr kept, of its beginning (what the file is) and of its end (how it went). */
const MESSAGES_KEPT = 16_384;

/**
 * Starts ffmpeg without a shell and watches it. Back-pressure is the pipe's: what is not read is not
 * produced. The caller must `stop()` it (or read to the end) so that no process is left behind.
 */
export function startFfmpeg(ffmpeg: Ffmpeg, args: readonly string[], more: FfmpegMore = {}): FfmpegRun {
  const { input, mayWrite = false } = more;
  const limiter = (ffmpeg.limiter ?? []).filter((word) => !mayWrite || !word.startsWith("--fsize"));
  const [program, ...words] = [...limiter, ffmpeg.path, ...args];
  const child: ChildProcessByStdio<Writable | null, Readable, Readable> = input
    ? spawn(program!, words, { stdio: ["pipe", "pipe", "pipe"], windowsHide: true })
    : spawn(program!, words, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  // One that ends early closes its ear first: how it ended is told by its code.
  if (input && child.stdin) pipeline(input, child.stdin, () => {});
  let first = "";
  let last = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    const room = MESSAGES_KEPT - first.length;
    first += text.slice(0, room);
    last = (last + text.slice(room)).slice(-MESSAGES_KEPT);
  });
  const ended = new Promise<{ code: number | null; messages: string }>((resolve) => {
    child.on("error", (error) => resolve({ code: -1, messages: `${first}${last}${error.message}` }));
    child.on("close", (code) => resolve({ code, messages: first + last }));
  });
  return {
    stdout: child.stdout,
    ended,
    async stop() {
      child.kill("SIGKILL");
      child.stdout.destroy();
      await ended;
    },
  };
}
