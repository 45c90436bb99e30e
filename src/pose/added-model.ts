import { z } from "zod";
import { KEYPOINT_NAMES, type KeypointName } from "./keypoint.ts";

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hexadecimal")
  .meta({ description: "SHA-256 of the file, lower-case hexadecimal; checked at every load" });
const fileName = z
  .string()
  .regex(/^(?!\.)[\w.+-]{1,120}$/, "must be the name of a file beside model.json, without folders");
const tensorName = z.string().min(1).max(200);
const number = z.number().finite();
const threeNumbers = z.tuple([number, number, number]);
const positive = number.positive();

const inputSchema = z.strictObject({
  tensor: tensorName.optional().meta({ description: "Name of the input; may be left out when there is one" }),
  width: z.int().min(16).max(2048).meta({ unit: "px", description: "Width of the picture shown" }),
  height: z.int().min(16).max(2048).meta({ unit: "px", description: "Height of the picture shown" }),
  layout: z.enum(["NCHW", "NHWC"]).meta({ description: "Order of the input's dimensions; N is 1" }),
  type: z.enum(["float32", "float16", "uint8"]).meta({ description: "Type of the input's numbers" }),
  channels: z.enum(["RGB", "BGR"]).meta({ description: "Order of the channels" }),
  scale: positive.optional().meta({ description: "What a byte (0-255) is multiplied by first; default 1" }),
  mean: threeNumbers
    .optional()
    .meta({ description: "Then taken away, in the order of the channels; default 0" }),
  std: z
    .tuple([positive, positive, positive])
    .optional()
    .meta({ description: "Then divided by, in the order of the channels; default 1" }),
  fit: z.enum(["letterbox", "surround", "stretch"]).meta({
    description:
      "How the square that is looked at fills an input that is none: with black bars, with what lies around it, or pulled",
  }),
  crop: z
    .discriminatedUnion("of", [
      z.strictObject({ of: z.literal("picture") }),
      z.strictObject({
        of: z.literal("person"),
        margin: z
          .number()
          .min(1)
          .max(4)
          .meta({ description: "Side of the square in longer sides of the keypoints' box, such as 1.25" }),
      }),
    ])
    .meta({ description: "Whether the model wants the whole picture or a square around the person" }),
});

const heatmapSchema = z.strictObject({
  head: z.literal("heatmap"),
  tensor: tensorName.meta({ description: "Output with a map for each keypoint" }),
  layout: z.enum(["NCHW", "NHWC"]).default("NCHW"),
  stride: positive.max(64).meta({ unit: "px of the input", description: "Distance between two cells" }),
  cells: z.enum(["origin", "center", "corners"]).meta({
    description:
      "What cell c stands for: pixel c x stride (HRNet), the middle of its own square, or first and last cell on first and last pixel (UDP)",
  }),
  refine: z.enum(["none", "quarter", "dark"]).meta({ description: "What follows the highest cell" }),
  blur: z
    .int()
    .min(1)
    .max(31)
    .refine((side) => side % 2 === 1, "must be odd")
    .default(11)
    .meta({ unit: "cells", description: "Side of the smoothing window of refine: dark; 1 = none" }),
  activation: z.enum(["none", "sigmoid"]).default("none"),
});

const simccSchema = z.strictObject({
  head: z.literal("simcc"),
  x: tensorName.meta({ description: "Output with the bins across for each keypoint" }),
  y: tensorName.meta({ description: "Output with the bins down for each keypoint" }),
  split: positive.max(16).meta({ unit: "bins per px of the input", description: "Split ratio, often 2" }),
  activation: z.enum(["none", "softmax"]).default("none"),
});

