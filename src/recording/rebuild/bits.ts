/** Reads the bits of a NAL unit's payload, most significant first, with the escapes against start codes removed. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** @param bytes after the NAL unit's own header. */
  constructor(bytes: Uint8Array) {
    this.#bytes = withoutEscapes(bytes);
  }

  /** An unsigned number of so many bits (up to 32); NaN beyond the end. */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) return NaN;
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
      this.#at++;
    }
    return value;
  }

  /** A flag. */
  flag(): boolean {
    return this.bits(1) === 1;
  }

  /** An unsigned Exp-Golomb number (ITU-T H.264, 9.1); NaN beyond the end. */
  golomb(): number {
    let zeros = 0;
    for (let bit = this.bits(1); bit !== 1; bit = this.bits(1)) {
      if (Number.isNaN(bit) || ++zeros > 31) return NaN;
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** A signed Exp-Golomb number. */
  signedGolomb(): number {
    const code = this.golomb();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

function withoutEscapes(bytes: Uint8Array): Uint8Array {
  const plain: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    const isEscape = zeros >= 2 && byte === 3;
    zeros = byte === 0 ? zeros + 1 : 0;
    if (!isEscape) plain.push(byte);
  }
  return Uint8Array.from(plain);
}
