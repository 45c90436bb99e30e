import type { FileHandle } from "node:fs/promises";
import type { FoundPicture } from "./find-pictures.ts";
import type { FilmSettings } from "./settings.ts";

/** Units a second that the rebuilt film counts in. */
const TIMESCALE = 1_000_000;
const COPY_BYTES = 2 ** 22;

/**
 * Writes pictures as an MP4 of their own, one `interval` (seconds) apart, with an index (ISO/IEC 14496-12).
 *
 * @param ranks place of each picture in the order of presentation.
 */
export async function writeFilm(
  from: FileHandle,
  to: FileHandle,
  pictures: readonly FoundPicture[],
  ranks: Uint32Array,
  settings: FilmSettings,
  interval: number,
): Promise<void> {
  const bytes = pictures.reduce((sum, one) => sum + one.to - one.from, 0);
  const start = box("ftyp", text("isom"), u32(0x200), text("isomiso2mp41"));
  const mediaHeader = concat(u32(1), text("mdat"), u64(bytes + 16));
  await to.write(start);
  await to.write(mediaHeader);
  const buffer = new Uint8Array(COPY_BYTES);
  for (const one of pictures) {
    for (let at = one.from; at < one.to; ) {
      const { bytesRead } = await from.read(buffer, 0, Math.min(COPY_BYTES, one.to - at), at);
      if (bytesRead === 0) throw new Error("the file became shorter while it was read");
      await to.write(buffer, 0, bytesRead);
      at += bytesRead;
    }
  }
  await to.write(indexOf(pictures, ranks, settings, interval, start.length + mediaHeader.length));
}

function indexOf(
  pictures: readonly FoundPicture[],
  ranks: Uint32Array,
  { description, shape }: FilmSettings,
  interval: number,
  begin: number,
): Uint8Array {
  const count = pictures.length;
  const step = Math.max(1, Math.round(interval * TIMESCALE));
  const duration = u64(count * step);
  const sizes = Uint32Array.from(pictures, ({ from, to }) => to - from);
  const keys = pictures.flatMap(({ isKey }, i) => (isKey ? [i + 1] : []));
  const shifts = Array.from(ranks, (rank, i) => (rank - i) * step);
  const times = concat(u64(0), u64(0));
  const table = box(
    "stbl",
    box("stsd", description),
    box("stts", u32(0), u32(1), u32(count), u32(step)),
    // Version 1: a picture may be shown before the time its place in the file stands for.
    box("ctts", u32(1 << 24), u32(count), words(shifts.flatMap((shift) => [1, shift]))),
    box("stss", u32(0), u32(keys.length), words(keys)),
    box("stsc", u32(0), u32(1), words([1, count, 1])),
    box("stsz", u32(0), u32(0), u32(count), words([...sizes])),
    box("co64", u32(0), u32(1), u64(begin)),
  );
  const media = box(
    "mdia",
    box("mdhd", u32(1 << 24), times, u32(TIMESCALE), duration, u32(0x55c4_0000)),
    box("hdlr", u32(0), u32(0), text("vide"), words([0, 0, 0]), Uint8Array.of(0)),
    box(
      "minf",
      box("vmhd", u32(1), u64(0)),
      box("dinf", box("dref", u32(0), u32(1), box("url ", u32(1)))),
      table,
    ),
  );
  const unity = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
  return box(
    "moov",
    box(
      "mvhd",
      ...[u32(1 << 24), times, u32(TIMESCALE), duration, u32(0x1_0000), u32(0x0100_0000), u64(0)],
      ...[words(unity), words([0, 0, 0, 0, 0, 0]), u32(2)],
    ),
    box(
      "trak",
      box("tkhd", u32((1 << 24) | 3), times, u32(1), u32(0), duration, u64(0), u64(0), shape),
      media,
    ),
  );
}

function box(type: string, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concat(...content);
  return concat(u32(body.length + 8), text(type), body);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function words(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setInt32(4 * i, value | 0);
  return bytes;
}

function u32(value: number): Uint8Array {
  return words([value]);
}

function u64(value: number): Uint8Array {
  return words([Math.floor(value / 2 ** 32), value % 2 ** 32]);
}

function text(letters: string): Uint8Array {
  return new TextEncoder().encode(letters);
}
