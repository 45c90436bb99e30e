import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { DecoderError } from "../errors.ts";
import type { Frame } from "../frames/frame.ts";
import type { Ffmpeg } from "./ffmpeg.ts";

export interface EncodingOptions {
  /** Where to write; must end in `.mp4`. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** Frames a second that the file states; times of frames are not kept. */
  readonly frameRate: number;
  /** x264's constant rate factor: 18 fine, 40 coarse. */
  readonly crf: number;
  /** Frames from one key frame to the next. */
  readonly keyFrameEvery: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Encodes gray frames as a camera would: H.264 of one quality, frames evenly spaced whatever their times.
 *
 * @returns the file's size, bytes.
 * @throws DecoderError when ffmpeg cannot encode (a build without x264); the signal's reason when aborted.
 */
export async function encodeFrames(
  ffmpeg: Ffmpeg,
  frames: AsyncIterable<Frame>,
  options: EncodingOptions,
): Promise<number> {
  const { path, width, height, frameRate, keyFrameEvery, signal } = options;
  const child = spawn(
    ffmpeg.path,
    [
      ...["-hide_banner", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray"],
      ...["-video_size", `${width}x${height}`, "-framerate", `${frameRate}`, "-i", "pipe:0", "-an"],
      ...["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-threads", "1"],
      ...["-crf", `${options.crf}`],
      ...["-g", `${keyFrameEvery}`, "-bf", "0", "-sc_threshold", "0", path],
    ],
    { stdio: ["pipe", "ignore", "pipe"], windowsHide: true },
  );
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
  });
  // What breaks the pipe is told by the exit code and the last words.
  child.stdin.on("error", () => {});
  const closed = new Promise<number | null>((resolve) => {
    child.on("error", (error) => {
      said += error.message;
      resolve(-1);
    });
    child.on("close", resolve);
  });
  const onAbort = () => void child.kill("SIGKILL");
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    for await (const { data } of frames) {
      if (child.stdin.destroyed) break;
      // The frame's bytes are used again by its reader.
      if (!child.stdin.write(Uint8Array.from(data))) await Promise.race([once(child.stdin, "drain"), closed]);
    }
    child.stdin.end();
    const code = await closed;
    signal?.throwIfAborted();
    if (code !== 0) {
      throw new DecoderError(
        "decoder-failed",
        `ffmpeg could not encode: ${said.trim() || `it ended with ${code}`}`,
        "Use an ffmpeg with x264 (apt install ffmpeg, brew install ffmpeg).",
      );
    }
    return (await stat(path)).size;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    child.kill("SIGKILL");
    await closed;
  }
}
