import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Ffmpeg, findFfmpeg } from "../../src/media/ffmpeg.ts";

/** Frames of {@link makeVideo}, and how many a second before any is dropped. */
export const FRAMES = 150;
export const RATE = 25;
const KEY_EVERY = 50;

/** Runs ffmpeg to make something; quiet, overwrites. */
export async function runFfmpeg(...args: readonly string[]): Promise<void> {
  const { path } = await findFfmpeg();
  await promisify(execFile)(path, ["-nostdin", "-v", "error", "-y", ...args]);
}

/** The gray level that frame `n` of {@link makeVideo} is filled with: its neighbours' differ by nine. */
export function grayOf(n: number): number {
  return 20 + ((n * 9) % 200);
}

export interface VideoShape {
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  readonly keyEvery?: number;
  /** Drops every seventh frame and shifts each of the others by 0 to 6.7 ms. */
  readonly variable?: boolean;
  /** Words for the encoder; H.264 with B frames by default. */
  readonly encoder?: readonly string[];
}

/** Films a plain wall whose gray tells the frame's number. 25 frames a second, B frames, a key frame every 2 s. */
export async function makeVideo(folder: string, name: string, shape: VideoShape = {}): Promise<string> {
  const { width = 96, height = 64, frames = FRAMES, keyEvery = KEY_EVERY } = shape;
  const gray = `geq=lum='20+mod(N*9,200)':cb=128:cr=128,scale=${width}:${height},setsar=1`;
  const uneven = `,select='mod(n,7)-3',settb=1/90000,setpts='PTS+mod(N*37,11)*60'`;
  const encoder = shape.encoder ?? [
    "-c:v",
    "libx264",
    "-preset",
    "veryfast",
    "-bf",
    "2",
    "-sc_threshold",
    "0",
    "-crf",
    "6",
  ];
  const ffmpeg = await findFfmpeg();
  const path = join(folder, name);
  await runFfmpeg(
    ...["-f", "lavfi", "-i", `color=gray:s=16x16:r=${RATE}:d=${frames / RATE}`],
    ...["-vf", `${gray}${shape.variable ? uneven : ""}`, "-pix_fmt", "yuv420p"],
    ...(shape.variable ? ["-enc_time_base", "1:90000", "-video_track_timescale", "90000"] : []),
    ...passthroughWords(ffmpeg),
    ...[...encoder, "-g", String(keyEvery), "-threads", "1"],
    path,
  );
  return path;
}

function passthroughWords(ffmpeg: Ffmpeg): readonly string[] {
  return ffmpeg.passthrough;
}

/** The numbers of the frames that a video shows, and when it shows them, seconds. */
export function truthOf(shape: VideoShape = {}): { readonly numbers: number[]; readonly times: number[] } {
  const all = Array.from({ length: shape.frames ?? FRAMES }, (_, n) => n);
  const numbers = shape.variable ? all.filter((n) => n % 7 !== 3) : all;
  const shift = (i: number) => (shape.variable ? (((i * 37) % 11) * 60) / 90_000 : 0);
  return { numbers, times: numbers.map((n, i) => n / RATE + shift(i)) };
}

/** The same packets in another container or with other metadata. */
export async function remux(from: string, name: string, ...words: readonly string[]): Promise<string> {
  const path = join(from, "..", name);
  await runFfmpeg("-i", from, "-c", "copy", ...words, path);
  return path;
}
