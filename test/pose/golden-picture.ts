import { readFileSync } from "node:fs";
import type { Picture } from "../../src/frames/frame.ts";

const FOLDER = new URL("../../fixtures/pose/", import.meta.url);

/** The rendered infant on which runtimes are compared (binary PGM, gray). */
export function readGoldenPicture(): Picture {
  const bytes = readFileSync(new URL("golden.pgm", FOLDER));
  const header = /^P5\n(\d+) (\d+)\n255\n/.exec(bytes.subarray(0, 32).toString("latin1"));
  if (header === null) throw new Error("golden.pgm is not a binary PGM");
  return {
    width: Number(header[1]),
    height: Number(header[2]),
    channels: 1,
    data: new Uint8Array(bytes.subarray(header[0].length)),
  };
}

/** Where its joints truly are, px, in COCO order. */
export function readGoldenTruth(): readonly (readonly [number, number])[] {
  return (
    JSON.parse(readFileSync(new URL("golden.truth.json", FOLDER), "utf8")) as { joints: [number, number][] }
  ).joints;
}

/** The same picture turned a quarter clockwise. */
export function turnClockwise(picture: Picture): Picture {
  const { width, height, channels, data } = picture;
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        turned[(x * height + (height - 1 - y)) * channels + c] = data[(y * width + x) * channels + c]!;
      }
    }
  }
  return { width: height, height: width, channels, data: turned };
}

/** The same gray picture with three equal channels. */
export function asRgb(picture: Picture): Picture {
  const data = new Uint8Array(picture.data.length * 3);
  for (let i = 0; i < data.length; i++) data[i] = picture.data[Math.floor(i / 3)]!;
  return { ...picture, channels: 3, data };
}
