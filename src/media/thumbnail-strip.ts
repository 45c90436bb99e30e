import sharp from "sharp";
import type { FrameReader } from "../frames/frame-reader.ts";
import { endOf, type Interval } from "../signal/intervals.ts";

const PICTURES = 5;
const GAP = 4;

/**
 * Makes one picture of an event: five moments of it side by side, from its beginning to its end.
 *
 * @param reader frames of the size one moment shall have.
 * @returns JPEG bytes; undefined when no frame could be read there.
 */
export async function makeThumbnailStrip(
  reader: FrameReader,
  event: Interval,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  const { width, height, channels } = reader;
  const wanted = Array.from(
    { length: PICTURES },
    (_, i) => event.onset + (event.duration * (i + 0.5)) / PICTURES,
  );
  const pictures: Uint8Array[] = [];
  let last: Uint8Array | undefined;
  for await (const frame of reader.read({ from: event.onset - 0.5, to: endOf(event) + 0.5 }, signal)) {
    last = frame.data;
    while (pictures.length < PICTURES && frame.time >= wanted[pictures.length]!)
      pictures.push(frame.data.slice());
    if (pictures.length === PICTURES) break;
  }
  if (!last) return undefined;
  while (pictures.length < PICTURES) pictures.push(last.slice());
  const strip = sharp({
    create: {
      width: PICTURES * width + (PICTURES - 1) * GAP,
      height,
      channels: 3,
      background: "#808080",
    },
  }).composite(
    pictures.map((data, i) => ({
      input: Buffer.from(data),
      raw: { width, height, channels },
      left: i * (width + GAP),
      top: 0,
    })),
  );
  return await strip.jpeg({ quality: 70, mozjpeg: true }).toBuffer();
}
