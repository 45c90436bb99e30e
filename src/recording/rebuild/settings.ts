import { open } from "node:fs/promises";
import { childBoxes, findBox, listBoxes } from "./boxes.ts";
import { readAvcConfiguration } from "./h264.ts";
import { readHevcConfiguration } from "./hevc.ts";
import type { NalCodec } from "./nal.ts";

/** How a camera writes its films, as a whole one of them tells it. */
export interface FilmSettings {
  readonly codec: NalCodec;
  /** The content of the box that describes the stream (`stsd`), to be copied. */
  readonly description: Uint8Array;
  /** How the picture is turned, and its size as shown: the last 44 bytes of the track's header. */
  readonly shape: Uint8Array;
}

/** An index larger than this is no index of a night. */
const MOST_INDEX = 2 ** 28;
/** Bytes of a video sample entry before the boxes in it. */
const ENTRY_BYTES = 78;

/**
 * Reads the settings from a whole MP4.
 *
 * @returns undefined when it is none, or its video is neither H.264 nor H.265.
 */
export async function readFilmSettings(path: string): Promise<FilmSettings | undefined> {
  const file = await open(path);
  try {
    const index = (await listBoxes(file, (await file.stat()).size)).find(({ type }) => type === "moov");
    if (!index || index.to - index.from > MOST_INDEX) return undefined;
    const bytes = new Uint8Array(index.to - index.from);
    await file.read(bytes, 0, bytes.length, index.from);
    for (const { type, content } of childBoxes(bytes)) {
      const found = type === "trak" ? readTrack(content) : undefined;
      if (found) return found;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

function readTrack(track: Uint8Array): FilmSettings | undefined {
  const description = findBox(track, "mdia/minf/stbl/stsd");
  const header = findBox(track, "tkhd");
  if (!description || !header || header.length < 44) return undefined;
  for (const { content } of childBoxes(description.subarray(8))) {
    const inside = content.subarray(ENTRY_BYTES);
    const [avc, hevc] = [findBox(inside, "avcC"), findBox(inside, "hvcC")];
    const codec = avc ? readAvcConfiguration(avc) : hevc ? readHevcConfiguration(hevc) : undefined;
    if (codec) return { codec, description, shape: header.subarray(-44) };
  }
  return undefined;
}
