import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** TensorProto.DataType of the ONNX standard. */
export const ONNX_TYPE = { float32: 1, uint8: 2, int64: 7, float16: 10, float64: 11 } as const;
export type OnnxType = keyof typeof ONNX_TYPE;

export interface OnnxTensorInfo {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly (number | string)[];
}

export interface OnnxConstant {
  readonly name: string;
  readonly type: "float32" | "int64";
  readonly shape: readonly number[];
  readonly values: readonly number[];
  /** Name of a file in which the values are said to lie. */
  readonly place?: string;
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxModel {
  readonly inputs: readonly OnnxTensorInfo[];
  readonly outputs: readonly OnnxTensorInfo[];
  readonly constants: readonly OnnxConstant[];
  readonly nodes: readonly OnnxNode[];
}

const OPSET = 17;
const IR_VERSION = 8;
type Fill = (writer: BinaryWriter) => void;

/** The bytes of an ONNX file; numbers of fields as in onnx.proto of the ONNX standard. */
export function writeOnnx({ inputs, outputs, constants, nodes }: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(IR_VERSION);
  message(writer, 7, (graph) => {
    for (const node of nodes) message(graph, 1, (inner) => writeNode(inner, node));
    text(graph, 2, "graph");
    for (const constant of constants) message(graph, 5, (inner) => writeConstant(inner, constant));
    for (const info of inputs) message(graph, 11, (inner) => writeInfo(inner, info));
    for (const info of outputs) message(graph, 12, (inner) => writeInfo(inner, info));
  });
  const domains = new Set(["", ...nodes.map(({ domain = "" }) => domain)]);
  for (const domain of domains) {
    message(writer, 8, (opset) => {
      text(opset, 1, domain);
      opset.tag(2, WireType.Varint).int64(domain === "" ? OPSET : 1);
    });
  }
  return writer.finish();
}

function writeNode(writer: BinaryWriter, { op, inputs, outputs, domain, attributes = {} }: OnnxNode): void {
  for (const name of inputs) text(writer, 1, name);
  for (const name of outputs) text(writer, 2, name);
  text(writer, 4, op);
  for (const [name, value] of Object.entries(attributes)) {
    message(writer, 5, (attribute) => {
      text(attribute, 1, name);
      const many = typeof value !== "number";
      for (const one of many ? value : [value]) attribute.tag(many ? 8 : 3, WireType.Varint).int64(one);
      attribute.tag(20, WireType.Varint).int32(many ? 7 : 2);
    });
  }
  if (domain !== undefined) text(writer, 7, domain);
}

function writeConstant(writer: BinaryWriter, { name, type, shape, values, place }: OnnxConstant): void {
  for (const size of shape) writer.tag(1, WireType.Varint).int64(size);
  writer.tag(2, WireType.Varint).int32(ONNX_TYPE[type]);
  text(writer, 8, name);
  if (place !== undefined) {
    message(writer, 13, (entry) => {
      text(entry, 1, "location");
      text(entry, 2, place);
    });
    writer.tag(14, WireType.Varint).int32(1);
    return;
  }
  writer.tag(9, WireType.LengthDelimited).bytes(rawBytes(type, values));
}

/** Values as they lie in the file, or in one beside it. */
export function rawBytes(type: OnnxConstant["type"], values: readonly number[]): Uint8Array {
  const array = type === "float32" ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  return new Uint8Array(array.buffer);
}

function writeInfo(writer: BinaryWriter, { name, type, shape }: OnnxTensorInfo): void {
  text(writer, 1, name);
  message(writer, 2, (value) =>
    message(value, 1, (tensor) => {
      tensor.tag(1, WireType.Varint).int32(ONNX_TYPE[type]);
      message(tensor, 2, (dimensions) => {
        for (const size of shape) {
          message(dimensions, 1, (dimension) => {
            if (typeof size === "number") dimension.tag(1, WireType.Varint).int64(size);
            else text(dimension, 2, size);
          });
        }
      });
    }),
  );
}

function message(writer: BinaryWriter, field: number, fill: Fill): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  fill(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}
