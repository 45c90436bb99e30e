import { spawn } from "node:child_process";
import type { Picture } from "../src/frames/frame.ts";

/** Decodes a video with ffmpeg, frame by frame, at its own rate and size. Each picture owns its data. */
export async function* readPictures(
  path: string,
  width: number,
  height: number,
  channels: 1 | 3,
): AsyncGenerator<Picture> {
  const format = channels === 1 ? "gray" : "rgb24";
  const ffmpeg = spawn(
    "ffmpeg",
    ["-v", "fatal", "-i", path, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", format, "-"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const length = width * height * channels;
  let pending = Buffer.alloc(0);
  try {
    for await (const chunk of ffmpeg.stdout) {
      pending = Buffer.concat([pending, chunk as Buffer]);
      while (pending.length >= length) {
        yield { width, height, channels, data: new Uint8Array(pending.subarray(0, length)) };
        pending = pending.subarray(length);
      }
    }
  } finally {
    ffmpeg.kill();
  }
}
