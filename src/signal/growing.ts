/** Columns of numbers that grow row by row without a garbage object per row. */
export class GrowingColumns<Name extends string> {
  readonly #names: readonly Name[];
  #columns: Float64Array[];
  #length = 0;

  constructor(names: readonly Name[], capacity = 1024) {
    this.#names = names;
    this.#columns = names.map(() => new Float64Array(capacity));
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a row: one value for each column, in the order of the names. */
  add(...row: readonly number[]): void {
    if (this.#length === this.#columns[0]!.length) {
      this.#columns = this.#columns.map((column) => {
        const grown = new Float64Array(2 * column.length);
        grown.set(column);
        return grown;
      });
    }
    for (let k = 0; k < this.#columns.length; k++) this.#columns[k]![this.#length] = row[k]!;
    this.#length++;
  }

  /** A column so far, as a copy. */
  read(name: Name): Float64Array {
    return this.#columns[this.#names.indexOf(name)]!.slice(0, this.#length);
  }
}
