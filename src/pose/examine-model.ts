import type { Picture } from "../frames/frame.ts";
import { regionAround } from "./body-region.ts";
import { pointInCrop, wholePicture } from "./crop.ts";
import { createAddedEstimator, expectationsOf } from "./estimators/added-estimator.ts";
import type { VerifiedAddedModel } from "./estimators/added-model-files.ts";
import type { ModelOutputs, ModelSession } from "./estimators/model-session.ts";
import { type ReferencePicture, readReferencePicture } from "./estimators/reference-picture.ts";
import { openSessionPool } from "./estimators/session-pool.ts";
import { identityOf } from "./find-model.ts";
import type { Keypoint, KeypointName } from "./keypoint.ts";
import { ModelError } from "./model-error.ts";
import type { BodyRegion, ModelIdentity, PoseEstimator } from "./pose-estimator.ts";
import { createPoseFollower, POSE_FOLLOWER_DEFAULTS } from "./pose-follower.ts";
import { computeTrunk } from "./trunk.ts";

/** What a check of a model found. It is fit to be used; warnings say what to look at. */
export interface ModelCheck {
  readonly model: ModelIdentity;
  readonly licence: string;
  /** Each keypoint of the model on a rendered picture of an infant that comes with this package. */
  readonly keypoints: readonly CheckedKeypoint[];
  readonly warnings: readonly string[];
}

/** A keypoint on the rendered picture. */
export interface CheckedKeypoint {
  readonly name: KeypointName;
  readonly confidence: number;
  /** Distance from where it truly is, trunk lengths; NaN when no infant was found. */
  readonly off: number;
  readonly isFound: boolean;
}

/** A keypoint counts as found within this distance, trunk lengths, */
const FOUND_WITHIN = 0.25;
/** and from this confidence: below it an analysis does not use a keypoint. */
const FOUND_FROM = 0.2;
/** The mirrored picture may give keypoints this far from the mirrored ones, shares of the square. */
const MIRROR_TOLERANCE = 0.05;
/** Sides of the square that a keypoint may lie outside of it. */
const ASTRAY_BEYOND = 0.5;

/**
 * Opens a model and looks at its answers; see `checkModel`. A hostile model can take all time and memory there is, so
 * this runs in a process of its own.
 *
 * @throws ModelError naming what does not fit.
 */
export async function examineModel(found: VerifiedAddedModel): Promise<ModelCheck> {
  const { model, onnx } = found;
  // In a thread, so that the process can be told to end while the model is at work.
  const session = await openSessionPool({ runtime: "onnx", files: { onnx }, ...expectationsOf(model) }, 1);
  const watch = watchSession(session, onnx);
  const estimator = createAddedEstimator(found, "onnx", watch.session);
  try {
    const reference = await readReferencePicture();
    const { picture } = reference;
    const whole = wholePicture(picture);
    checkPlaces(await estimator.estimate(picture, whole), whole, estimator, onnx);
    const pose = await createPoseFollower(estimator).next(picture, 0);
    const region = regionOf(pose?.keypoints, picture, estimator);
    const keypoints = await estimator.estimate(picture, region);
    const first = watch.last();
    await estimator.estimate(picture, region);
    if (!isSame(first, watch.last()))
      throw new ModelError("model-unsteady", `${onnx} answers the same picture differently when asked again`);
    checkPlaces(keypoints, region, estimator, onnx);
    const checked = judge(pose?.keypoints, reference, estimator);
    const mirror = await compareMirrored(estimator, picture, region, keypoints);
    return {
      model: identityOf({ origin: "added", found }),
      licence: model.licence,
      keypoints: checked,
      warnings: [...warnOfKeypoints(checked), ...mirror, ...warnOfScores(found)],
    };
  } finally {
    await estimator.close();
  }
}

/** A session whose answers are looked at as they pass. */
function watchSession(session: ModelSession, path: string) {
  let last: ModelOutputs = {};
  const watched: ModelSession = {
    async run(input) {
      last = await session.run(input);
      for (const [name, values] of Object.entries(last))
        if (!values.every(Number.isFinite))
          throw new ModelError(
            "model-not-finite",
            `${path}: its output ${name} holds numbers that are not finite`,
          );
      return last;
    },
    close: () => session.close(),
  };
  return { session: watched, last: () => last };
}

