import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";

/** Files up to this size are hashed whole. */
const WHOLE_BYTES = 64 * 1024 * 1024;
const SAMPLES = 64;
const SAMPLE_BYTES = 256 * 1024;

/**
 * SHA-256 that tells recordings apart. Files up to 64 MiB: over every byte. Larger ones: over the size and
 * 64 evenly spaced pieces of 256 KiB (the first and last bytes included), because reading a whole night
 * from a camera's card only to name it would take longer than finding its movements. Prefixed
 * `sha256:` or `sha256-sampled:` accordingly.
 */
export async function fingerprintFile(path: string, size: number): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path);
  try {
    if (size <= WHOLE_BYTES) {
      for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk as Buffer);
      return `sha256:${hash.digest("hex")}`;
    }
    hash.update(`${size}:`);
    const buffer = Buffer.alloc(SAMPLE_BYTES);
    for (let i = 0; i < SAMPLES; i++) {
      const position = Math.floor(((size - SAMPLE_BYTES) * i) / (SAMPLES - 1));
      const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return `sha256-sampled:${hash.digest("hex")}`;
  } finally {
    await file.close();
  }
}

/** Bytes of a file. @throws the system's error when it is not there. */
export async function sizeOfFile(path: string): Promise<number> {
  return (await stat(path)).size;
}

const END_BYTES = 64 * 1024;

/**
 * A digest of a file's size and its first and last 64 KiB, where films keep their tables and dates: cheap, and
 * enough to see that another film has taken a name. Not for telling recordings apart in results.
 *
 * @throws the system's error when it cannot be read.
 */
export async function fingerprintEnds(path: string, size: number): Promise<string> {
  const hash = createHash("sha256").update(`${size}:`);
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(END_BYTES);
    for (const position of new Set([0, Math.max(0, size - END_BYTES)])) {
      const { bytesRead } = await file.read(buffer, 0, END_BYTES, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest("hex");
  } finally {
    await file.close();
  }
}
