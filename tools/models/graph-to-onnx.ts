import {
  type Attribute,
  FLOAT,
  FLOAT16,
  INT64,
  type OnnxModule,
  tensorInfo,
  toAttribute,
  UINT8,
} from "./onnx-parts.ts";
import {
  decodeText,
  type GraphNode,
  int32Values,
  integerOf,
  listOf,
  paddingOf,
  sortNodes,
  type TfjsGraph,
  type Weight,
} from "./tfjs-graph.ts";

const OPSET = 17;
const IR_VERSION = 8;

export interface ConversionRequest {
  readonly name: string;
  /** Side of the square input, px. */
  readonly size: number;
  /** Factor from bytes to what the graph's input wants (1 or 1/255). */
  readonly inputScale: number;
  /** Graph node and the name its value gets in the ONNX model. */
  readonly outputs: readonly {
    readonly node: string;
    readonly as: string;
    readonly shape: readonly number[];
  }[];
  /** Shape (NHWC) of the input of every node that resizes. */
  readonly resizeInputShapes: ReadonlyMap<string, readonly number[]>;
  readonly documentation: string;
}

/** Where a value lies: convolutions want channels first (nchw), everything else keeps TensorFlow's order. */
type Layout = "tf" | "nchw";

/**
 * Rewrites a TensorFlow graph in ONNX operations (opset 17). The input becomes `image`: uint8 [1, size, size, 3],
 * rows of RGB pixels, with cast and scale inside. Float weights stay the fp16 bytes of the source, in the
 * source's order, followed by a cast and a transpose that the runtime folds away when it loads.
 *
 * Knows only the operations that MoveNet and BlazePose use and throws on any other.
 */
