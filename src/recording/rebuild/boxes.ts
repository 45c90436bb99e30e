import type { FileHandle } from "node:fs/promises";

/** A box of an MP4 (ISO/IEC 14496-12, 4.2): where its content lies. */
export interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** More boxes than this at the top of a file are no MP4 that a camera writes. */
const MOST_BOXES = 10_000;

/**
 * Lists the boxes at the top of a file. The last one ends with the file, whatever it says: an unfinished
 * `mdat` states no length, or a wrong one.
 */
export async function listBoxes(file: FileHandle, size: number): Promise<Box[]> {
  const boxes: Box[] = [];
  const head = new Uint8Array(16);
  for (let at = 0; at + 8 <= size && boxes.length < MOST_BOXES; ) {
    await file.read(head, 0, 16, at);
    const view = new DataView(head.buffer);
    const type = String.fromCharCode(...head.subarray(4, 8));
    if (!/^[\w ©-]{4}$/.test(type)) break;
    const isLong = view.getUint32(0) === 1;
    const header = isLong ? 16 : 8;
    const length = isLong ? Number(view.getBigUint64(8)) : view.getUint32(0);
    // An `mdat` whose length was never filled in goes on to the end of the file.
    const isOpen = type === "mdat" ? length <= header : length < header;
    const to = isOpen ? size : Math.min(size, at + length);
    boxes.push({ type, from: at + header, to });
    at = to;
  }
  return boxes;
}

/** The first box of a path such as `mdia/minf/stbl` within bytes; undefined when it is not there. */
export function findBox(bytes: Uint8Array, path: string): Uint8Array | undefined {
  const [wanted, ...rest] = path.split("/");
  for (const { type, content } of childBoxes(bytes)) {
    if (type !== wanted) continue;
    return rest.length === 0 ? content : findBox(content, rest.join("/"));
  }
  return undefined;
}

/** The boxes within bytes, as long as they are whole. */
export function* childBoxes(bytes: Uint8Array): Generator<{ type: string; content: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (length < 8 || at + length > bytes.length) return;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { type, content: bytes.subarray(at + 8, at + length) };
    at += length;
  }
}
