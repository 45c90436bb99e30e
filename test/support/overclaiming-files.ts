import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runFfmpeg } from "./make-video.ts";

const CARD = ["-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=1"];

/** Motion JPEG whose every picture, and the header, say that they are of another size. */
export async function makeHugePicture(folder: string, width: number, height: number): Promise<string> {
  const path = join(folder, `huge-${width}x${height}.avi`);
  await runFfmpeg(...CARD, "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", path);
  const bytes = readFileSync(path);
  const frameHeader = Buffer.from([0xff, 0xc0, 0x00, 0x11, 0x08]);
  for (let at = bytes.indexOf(frameHeader); at !== -1; at = bytes.indexOf(frameHeader, at + 9)) {
    bytes.writeUInt16BE(height, at + 5);
    bytes.writeUInt16BE(width, at + 7);
  }
  const format = bytes.indexOf("strf");
  bytes.writeInt32LE(width, format + 12);
  bytes.writeInt32LE(height, format + 16);
  writeFileSync(path, bytes);
  return path;
}

/** An MP4 whose index says that it holds four thousand million pictures of one byte each. */
export async function makeEndlessIndex(folder: string): Promise<string> {
  const path = join(folder, "endless.mp4");
  await runFfmpeg(...CARD, "-c:v", "libx264", "-bf", "0", path);
  const bytes = readFileSync(path);
  const most = 0xffff_fff0;
  // stsz: one size for all, and their number; stts: the number of pictures in its first run.
  const sizes = bytes.indexOf("stsz");
  bytes.writeUInt32BE(1, sizes + 8);
  bytes.writeUInt32BE(most, sizes + 12);
  bytes.writeUInt32BE(most, bytes.indexOf("stts") + 12);
  // stsc: pictures in each chunk of its first run.
  bytes.writeUInt32BE(most, bytes.indexOf("stsc") + 16);
  writeFileSync(path, bytes);
  return path;
}
