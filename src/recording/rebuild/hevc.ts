import { BitReader } from "./bits.ts";
import { besides, type NalCodec } from "./nal.ts";

const SPS = 33;
const PPS = 34;

interface PictureSet {
  readonly id: number;
  readonly hasDependentSlices: boolean;
  readonly hasOutputFlag: boolean;
  readonly extraBits: number;
}

/**
 * Reads an `hvcC` box (ISO/IEC 14496-15, 8.3.3.1): how H.265 lies in this camera's files.
 *
 * @returns undefined when it cannot be understood.
 */
export function readHevcConfiguration(box: Uint8Array): NalCodec | undefined {
  const sets: { readonly type: number; readonly unit: Uint8Array }[] = [];
  let at = 23;
  for (let arrays = box[22] ?? 0; arrays > 0; arrays--) {
    const type = box[at]! & 0x3f;
    const count = box[at + 1]! * 256 + box[at + 2]!;
    at += 3;
    for (let i = 0; i < count; i++) {
      const length = box[at]! * 256 + box[at + 1]!;
      sets.push({ type, unit: box.subarray(at + 2, at + 2 + length) });
      at += 2 + length;
    }
  }
  const sps = sets.find(({ type }) => type === SPS)?.unit;
  const sequence = sps && readSequence(sps);
  const pictures = new Map(
    sets
      .filter(({ type }) => type === PPS)
      .map(({ unit }) => [readPictureSet(unit).id, readPictureSet(unit)]),
  );
  if (!sequence || pictures.size === 0) return undefined;
  return {
    lengthBytes: (box[21]! & 3) + 1,
    orderModulus: 2 ** sequence.orderBits,
    numberModulus: NaN,
    read: (head) => readUnit(head, sequence, pictures),
  };
}

interface Sequence {
  readonly orderBits: number;
  readonly hasPlanes: boolean;
}

function readUnit(head: Uint8Array, sequence: Sequence, pictures: ReadonlyMap<number, PictureSet>) {
  const type = head[0]! >> 1;
  const [layer, temporal] = [(head[0]! & 1) * 32 + (head[1]! >> 3), head[1]! & 7];
  if (layer !== 0 || temporal === 0) return undefined;
  if ((type >= 32 && type <= 35) || type === 39) return besides("opens");
  if ((type >= 36 && type <= 38) || type === 40) return besides("follows");
  const isRandomAccess = type >= 16 && type <= 21;
  if (type > 9 && !isRandomAccess) return undefined;
  const bits = new BitReader(head.subarray(2));
  const isFirst = bits.flag();
  if (isRandomAccess) bits.flag();
  const set = pictures.get(bits.golomb());
  if (!set) return undefined;
  const isReset = type === 19 || type === 20;
  const isReference = type >= 16 || type % 2 === 1;
  const common = {
    role: "slice",
    isFirst,
    isKey: isRandomAccess,
    isReset,
    isReference,
    number: NaN,
  } as const;
  if (!isFirst) return { ...common, order: NaN };
  bits.bits(set.extraBits);
  if (!(bits.golomb() <= 2)) return undefined;
  if (set.hasOutputFlag) bits.flag();
  if (sequence.hasPlanes) bits.bits(2);
  const order = isReset ? 0 : bits.bits(sequence.orderBits);
  return Number.isNaN(order) ? undefined : { ...common, order };
}

function readSequence(unit: Uint8Array): Sequence | undefined {
  const bits = new BitReader(unit.subarray(2));
  bits.bits(4);
  const more = bits.bits(3);
  bits.flag();
  bits.bits(32);
  bits.bits(32);
  bits.bits(32);
  const layers = Array.from({ length: more }, () => [bits.flag(), bits.flag()] as const);
  if (more > 0) bits.bits(2 * (8 - more));
  for (const [hasProfile, hasLevel] of layers) {
    for (let i = 0; i < (hasProfile ? 11 : 0) + (hasLevel ? 1 : 0); i++) bits.bits(8);
  }
  bits.golomb();
  const hasPlanes = bits.golomb() === 3 && bits.flag();
  bits.golomb();
  bits.golomb();
  if (bits.flag()) for (let i = 0; i < 4; i++) bits.golomb();
  bits.golomb();
  bits.golomb();
  const orderBits = bits.golomb() + 4;
  return orderBits <= 16 ? { orderBits, hasPlanes } : undefined;
}

function readPictureSet(unit: Uint8Array): PictureSet {
  const bits = new BitReader(unit.subarray(2));
  const id = bits.golomb();
  bits.golomb();
  return {
    id,
    hasDependentSlices: bits.flag(),
    hasOutputFlag: bits.flag(),
    extraBits: bits.bits(3),
  };
}
