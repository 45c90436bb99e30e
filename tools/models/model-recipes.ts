import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";

/** What has to be known of a model to convert it; the rest is in its graph. */
export interface ModelRecipe {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly notice: string;
  readonly size: number;
  readonly inputScale: number;
  readonly head: "movenet" | "blazepose";
  readonly withTfjs: boolean;
  /** `tolerance`: largest allowed difference to TensorFlow.js, in the unit of the output. */
  readonly outputs: readonly {
    readonly node: string;
    readonly as: string;
    readonly shape: readonly number[];
    readonly tolerance: number;
  }[];
  readonly keypoints: readonly string[];
  readonly coco: readonly number[];
  readonly confidence: { readonly tellsErrors: boolean; readonly note: string };
  readonly limits: readonly string[];
}

const GOOGLE = "Copyright Google LLC, Apache License 2.0.";

function movenet(kind: "lightning" | "thunder", size: number): ModelRecipe {
  return {
    name: `movenet-${kind}`,
    version: "4",
    url: `https://tfhub.dev/google/movenet/singlepose/${kind}/4`,
    notice: GOOGLE,
    size,
    inputScale: 1,
    head: "movenet",
    withTfjs: true,
    outputs: [{ node: "Identity", as: "keypoints", shape: [1, 1, 17, 3], tolerance: 1e-4 }],
    keypoints: KEYPOINT_NAMES,
    coco: KEYPOINT_NAMES.map((_, i) => i),
    confidence: {
      tellsErrors: true,
      note: "The mean falls when the pose is wrong (about 0.5 upright, 0.3 upside down).",
    },
    limits: [
      "Trained on adults and older children; infants were not among the published training data.",
      "Needs a square crop with the trunk upright within about 45 degrees.",
      "One person per crop; with two people it may mix them.",
      "Keypoints of a still limb scatter by 1-4 % of its length: not fit to measure fine movement.",
    ],
  };
}

/** BlazePose's published keypoints. The model has six more, which describe regions and are not used. */
const BLAZEPOSE_KEYPOINTS = [
  "nose",
  "leftEyeInner",
  "leftEye",
  "leftEyeOuter",
  "rightEyeInner",
  "rightEye",
  "rightEyeOuter",
  "leftEar",
  "rightEar",
  "mouthLeft",
  "mouthRight",
  "leftShoulder",
  "rightShoulder",
  "leftElbow",
  "rightElbow",
  "leftWrist",
  "rightWrist",
  "leftPinky",
  "rightPinky",
  "leftIndex",
  "rightIndex",
  "leftThumb",
  "rightThumb",
  "leftHip",
  "rightHip",
  "leftKnee",
  "rightKnee",
  "leftAnkle",
  "rightAnkle",
  "leftHeel",
  "rightHeel",
  "leftFootIndex",
  "rightFootIndex",
] as const;

export const MODEL_RECIPES: readonly ModelRecipe[] = [
  movenet("lightning", 192),
  movenet("thunder", 256),
  {
    name: "blazepose-heavy",
    version: "human-models-3.0.4",
    url: "https://github.com/google/mediapipe/tree/master/mediapipe/modules/pose_detection",
    notice: `${GOOGLE} Segmentation and world outputs were removed.`,
    size: 256,
    inputScale: 1 / 255,
    head: "blazepose",
    withTfjs: false,
    outputs: [
      // px of 256 (and logits): 120 layers of rounding on pictures that show nobody.
      { node: "Identity_2", as: "landmarks", shape: [1, 195], tolerance: 0.05 },
      { node: "Identity", as: "heatmap", shape: [1, 64, 64, 39], tolerance: 1e-3 },
      { node: "Identity_3", as: "presence", shape: [1, 1], tolerance: 1e-3 },
    ],
    keypoints: BLAZEPOSE_KEYPOINTS,
    coco: [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28],
    confidence: {
      tellsErrors: false,
      note: "Visibility stays near 0.8 when the pose is wrong: never gate by it.",
    },
    limits: [
      "Needs a region around the body and its angle within about 20 degrees, from another model.",
      "Trained on adults; infants were not among the published training data.",
      "Keypoints of a still limb scatter by 1-4 % of its length: not fit to measure fine movement.",
    ],
  },
];
