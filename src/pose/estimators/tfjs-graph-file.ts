/** A weight of a graph: integers stand in the file, floats are fp16 bytes at `offset` of the model's ONNX file. */
export type TfjsGraphWeight =
  | {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: "int32";
      readonly values: readonly number[];
    }
  | {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: "float16";
      readonly offset: number;
    };

/**
 * Content of `graph.tfjs.json`: a TensorFlow.js graph model that borrows its weights from the ONNX file beside it,
 * so that both runtimes run the very same numbers and the repository holds them once.
 */
export interface TfjsGraphFile {
  readonly format: string;
  readonly generatedBy: string;
  readonly convertedBy: string;
  readonly signature: object;
  readonly modelTopology: object;
  readonly weights: readonly TfjsGraphWeight[];
}
