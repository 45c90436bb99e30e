import type { FileHandle } from "node:fs/promises";
import type { NalCodec, NalUnit } from "./nal.ts";

/** A picture in a file, in order of decoding. */
export interface FoundPicture {
  readonly from: number;
  readonly to: number;
  readonly isKey: boolean;
  readonly isReset: boolean;
  readonly isReference: boolean;
  readonly order: number;
}

/** Bytes of a unit that its kind can be told from. */
const HEAD = 48;
/** Bytes held at a time. */
const WINDOW = 2 ** 23;
/** A picture's number may run ahead by so much where pictures were lost. */
const NUMBER_STEPS = 1;
/** Its place in the order of presentation may lie so far from the one before. */
const ORDER_STEPS = 32;

/**
 * Finds the pictures in media data that has lost its index: lengths and NAL units are followed as long as they
 * make sense; what does not (sound between the pictures, damage) is passed over byte by byte until something
 * does again. A unit counts when the next one follows it, or when its picture's number is the one to come.
 *
 * Own method; the idea that a stream's own syntax finds its samples is common to repair programs.
 *
 * @param mostBytes longest unit that is believed, at most half the 8 MiB that are held at a time.
 */
export async function findPictures(
  file: FileHandle,
  from: number,
  to: number,
  codec: NalCodec,
  mostBytes: number,
  signal?: AbortSignal,
): Promise<FoundPicture[]> {
  const pictures: FoundPicture[] = [];
  const window = new Uint8Array(WINDOW + HEAD);
  let held = { from: 0, to: 0 };
  const view = new DataView(window.buffer);
  const { lengthBytes } = codec;

  /** The length at a place, 0 when no unit can lie there. */
  const lengthAt = (at: number): number => {
    const place = at - held.from;
    let length = 0;
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + view.getUint8(place + i);
    return length > 1 && length <= mostBytes && at + lengthBytes + length <= to ? length : 0;
  };
  const unitAt = (at: number): { length: number; unit: NalUnit } | undefined => {
    if (at + lengthBytes + 2 > to) return undefined;
    const length = lengthAt(at);
    if (length === 0) return undefined;
    const start = at - held.from + lengthBytes;
    const unit = codec.read(window.subarray(start, start + Math.min(length, HEAD - lengthBytes)));
    return unit && { length, unit };
  };
  const isHeld = (at: number) => at >= held.from && Math.min(to, at + mostBytes + 2 * HEAD) <= held.to;
  const hold = async (at: number) => {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(window, 0, Math.min(WINDOW, to - at), at);
    held = { from: at, to: at + bytesRead };
    window.fill(0, bytesRead);
  };

  let begun: { from: number; first: NalUnit | undefined } | undefined;
  let last: NalUnit | undefined;
  const close = (end: number) => {
    if (begun?.first) {
      const { isKey, isReset, isReference, order } = begun.first;
      pictures.push({ from: begun.from, to: end, isKey, isReset, isReference, order });
    }
    begun = undefined;
  };
  for (let at = from; at < to; ) {
    if (!isHeld(at)) await hold(at);
    const found = unitAt(at);
    const end = found ? at + lengthBytes + found.length : 0;
    const isFollowed = found !== undefined && unitAt(end) !== undefined;
    const isWhole =
      found !== undefined && (isFollowed || (found.unit.role === "slice" && isNext(found.unit)));
    if (!isWhole) {
      close(at);
      at++;
      continue;
    }
    const { unit } = found;
    if (unit.role === "opens" ? begun?.first : unit.role === "slice" && unit.isFirst && begun?.first)
      close(at);
    begun ??= { from: at, first: undefined };
    if (unit.role === "slice") {
      // A part whose first part was lost shows nothing.
      if (unit.isFirst) {
        begun = { from: begun.from, first: unit };
        last = unit;
      }
    }
    at = end;
  }
  close(to);
  return pictures;

  function isNext(unit: NalUnit): boolean {
    if (!last || unit.isReset) return last === undefined ? unit.isKey : true;
    if (!Number.isNaN(codec.numberModulus)) {
      const steps = (unit.number - last.number + codec.numberModulus) % codec.numberModulus;
      return steps <= NUMBER_STEPS;
    }
    if (Number.isNaN(unit.order) || Number.isNaN(last.order)) return true;
    const steps = (unit.order - last.order + codec.orderModulus) % codec.orderModulus;
    return Math.min(steps, codec.orderModulus - steps) <= ORDER_STEPS;
  }
}

/**
 * The place of each picture in the order of presentation, counted from 0 (ITU-T H.264, 8.2.1.1: high bits are
 * carried from the last reference picture). Pictures without an order are shown as they are decoded.
 */
export function presentationRanks(pictures: readonly FoundPicture[], modulus: number): Uint32Array {
  let [group, high, before] = [0, 0, 0];
  const keys = pictures.map(({ isReset, isReference, order }, i) => {
    if (isReset) [group, high, before] = [group + 1, 0, 0];
    if (Number.isNaN(order)) return { i, group, full: i };
    let top = high;
    if (order < before && before - order >= modulus / 2) top = high + modulus;
    else if (order > before && order - before > modulus / 2) top = high - modulus;
    if (isReference) [high, before] = [top, order];
    return { i, group, full: top + order };
  });
  const ranks = new Uint32Array(pictures.length);
  const sorted = keys.sort((a, b) => a.group - b.group || a.full - b.full || a.i - b.i);
  for (const [rank, { i }] of sorted.entries()) ranks[i] = rank;
  return ranks;
}
