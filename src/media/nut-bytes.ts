/** The stream ended where more had to come. */
export class StreamEnd extends Error {}

/** A growing window over chunks of bytes, with the integer codings NUT uses. */
export class NutBytes {
  position = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #buffer: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#chunks.return?.();
  }

  /** Makes at least `count` bytes readable; false when the stream ends first. */
  async fill(count: number): Promise<boolean> {
    while (this.#buffer.length - this.position < count && !this.#ended) {
      const next = await this.#chunks.next();
      if (next.done) this.#ended = true;
      else if (this.position === this.#buffer.length) {
        this.#buffer = next.value;
        this.position = 0;
      } else {
        const rest = this.#buffer.length - this.position;
        const joined = new Uint8Array(rest + next.value.length);
        joined.set(this.#buffer.subarray(this.position));
        joined.set(next.value, rest);
        this.#buffer = joined;
        this.position = 0;
      }
    }
    return this.#buffer.length - this.position >= count;
  }

  /** Copies the next `target.length` bytes; false when the stream ends first. */
  async copy(target: Uint8Array): Promise<boolean> {
    let written = 0;
    while (written < target.length) {
      if (this.position === this.#buffer.length && !(await this.fill(1))) return false;
      const count = Math.min(target.length - written, this.#buffer.length - this.position);
      target.set(this.#buffer.subarray(this.position, this.position + count), written);
      written += count;
      this.position += count;
    }
    return true;
  }

  peek(): number {
    return this.#at(this.position);
  }

  uint8(): number {
    return this.#at(this.position++);
  }

  uint16(): number {
    return this.uint8() * 256 + this.uint8();
  }

  /** A copy of the next `count` bytes, which must be there. */
  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.uint8());
  }

  skip(count: number): void {
    this.position += count;
  }

  /** NUT "v": seven bits a byte, most significant first, top bit = more follows. */
  variable(): number {
    let value = 0;
    for (;;) {
      const byte = this.uint8();
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  }

  /** NUT "s": signed, coded as v. */
  signed(): number {
    const value = this.variable() + 1;
    return value % 2 === 1 ? -Math.floor(value / 2) : value / 2;
  }

  #at(position: number): number {
    const byte = this.#buffer[position];
    if (byte === undefined) throw new StreamEnd("the NUT stream ended inside a header");
    return byte;
  }
}
