/** What a codec's NAL unit is, as far as finding pictures takes. */
export interface NalUnit {
  /** Part of a picture; opens the next one (headers, delimiters); or belongs to the one before. */
  readonly role: "slice" | "opens" | "follows";
  /** The first part of its picture. */
  readonly isFirst: boolean;
  readonly isKey: boolean;
  /** The order of presentation counts anew from this picture. */
  readonly isReset: boolean;
  readonly isReference: boolean;
  /** Low bits of the picture's place in the order of presentation; NaN when that is the order of decoding. */
  readonly order: number;
  /** The picture's number among its kind, to be followed by itself or the next; NaN when the codec has none. */
  readonly number: number;
}

/** How one camera's stream is coded: enough to tell its NAL units from anything else. */
export interface NalCodec {
  /** Bytes of the length before each unit. */
  readonly lengthBytes: number;
  /** `order` counts modulo this. */
  readonly orderModulus: number;
  /** `number` counts modulo this. */
  readonly numberModulus: number;
  /** Reads a unit's first bytes; undefined when they are none of this stream's. */
  read(head: Uint8Array): NalUnit | undefined;
}

/** A unit that is no part of a picture. */
export function besides(role: "opens" | "follows"): NalUnit {
  const no = { isFirst: false, isKey: false, isReset: false, isReference: false };
  return { role, ...no, order: NaN, number: NaN };
}
