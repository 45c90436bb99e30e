/**
 * A reader of the one NUT dialect ffmpeg writes to our pipe: a single stream of raw pictures or raw sound. It
 * exists because NUT is the only in-band way to get these *with* their exact presentation timestamps out of ffmpeg.
 *
 * *Source:* NUT open container format, version 20130327 (ffmpeg.org/nut.html).
 * *Differs from the source:* checksums are not verified (a local pipe does not corrupt); side data,
 * several streams and seeking are not supported.
 */
import { NutBytes, StreamEnd } from "./nut-bytes.ts";

export interface NutFrame {
  /** In units of the stream's time base. */
  readonly pts: number;
  /** Seconds: `pts` times the time base. */
  readonly seconds: number;
  readonly data: Uint8Array;
}

interface FrameCode {
  readonly flags: number;
  readonly sizeMul: number;
  readonly sizeLsb: number;
  readonly ptsDelta: number;
  readonly reserved: number;
  readonly header: number;
}

const FLAG = { codedPts: 8, streamId: 16, sizeMsb: 32, checksum: 64, reserved: 128, sideData: 256 } as const;
const FLAG_HEADER_INDEX = 1024;
const FLAG_MATCH_TIME = 2048;
const FLAG_CODED = 4096;
const FLAG_INVALID = 8192;
const ID_STRING = "nut/multimedia container\0";
/** Larger than any header our decoder writes: more is garbage. */
const LONGEST_HEADER = 1 << 20;
/** Larger packets never begin with an elided header. */
const LARGEST_ELIDED = 4096;
const NOT_OURS = "not a NUT stream from our decoder";
const START_CODE = { main: 0x4e4d, stream: 0x4e53, syncpoint: 0x4e4b } as const;

/**
 * Reads frames from chunks of a NUT stream. Each frame's `data` is its own buffer view of freshly
 * allocated memory, or of `allocate` if given.
 *
 * @throws Error when the bytes are not such a stream. A stream that simply ends (a killed ffmpeg) ends the
 * iteration; a frame cut short is dropped.
 */
export async function* readNut(
  chunks: AsyncIterable<Uint8Array>,
  allocate: (size: number) => Uint8Array = (size) => new Uint8Array(size),
): AsyncGenerator<NutFrame> {
  const input = new NutBytes(chunks);
  try {
    yield* readPackets(input, allocate);
  } catch (error) {
    if (!(error instanceof StreamEnd)) throw error;
  } finally {
    await input.close();
  }
}

async function* readPackets(
  input: NutBytes,
  allocate: (size: number) => Uint8Array,
): AsyncGenerator<NutFrame> {
  for (const letter of ID_STRING) {
    if (!(await input.fill(1))) return;
    if (input.uint8() !== letter.charCodeAt(0)) throw new Error(NOT_OURS);
  }
  let codes: readonly FrameCode[] = [];
  let timeBases: readonly number[] = [];
  let headers: readonly Uint8Array[] = [];
  let timeBase = 0;
  let ptsShift = 0;
  let lastPts = 0;

  while (await input.fill(1)) {
    const first = input.peek();
    if (first === 0x4e) {
      if (!(await input.fill(8 + 10))) return;
      const startCode = input.uint16();
      input.skip(6);
      const length = input.variable();
      if (length > LONGEST_HEADER) throw new Error(NOT_OURS);
      if (length > 4096) input.skip(4);
      if (!(await input.fill(length))) return;
      const end = input.position + length;
      if (startCode === START_CODE.main) ({ codes, timeBases, headers } = parseMainHeader(input, end - 4));
      else if (startCode === START_CODE.stream)
        ({ timeBase, ptsShift } = parseStreamHeader(input, timeBases));
      else if (startCode === START_CODE.syncpoint) {
        const coded = input.variable();
        const base = timeBases[coded % timeBases.length] ?? timeBase;
        lastPts = Math.round((Math.floor(coded / timeBases.length) * base) / timeBase);
      }
      input.position = end;
      continue;
    }
    // A frame header is at most a few dozen bytes; a short end of stream is a cut frame.
    await input.fill(64);
    const code = codes[input.uint8()];
    if (!code || code.flags & FLAG_INVALID) throw new Error(NOT_OURS);
    let flags = code.flags;
    if (flags & FLAG_CODED) flags ^= input.variable();
    if (flags & FLAG.streamId) input.variable();
    let pts = lastPts + code.ptsDelta;
    if (flags & FLAG.codedPts) pts = decodePts(input.variable(), ptsShift, lastPts);
    let size = code.sizeLsb;
    if (flags & FLAG.sizeMsb) size += code.sizeMul * input.variable();
    if (flags & FLAG_MATCH_TIME) input.variable();
    const headerIndex = flags & FLAG_HEADER_INDEX ? input.variable() : code.header;
    let reserved = code.reserved;
    if (flags & FLAG.reserved) reserved = input.variable();
    for (let i = 0; i < reserved; i++) input.variable();
    if (flags & FLAG.checksum) input.skip(4);
    if (flags & FLAG.sideData) throw new Error("NUT side data is not expected from our decoder");
    const data = allocate(size);
    // What many packets begin with (a few bytes of silence, say) stands once in the main header.
    const elided = size > LARGEST_ELIDED ? undefined : headers[headerIndex];
    if (elided) data.set(elided);
    if (!(await input.copy(elided ? data.subarray(elided.length) : data))) return;
    lastPts = pts;
    yield { pts, seconds: pts * timeBase, data };
  }
}

