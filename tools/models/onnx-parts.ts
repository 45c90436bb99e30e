/** TensorProto.DataType of the ONNX standard. */
export const FLOAT = 1;
export const UINT8 = 2;
export const INT64 = 7;
export const FLOAT16 = 10;

/** The four fields of onnx-proto we use; the package brings no better types for plain objects. */
export interface OnnxModule {
  readonly onnx: {
    readonly ModelProto: { create(fields: object): object; encode(model: object): { finish(): Uint8Array } };
  };
}

/** Value of an ONNX attribute. */
export type Attribute = number | string | readonly number[];

/** ValueInfoProto of a tensor. */
export function tensorInfo(name: string, elemType: number, dims: readonly number[]): object {
  return { name, type: { tensorType: { elemType, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } } };
}

/** AttributeProto: 2 = INT, 3 = STRING, 7 = INTS. */
export function toAttribute([name, given]: [string, Attribute]): object {
  if (typeof given === "number") return { name, type: 2, i: given };
  if (typeof given === "string") return { name, type: 3, s: new TextEncoder().encode(given) };
  return { name, type: 7, ints: [...given] };
}
