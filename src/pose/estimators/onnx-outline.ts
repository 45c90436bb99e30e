import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** What an ONNX file says of itself that matters before it is opened. */
export interface OnnxOutline {
  /** Operators of other than the standard's own sets, as "domain::name", that the file does not define itself. */
  readonly foreignOperators: readonly string[];
  /** Places outside of the file at which it keeps weights, as it writes them. */
  readonly externalPlaces: readonly string[];
}

/** Sets of operators that ONNX Runtime brings along. */
const KNOWN_DOMAINS = ["", "ai.onnx", "ai.onnx.ml", "com.microsoft"];
/** Graphs within graphs; a real model has two or three levels. */
const DEEPEST = 40;

/** Fields of onnx.proto that are looked into: message, number of the field, message within. */
const NESTED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: "graph", 20: "training", 25: "function" },
  training: { 1: "graph", 2: "graph" },
  graph: { 1: "node", 5: "tensor", 15: "sparse" },
  function: { 7: "node", 11: "attribute" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse" },
  sparse: { 1: "tensor", 2: "tensor" },
  tensor: { 13: "entry" },
  entry: {},
};
/** Fields that are texts: message, number of the field, what it is. */
const TEXTS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  node: { 4: "operator", 7: "domain" },
  function: { 1: "operator", 10: "domain" },
  entry: { 1: "key", 2: "value" },
};

/**
 * Reads which operators an ONNX file uses and where it keeps its weights, without its weights.
 *
 * *Source:* onnx.proto of the ONNX standard, IR version 10 (numbers of the fields). Fields that are not known are
 * passed over.
 *
 * @throws Error (any) when the bytes are no ONNX model or are cut short.
 */
export function readOnnxOutline(bytes: Uint8Array): OnnxOutline {
  const used = new Set<string>();
  const defined = new Set<string>();
  const places = new Set<string>();
  let graphs = 0;

  const visit = (message: string, content: Uint8Array, depth: number): void => {
    if (depth > DEEPEST) throw new Error("graphs lie too deep within each other");
    const reader = new BinaryReader(content);
    const texts: Record<string, string> = {};
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      const nested = NESTED[message]?.[field];
      const text = TEXTS[message]?.[field];
      if (type === WireType.LengthDelimited && nested !== undefined) visit(nested, reader.bytes(), depth + 1);
      else if (type === WireType.LengthDelimited && text !== undefined) texts[text] = reader.string();
      else reader.skip(type, field);
    }
    if (message === "graph") graphs++;
    const { operator = "", domain = "", key, value = "" } = texts;
    if (message === "node" && !KNOWN_DOMAINS.includes(domain)) used.add(`${domain}::${operator}`);
    if (message === "function") defined.add(`${domain}::${operator}`);
    if (key === "location") places.add(value);
  };
  visit("model", bytes, 0);
  if (graphs === 0) throw new Error("it holds no graph");
  return {
    foreignOperators: [...used].filter((name) => !defined.has(name)),
    externalPlaces: [...places],
  };
}
