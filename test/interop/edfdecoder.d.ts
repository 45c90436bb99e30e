/** The package has no types of its own; what the tests use of it. */
declare module "edfdecoder" {
  interface Edf {
    getNumberOfSignals(): number;
    getNumberOfRecords(): number;
    getRecordDuration(): number;
    getSignalLabel(index: number): string;
    getRecordingStartDate(): Date;
    getRawSignal(index: number, record: number): Int16Array;
  }
  class EdfDecoder {
    setInput(buffer: ArrayBuffer): void;
    decode(): void;
    getOutput(): Edf;
  }
  const edfdecoder: { readonly EdfDecoder: typeof EdfDecoder };
  export = edfdecoder;
}