const regressionSchema = z.strictObject({
  head: z.literal("regression"),
  tensor: tensorName.meta({ description: "Output with some numbers for each keypoint, one person" }),
  values: z
    .array(z.enum(["x", "y", "score", "ignored"]))
    .min(2)
    .max(16)
    .refine((values) => values.filter((value) => value === "x").length === 1, 'must name "x" once')
    .refine((values) => values.filter((value) => value === "y").length === 1, 'must name "y" once')
    .refine(
      (values) => values.filter((value) => value === "score").length <= 1,
      'may name "score" once at most',
    )
    .meta({ description: "What the numbers of a keypoint are, in their order" }),
  coordinates: z.enum(["unit", "pixels"]).meta({ description: "0-1 of the input, or px of the input" }),
  scores: tensorName
    .optional()
    .meta({ description: "Output with one number for each keypoint, when scores stand apart" }),
  sigmoid: z.boolean().default(false).meta({ description: "Whether a score is a logit yet" }),
});

/** Without these nothing can be said of legs, nor how large the infant is: lengths are in trunk lengths. */
const NEEDED: readonly KeypointName[] = [
  ...(["leftShoulder", "rightShoulder", "leftHip", "rightHip"] as const),
  ...(["leftKnee", "rightKnee", "leftAnkle", "rightAnkle"] as const),
];
const LACKING =
  "is needed: Kickline looks at legs and measures in trunk lengths, so a model must give shoulders, hips, knees and ankles of both sides";
const position = (name: KeypointName) => {
  const place = z
    .int({ error: ({ input }) => (input === undefined ? LACKING : undefined) })
    .min(0)
    .max(999);
  return NEEDED.includes(name) ? place : place.optional();
};
const keypointsSchema = z
  .strictObject(
    Object.fromEntries(KEYPOINT_NAMES.map((name) => [name, position(name)])) as Record<
      KeypointName,
      z.ZodOptional<z.ZodInt>
    >,
  )
  .refine(
    (places) => new Set(Object.values(places)).size === Object.values(places).length,
    "must give each of the model's keypoints one name",
  )
  .meta({ description: "Position of each keypoint in the model's own order, from 0" });

/**
 * What a `model.json` of one's own holds: where a pose model comes from, what it is shown and how its answer is read;
 * see docs/models.md. Unknown keys are refused. The numbers it holds are in the units their fields name.
 */
export const addedModelSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "For editors" }),
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be lower-case words joined by hyphens")
      .meta({ description: "What options call it" }),
    version: z.string().min(1).max(100),
    licence: z.string().trim().min(1).max(20_000).meta({ description: "SPDX name, or the licence's text" }),
    source: z.strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ description: "Where it is published; never opened" }),
      citation: z.string().min(1).max(5000).optional(),
      note: z.string().min(1).max(5000).optional(),
    }),
    file: fileName.meta({ description: "The ONNX file, beside model.json" }),
    sha256,
    data: z
      .array(z.strictObject({ file: fileName, sha256 }))
      .max(16)
      .default([])
      .meta({ description: "Files beside it in which the ONNX file keeps its weights, if it does" }),
    input: inputSchema,
    output: z.discriminatedUnion("head", [heatmapSchema, simccSchema, regressionSchema]),
    keypoints: keypointsSchema,
    score: z
      .strictObject({ from: number, to: number })
      .refine(({ from, to }) => to > from, "`to` must lie above `from`")
      .default({ from: 0, to: 1 })
      .meta({ description: "Scores that become confidence 0 and 1; between them it is straight" }),
  })
  .refine(({ source }) => source.url !== undefined || source.citation !== undefined, {
    path: ["source"],
    message: "must say where the model comes from: `url`, `citation` or both",
  })
  .refine(
    ({ input: { type, scale, mean, std } }) => type !== "uint8" || (scale ?? mean ?? std) === undefined,
    {
      path: ["input"],
      message: "bytes (uint8) are shown as they are: scale, mean and std do not go with them",
    },
  )
  .refine(
    ({ file, data }) =>
      new Set([file, "model.json", ...data.map((one) => one.file)]).size === data.length + 2,
    {
      path: ["data"],
      message: "must name each file once",
    },
  );

/** See {@link addedModelSchema}. */
export type AddedModel = z.infer<typeof addedModelSchema>;
/** The three kinds of answers that are read. */
export type HeatmapOutput = Extract<AddedModel["output"], { head: "heatmap" }>;
export type SimccOutput = Extract<AddedModel["output"], { head: "simcc" }>;
export type RegressionOutput = Extract<AddedModel["output"], { head: "regression" }>;
