import { z } from "zod";
import { KEYPOINT_NAMES } from "./keypoint.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hexadecimal");

/** A file of the model, beside its `model.json`. */
const modelFile = z.object({
  path: z.string().regex(/^[\w.-]+$/, "must be a file name"),
  bytes: z.int().positive(),
  sha256,
});

/**
 * What `models/<name>/model.json` holds: where a model comes from, what it eats and what its answer means.
 * Files are read only when their SHA-256 is the one written here.
 */
export const modelManifestSchema = z.object({
  name: z.string().regex(/^[a-z0-9-]+$/, "must be lower-case words joined by hyphens"),
  version: z.string().min(1),
  source: z.object({
    /** Where the authors publish it. */
    url: z.url(),
    /** The package and file the weights were taken from. */
    package: z.string(),
    file: z.string(),
    sha256,
  }),
  /** SPDX name. */
  licence: z.string(),
  files: z.object({
    onnx: modelFile,
    /** The same graph for TensorFlow.js; its weights are read out of the ONNX file. */
    tfjs: modelFile.optional(),
  }),
  input: z.object({
    width: z.int().positive(),
    height: z.int().positive(),
    layout: z.literal("nhwc"),
    type: z.literal("uint8"),
    colour: z.literal("rgb"),
    range: z.tuple([z.literal(0), z.literal(255)]),
  }),
  output: z.object({
    /** How the answer is decoded; see `estimators/decode-movenet.ts` and `decode-blazepose.ts`. */
    head: z.enum(["movenet", "blazepose"]),
    tensors: z.record(z.string(), z.array(z.int().positive())),
  }),
  /** The model's own keypoints, in its order. */
  keypoints: z.array(z.string()),
  /** For each COCO keypoint, in COCO order, its position in `keypoints`. */
  coco: z.array(z.int().nonnegative()).length(KEYPOINT_NAMES.length),
  confidence: z.object({
    /** Whether a low confidence tells that the pose is wrong. */
    tellsErrors: z.boolean(),
    note: z.string(),
  }),
  limits: z.array(z.string()),
});

/** See {@link modelManifestSchema}. */
export type ModelManifest = z.infer<typeof modelManifestSchema>;