export function convertGraph(graph: TfjsGraph, request: ConversionRequest, proto: OnnxModule): Uint8Array {
  const nodes: object[] = [];
  const initializers: object[] = [];
  const layouts = new Map<string, Layout>();
  const made = new Map<string, string>();

  const emit = (
    opType: string,
    input: readonly string[],
    output: string | readonly string[],
    attributes: Record<string, Attribute> = {},
  ): string => {
    const outputs = typeof output === "string" ? [output] : [...output];
    nodes.push({
      opType,
      name: outputs[0],
      input: [...input],
      output: outputs,
      attribute: Object.entries(attributes).map(toAttribute),
    });
    return outputs[0]!;
  };
  const ints = (
    name: string,
    values: readonly number[],
    dims: readonly number[] = [values.length],
  ): string => {
    if (!made.has(name)) {
      made.set(name, name);
      initializers.push({
        name,
        dataType: INT64,
        dims: [...dims],
        rawData: new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer),
      });
    }
    return name;
  };
  const floats = (name: string, values: readonly number[], dims: readonly number[]): string => {
    initializers.push({
      name,
      dataType: FLOAT,
      dims: [...dims],
      rawData: new Uint8Array(Float32Array.from(values).buffer),
    });
    return name;
  };
  /** The fp16 weight as float in the wanted order of axes. */
  const weight = (spec: Weight, perm?: readonly number[], dims: readonly number[] = spec.shape): string => {
    const key = `${spec.name}|${perm ?? ""}|${dims}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    initializers.push({ name: `${key}:fp16`, dataType: FLOAT16, dims: [...dims], rawData: spec.bytes });
    const cast = emit("Cast", [`${key}:fp16`], `${key}:fp32`, { to: FLOAT });
    const result = perm === undefined ? cast : emit("Transpose", [cast], key, { perm });
    made.set(key, result);
    return result;
  };
  const constant = (spec: Weight): string =>
    spec.dtype === "int32" ? ints(spec.name, int32Values(spec), spec.shape) : weight(spec);
  const value = (name: string): string => {
    const spec = graph.weights.get(name);
    return spec === undefined ? name : constant(spec);
  };
  /** The value in the wanted layout, with one transpose at most for each value. */
  const inLayout = (name: string, wanted: Layout): string => {
    const source = value(name);
    if ((layouts.get(name) ?? "tf") === wanted) return source;
    const key = `${name}|${wanted}`;
    if (!made.has(key))
      made.set(
        key,
        emit("Transpose", [source], key, { perm: wanted === "nchw" ? [0, 3, 1, 2] : [0, 2, 3, 1] }),
      );
    return made.get(key)!;
  };
  const intsOf = (name: string): number[] => int32Values(graph.weights.get(name)!);
  const scalarOf = (name: string): number => intsOf(name)[0]!;

  const binary = (op: string, node: GraphNode): void => {
    const [a, b] = node.input as readonly [string, string];
    const layout: Layout = layouts.get(a) === "nchw" && layouts.get(b) === "nchw" ? "nchw" : "tf";
    emit(op, [inLayout(a, layout), inLayout(b, layout)], node.name);
    layouts.set(node.name, layout);
  };
  const unary = (op: string, node: GraphNode, attributes: Record<string, Attribute> = {}): void => {
    const input = node.input![0]!;
    emit(op, [value(input)], node.name, attributes);
    layouts.set(node.name, layouts.get(input) ?? "tf");
  };
  const relu6 = (input: string, output: string): string => {
    for (const [name, limit] of [
      ["zero", 0],
      ["six", 6],
    ] as const)
      if (!made.has(name)) made.set(name, floats(name, [limit], []));
    return emit("Clip", [input, "zero", "six"], output);
  };
  const convolution = (node: GraphNode, depthwise: boolean): void => {
    const spec = graph.weights.get(node.input![1]!)!;
    const [height, width, channels, multiplier] = spec.shape as readonly [number, number, number, number];
    const kernel = depthwise
      ? weight(spec, [2, 3, 0, 1], [height, width, channels * multiplier, 1])
      : weight(spec, [3, 2, 0, 1]);
    const input = [inLayout(node.input![0]!, "nchw"), kernel];
    const fused = (node.attr?.["fused_ops"]?.list?.s ?? []).map(decodeText);
    if (fused[0] === "BiasAdd") input.push(weight(graph.weights.get(node.input![2]!)!));
    const activation = fused[1];
    const raw = activation === undefined ? node.name : `${node.name}:linear`;
    emit("Conv", input, raw, {
      kernel_shape: [height, width],
      strides: listOf(node, "strides").slice(1, 3),
      dilations: listOf(node, "dilations").slice(1, 3),
      auto_pad: paddingOf(node),
      group: depthwise ? channels : 1,
    });
    if (activation === "Relu6") relu6(raw, node.name);
    else if (activation === "Relu") emit("Relu", [raw], node.name);
    else if (activation !== undefined) throw new Error(`${node.name}: activation ${activation}`);
    layouts.set(node.name, "nchw");
  };

  for (const node of sortNodes(
    graph,
    request.outputs.map((output) => output.node),
  )) {
    const input = node.input ?? [];
    const tf = (i: number): string => inLayout(input[i]!, "tf");
    switch (node.op) {
      case "Const":
        break;
      case "Placeholder": {
        const cast = emit("Cast", ["image"], request.inputScale === 1 ? node.name : "image:float", {
          to: FLOAT,
        });
        if (request.inputScale !== 1)
          emit("Mul", [cast, floats("inputScale", [request.inputScale], [])], node.name);
        break;
      }
      case "Cast":
        unary("Cast", node, { to: node.attr?.["DstT"]?.type === "DT_FLOAT" ? FLOAT : INT64 });
        break;
      case "_FusedConv2D":
        convolution(node, false);
        break;
      case "FusedDepthwiseConv2dNative":
      case "DepthwiseConv2dNative":
        convolution(node, true);
        break;
      case "Add":
      case "AddV2":
        binary("Add", node);
        break;
      case "Sub":
        binary("Sub", node);
        break;
      case "Mul":
        binary("Mul", node);
        break;
      case "RealDiv":
      case "FloorDiv": // Only ever used on non-negative integers (positions in a heatmap).
        binary("Div", node);
        break;
      case "SquaredDifference":
        emit("Sub", [tf(0), tf(1)], `${node.name}:difference`);
        emit("Mul", [`${node.name}:difference`, `${node.name}:difference`], node.name);
        break;
      case "Relu6":
        relu6(value(input[0]!), node.name);
        layouts.set(node.name, layouts.get(input[0]!) ?? "tf");
        break;
      case "Sigmoid":
      case "Sqrt":
      case "Identity":
        unary(node.op, node);
        break;
      case "Pad": {
        const pairs = intsOf(input[1]!);
        const order =
          layouts.get(input[0]!) === "nchw"
            ? [0, 3, 1, 2]
            : pairs.filter((_, i) => i % 2 === 0).map((_, i) => i);
        const pads = [...order.map((axis) => pairs[axis * 2]!), ...order.map((axis) => pairs[axis * 2 + 1]!)];
        unary("Pad", { ...node, input: [input[0]!] });
        (nodes.at(-1) as { input: string[] }).input.push(ints(`${node.name}:pads`, pads));
        break;
      }
      case "MaxPool":
        emit("MaxPool", [inLayout(input[0]!, "nchw")], node.name, {
          kernel_shape: listOf(node, "ksize").slice(1, 3),
          strides: listOf(node, "strides").slice(1, 3),
          auto_pad: paddingOf(node),
        });
        layouts.set(node.name, "nchw");
        break;
      case "ResizeBilinear": {
        const [, height, width] = request.resizeInputShapes.get(node.name) as readonly number[];
        const [toHeight, toWidth] = intsOf(input[1]!);
        const scales = floats(`${node.name}:scales`, [1, 1, toHeight! / height!, toWidth! / width!], [4]);
        emit("Resize", [inLayout(input[0]!, "nchw"), "", scales], node.name, {
          mode: "linear",
          coordinate_transformation_mode: "half_pixel",
        });
        layouts.set(node.name, "nchw");
        break;
      }
      case "ExpandDims":
        emit("Unsqueeze", [tf(0), ints(`${node.name}:axes`, [scalarOf(input[1]!)])], node.name);
        break;
      case "Squeeze":
        emit("Squeeze", [tf(0), ints(`${node.name}:axes`, listOf(node, "squeeze_dims"))], node.name);
        break;
      case "Reshape":
        emit("Reshape", [tf(0), value(input[1]!)], node.name);
        break;
      case "ArgMax":
        emit("ArgMax", [tf(0)], node.name, { axis: scalarOf(input[1]!), keepdims: 0 });
        break;
      case "GatherNd":
        emit("GatherND", [tf(0), tf(1)], node.name);
        break;
      case "ConcatV2":
        emit(
          "Concat",
          input.slice(0, -1).map((_, i) => tf(i)),
          node.name,
          { axis: scalarOf(input.at(-1)!) },
        );
        break;
      case "Pack": {
        const axis = ints(`${node.name}:axes`, [integerOf(node, "axis")]);
        const parts = input.map((_, i) => emit("Unsqueeze", [tf(i), axis], `${node.name}:part${i}`));
        emit("Concat", parts, node.name, { axis: integerOf(node, "axis") });
        break;
      }
      case "Unpack": {
        const axis = integerOf(node, "axis");
        const names = Array.from({ length: integerOf(node, "num") }, (_, i) =>
          i === 0 ? node.name : `${node.name}:${i}`,
        );
        const parts = names.map((name) => `${name}:split`);
        emit("Split", [tf(0)], parts, { axis });
        for (const [i, name] of names.entries())
          emit("Squeeze", [parts[i]!, ints(`${node.name}:axes`, [axis])], name);
        break;
      }
      default:
        throw new Error(`${node.name}: operation ${node.op} is not known`);
    }
  }
  for (const output of request.outputs) emit("Identity", [inLayout(output.node, "tf")], output.as);

  const model = proto.onnx.ModelProto.create({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: "", version: OPSET }],
    producerName: "kickline tools/models",
    docString: request.documentation,
    graph: {
      name: request.name,
      node: nodes,
      initializer: initializers,
      input: [tensorInfo("image", UINT8, [1, request.size, request.size, 3])],
      output: request.outputs.map((output) => tensorInfo(output.as, FLOAT, output.shape)),
    },
  });
  return proto.onnx.ModelProto.encode(model).finish();
}
