import { readFileSync } from "node:fs";

/** One operation of a TensorFlow graph, as a tfjs `model.json` holds it. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, GraphAttribute>>;
}

export interface GraphAttribute {
  readonly s?: string;
  readonly i?: string;
  readonly type?: string;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
}

/** One entry of the weights manifest. `quantization` says how the float is stored. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string };
}

/** The stored bytes of one weight: fp16 for floats, int32 for integers. */
export interface Weight extends WeightSpec {
  readonly bytes: Uint8Array;
}

/** A tfjs graph model read from its two files. */
export interface TfjsGraph {
  readonly format: string;
  readonly generatedBy: string;
  readonly convertedBy: string;
  readonly signature: {
    readonly inputs: Readonly<Record<string, { readonly name: string }>>;
    readonly outputs: Readonly<Record<string, { readonly name: string }>>;
  };
  readonly modelTopology: { readonly node: readonly GraphNode[] };
  readonly weights: ReadonlyMap<string, Weight>;
}

interface ModelFile extends Omit<TfjsGraph, "weights"> {
  readonly weightsManifest: readonly { readonly weights: readonly WeightSpec[] }[];
}

/**
 * Reads `<base>.json` and `<base>.bin`. Throws when a weight is stored in a way other than fp16 or int32,
 * or when the bytes do not add up.
 */
export function readTfjsGraph(base: string): TfjsGraph {
  const file = JSON.parse(readFileSync(`${base}.json`, "utf8")) as ModelFile;
  const bin = readFileSync(`${base}.bin`);
  const weights = new Map<string, Weight>();
  let at = 0;
  for (const spec of file.weightsManifest.flatMap((group) => group.weights)) {
    const stored = spec.quantization?.dtype ?? spec.dtype;
    if (stored !== "float16" && stored !== "int32") throw new Error(`${spec.name}: stored as ${stored}`);
    const length = spec.shape.reduce((a, b) => a * b, 1) * (stored === "float16" ? 2 : 4);
    weights.set(spec.name, { ...spec, bytes: new Uint8Array(bin.subarray(at, at + length)) });
    at += length;
  }
  if (at !== bin.length) throw new Error(`${base}.bin: ${bin.length} bytes, the manifest wants ${at}`);
  const { weightsManifest: _, modelTopology, ...rest } = file;
  // "^name" only orders execution; the operations we know have no side effects to order.
  const node = modelTopology.node.map((each) =>
    each.input === undefined
      ? each
      : { ...each, input: each.input.filter((input) => !input.startsWith("^")) },
  );
  return { ...rest, modelTopology: { node }, weights };
}

/** Values of an int32 weight. */
export function int32Values(weight: Weight): number[] {
  const view = new DataView(weight.bytes.buffer, weight.bytes.byteOffset, weight.bytes.byteLength);
  return Array.from({ length: weight.bytes.byteLength / 4 }, (_, i) => view.getInt32(i * 4, true));
}

/** The nodes that the named outputs need, in an order in which every node comes after its inputs. */
export function sortNodes(graph: TfjsGraph, outputs: readonly string[]): GraphNode[] {
  const byName = new Map(graph.modelTopology.node.map((node) => [node.name, node]));
  const sorted: GraphNode[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const node = byName.get(name);
    if (node === undefined) throw new Error(`the graph has no node ${name}`);
    for (const input of node.input ?? []) visit(input.split(":")[0]!);
    sorted.push(node);
  };
  for (const output of outputs) visit(output);
  return sorted;
}

/** Text of a base64 attribute. */
export function decodeText(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

/** Whole numbers of a list attribute; empty when absent. */
export function listOf(node: GraphNode, attribute: string): number[] {
  return (node.attr?.[attribute]?.list?.i ?? []).map(Number);
}

/** Whole number of an attribute; 0 when absent. */
export function integerOf(node: GraphNode, attribute: string): number {
  return Number(node.attr?.[attribute]?.i ?? 0);
}

/** Padding of a convolution or pooling in ONNX's words. */
export function paddingOf(node: GraphNode): string {
  const kind = decodeText(node.attr?.["padding"]?.s ?? "");
  if (kind === "SAME") return "SAME_UPPER";
  if (kind === "VALID") return "VALID";
  throw new Error(`${node.name}: padding ${kind}`);
}
