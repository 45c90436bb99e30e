import { BitReader } from "./bits.ts";
import { besides, type NalCodec } from "./nal.ts";

/** Profiles whose parameter sets tell the chroma format and scaling lists (ITU-T H.264, 7.3.2.1.1). */
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
const IDR = 5;
const MOST_SLICE_TYPE = 9;

interface Sequence {
  readonly numberBits: number;
  readonly orderBits: number;
  readonly isFramesOnly: boolean;
  readonly hasPlanes: boolean;
  readonly macroblocks: number;
}

/**
 * Reads an `avcC` box (ISO/IEC 14496-15, 5.3.3.1): how H.264 lies in this camera's files.
 *
 * @returns undefined when it cannot be understood.
 */
export function readAvcConfiguration(box: Uint8Array): NalCodec | undefined {
  let at = 5;
  const sets = (mask: number) => {
    const found: Uint8Array[] = [];
    for (let count = box[at++]! & mask; count > 0; count--) {
      const length = box[at]! * 256 + box[at + 1]!;
      found.push(box.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    return found;
  };
  const [sps] = sets(0x1f);
  const pictureSets = sets(0xff).map((set) => new BitReader(set.subarray(1)).golomb());
  const sequence = sps && readSequence(sps);
  if (!sequence || pictureSets.some(Number.isNaN)) return undefined;
  return {
    lengthBytes: (box[4]! & 3) + 1,
    orderModulus: 2 ** sequence.orderBits,
    numberModulus: 2 ** sequence.numberBits,
    read: (head) => readUnit(head, sequence, new Set(pictureSets)),
  };
}

function readUnit(head: Uint8Array, sequence: Sequence, pictureSets: ReadonlySet<number>) {
  const [type, reference] = [head[0]! & 0x1f, head[0]! >> 5];
  if (reference > 3) return undefined;
  if (type === 6 || type === 9) return reference === 0 ? besides("opens") : undefined;
  if (type === 7 || type === 8) return reference > 0 ? besides("opens") : undefined;
  if (type === 12) return reference === 0 ? besides("follows") : undefined;
  if ((type !== 1 && type !== IDR) || (type === IDR && reference === 0)) return undefined;
  const bits = new BitReader(head.subarray(1));
  const first = bits.golomb();
  const isKnown = first < sequence.macroblocks && bits.golomb() <= MOST_SLICE_TYPE;
  if (!isKnown || !pictureSets.has(bits.golomb())) return undefined;
  if (sequence.hasPlanes) bits.bits(2);
  const number = bits.bits(sequence.numberBits);
  const isField = !sequence.isFramesOnly && bits.flag();
  const isSecondField = isField && bits.flag();
  if (type === IDR) bits.golomb();
  const order = sequence.orderBits > 0 ? bits.bits(sequence.orderBits) : NaN;
  if (Number.isNaN(number) || (type === IDR && number !== 0)) return undefined;
  // Two fields are one picture; the bottom one comes second in what cameras write.
  const isFirst = first === 0 && !isSecondField;
  const isKey = type === IDR;
  return {
    role: "slice",
    isFirst,
    isKey,
    isReset: isKey,
    isReference: reference > 0,
    order,
    number,
  } as const;
}

function readSequence(unit: Uint8Array): Sequence | undefined {
  const bits = new BitReader(unit.subarray(4));
  bits.golomb();
  let hasPlanes = false;
  if (HIGH_PROFILES.has(unit[1]!)) {
    const chroma = bits.golomb();
    hasPlanes = chroma === 3 && bits.flag();
    bits.golomb();
    bits.golomb();
    bits.flag();
    if (bits.flag()) skipScalingLists(bits, chroma === 3 ? 12 : 8);
  }
  const numberBits = bits.golomb() + 4;
  const orderType = bits.golomb();
  const orderBits = orderType === 0 ? bits.golomb() + 4 : 0;
  if (orderType === 1) {
    bits.flag();
    bits.signedGolomb();
    bits.signedGolomb();
    for (let count = bits.golomb(); count > 0; count--) bits.signedGolomb();
  }
  bits.golomb();
  bits.flag();
  const [width, height] = [bits.golomb() + 1, bits.golomb() + 1];
  const isFramesOnly = bits.flag();
  const macroblocks = width * height * (isFramesOnly ? 1 : 2);
  const isSane = numberBits <= 16 && orderBits <= 16 && macroblocks < 2 ** 20;
  return isSane ? { numberBits, orderBits, isFramesOnly, hasPlanes, macroblocks } : undefined;
}

function skipScalingLists(bits: BitReader, count: number): void {
  for (let list = 0; list < count; list++) {
    if (!bits.flag()) continue;
    let [last, next] = [8, 8];
    for (let i = 0; i < (list < 6 ? 16 : 64); i++) {
      if (next !== 0) next = (last + bits.signedGolomb() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}