function decodePts(coded: number, shift: number, lastPts: number): number {
  const range = 2 ** shift;
  if (coded >= range) return coded - range;
  const from = lastPts - Math.floor((range - 1) / 2);
  return from + ((((coded - from) % range) + range) % range);
}

function parseMainHeader(
  input: NutBytes,
  end: number,
): { codes: FrameCode[]; timeBases: number[]; headers: Uint8Array[] } {
  const version = input.variable();
  if (version > 3) input.variable();
  input.variable(); // stream count
  input.variable(); // max distance
  const timeBases: number[] = [];
  for (let left = input.variable(); left > 0; left--) {
    const numerator = input.variable();
    timeBases.push(numerator / input.variable());
  }
  const codes: FrameCode[] = [];
  let pts = 0;
  let mul = 1;
  let header = 0;
  while (codes.length < 256) {
    const flags = input.variable();
    const fields = input.variable();
    if (fields > 0) pts = input.signed();
    if (fields > 1) mul = input.variable();
    if (fields > 2) input.variable(); // stream: there is but one
    const size = fields > 3 ? input.variable() : 0;
    const reserved = fields > 4 ? input.variable() : 0;
    const count = fields > 5 ? input.variable() : mul - size;
    if (fields > 6) input.signed();
    if (fields > 7) header = input.variable();
    for (let extra = 8; extra < fields; extra++) input.variable();
    for (let i = 0; i < count && codes.length < 256; i++) {
      // Code "N" is kept free for start codes and takes no place in the run.
      if (codes.length === 0x4e) {
        codes.push({ flags: FLAG_INVALID, sizeMul: 1, sizeLsb: 0, ptsDelta: 0, reserved: 0, header: 0 });
        i--;
        continue;
      }
      codes.push({ flags, sizeMul: mul, sizeLsb: size + i, ptsDelta: pts, reserved, header });
    }
  }
  const headers: Uint8Array[] = [new Uint8Array(0)];
  for (let left = input.position < end ? input.variable() : 0; left > 0; left--) {
    headers.push(input.bytes(input.variable()));
  }
  return { codes, timeBases, headers };
}

function parseStreamHeader(
  input: NutBytes,
  timeBases: readonly number[],
): { timeBase: number; ptsShift: number } {
  input.variable(); // stream id
  input.variable(); // class
  input.skip(input.variable()); // fourcc
  const timeBase = timeBases[input.variable()];
  if (timeBase === undefined) throw new Error("NUT stream without a time base");
  return { timeBase, ptsShift: input.variable() };
}