function isSame(a: ModelOutputs, b: ModelOutputs): boolean {
  return Object.entries(a).every(([name, values]) => values.every((value, i) => value === b[name]?.[i]));
}

function regionOf(
  keypoints: readonly Keypoint[] | undefined,
  picture: Picture,
  { margin = POSE_FOLLOWER_DEFAULTS.margin }: PoseEstimator,
): BodyRegion {
  const { boxConfidence } = POSE_FOLLOWER_DEFAULTS;
  return (keypoints && regionAround(keypoints, margin, boxConfidence)) ?? wholePicture(picture);
}

function checkPlaces(
  keypoints: readonly Keypoint[],
  region: BodyRegion,
  { lacks = [] }: PoseEstimator,
  path: string,
): void {
  const known = keypoints.filter(({ name }) => !lacks.includes(name));
  const sure = known.filter(({ confidence }) => confidence >= FOUND_FROM);
  const isAstray = (keypoint: Keypoint) => {
    const { x, y } = pointInCrop(region, keypoint);
    return Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) > 0.5 + ASTRAY_BEYOND;
  };
  const astray = (sure.length > 0 ? sure : known).filter(isAstray).map(({ name }) => name);
  if (astray.length === 0) return;
  throw new ModelError(
    "model-astray",
    `${path} places ${astray.join(", ")} far outside of what it was shown: are coordinates, their order and unit as model.json says?`,
  );
}

function judge(
  keypoints: readonly Keypoint[] | undefined,
  { joints }: ReferencePicture,
  { lacks = [] }: PoseEstimator,
): CheckedKeypoint[] {
  if (!keypoints) return [];
  const trunk = computeTrunk(keypoints.map((keypoint, k) => ({ ...keypoint, ...joints[k]! }))).length;
  return keypoints.flatMap(({ name, x, y, confidence }, k) => {
    if (lacks.includes(name)) return [];
    const off = Math.hypot(x - joints[k]!.x, y - joints[k]!.y) / trunk;
    return [{ name, confidence, off, isFound: off <= FOUND_WITHIN && confidence >= FOUND_FROM }];
  });
}

async function compareMirrored(
  estimator: PoseEstimator,
  picture: Picture,
  region: BodyRegion,
  keypoints: readonly Keypoint[],
): Promise<string[]> {
  const mirrored = await estimator.estimate(mirror(picture), {
    ...region,
    x: picture.width - region.x,
    angle: -region.angle,
  });
  const offs = keypoints.flatMap(({ name, x, y, confidence }) => {
    const other = mirrored.find((one) => one.name === otherSide(name))!;
    if (Math.min(confidence, other.confidence) < FOUND_FROM) return [];
    return [Math.hypot(picture.width - other.x - x, other.y - y) / region.size];
  });
  const middle = offs.sort((a, b) => a - b)[Math.floor(offs.length / 2)];
  if (middle === undefined || middle <= MIRROR_TOLERANCE) return [];
  const share = `${(100 * middle).toFixed(0)} % of the square`;
  return [
    `A mirrored picture gives keypoints ${share} away from the mirrored ones: are left and right as model.json says?`,
  ];
}

function mirror({ width, height, channels, data }: Picture): Picture {
  const mirrored = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        mirrored[(y * width + x) * channels + c] = data[(y * width + width - 1 - x) * channels + c]!;
  return { width, height, channels, data: mirrored };
}

function otherSide(name: KeypointName): KeypointName {
  return (
    name.startsWith("left")
      ? `right${name.slice(4)}`
      : name.startsWith("right")
        ? `left${name.slice(5)}`
        : name
  ) as KeypointName;
}

function warnOfKeypoints(checked: readonly CheckedKeypoint[]): string[] {
  if (checked.length === 0) return ["No infant was found on the rendered picture."];
  const lost = checked.filter(({ name, isFound }) => !isFound && /Hip|Knee|Ankle/.test(name));
  if (lost.length === 0) return [];
  return [`Not found on the rendered picture: ${lost.map(({ name }) => name).join(", ")}.`];
}

function warnOfScores({ model: { output } }: VerifiedAddedModel): string[] {
  if (output.head !== "regression" || output.scores !== undefined || output.values.includes("score"))
    return [];
  return ["It gives no scores: nothing tells when it is wrong, and anatomy alone judges its poses."];
}
