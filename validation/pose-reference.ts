/**
 * Compares the poses of this program with the ones published for a real video (an adult doing squats, 65 frames):
 *
 *   npx tsx validation/pose-reference.ts DIR [--details]
 *
 * DIR holds `pose_squats.mp4` and `pose_squats.full.json` of tensorflow/tfjs-models (pose-detection/test_data,
 * Apache-2.0), whose own tests allow 28 px. It is a test of the plumbing (crop, turn, decode, follow), not of accuracy
 * on infants. Ends with code 1 when no way of asking brings every leg keypoint of every frame within the tolerance.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Picture } from "../src/frames/frame.ts";
import { createPoseEstimator } from "../src/pose/create-pose-estimator.ts";
import type { PoseModel } from "../src/pose/find-model.ts";
import type { KeypointName } from "../src/pose/keypoint.ts";
import { createPoseFollower, POSE_FOLLOWER_DEFAULTS } from "../src/pose/pose-follower.ts";
import { findKeypoint } from "../src/pose/trunk.ts";
import { readPictures } from "./pose-pictures.ts";

const WIDTH = 720;
const HEIGHT = 1280;
const FRAMES_PER_SECOND = 5;
const TOLERANCE_PX = 28;
/** Positions of the legs among the 33 published keypoints. */
const LEGS: readonly (readonly [KeypointName, number])[] = [
  ["leftHip", 23],
  ["rightHip", 24],
  ["leftKnee", 25],
  ["rightKnee", 26],
  ["leftAnkle", 27],
  ["rightAnkle", 28],
];
const WAYS: readonly { readonly model: PoseModel; readonly detail?: PoseModel }[] = [
  { model: "movenet-lightning" },
  { model: "movenet-thunder" },
  { model: "movenet-thunder", detail: "blazepose-heavy" },
];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { details: { type: "boolean" } },
});
const folder = positionals[0];
if (folder === undefined) throw new Error("usage: npx tsx validation/pose-reference.ts DIR");
const published = JSON.parse(readFileSync(join(folder, "pose_squats.full.json"), "utf8")) as number[][][];
const pictures: Picture[] = [];
for await (const picture of readPictures(join(folder, "pose_squats.mp4"), WIDTH, HEIGHT, 3))
  pictures.push(picture);
if (pictures.length !== published.length)
  throw new Error(`${pictures.length} frames, ${published.length} published`);

let passed = false;
for (const way of WAYS) {
  const result = await compare(way.model, way.detail);
  passed ||= result;
}
process.exitCode = passed ? 0 : 1;

async function compare(model: PoseModel, detail: PoseModel | undefined): Promise<boolean> {
  const estimator = await createPoseEstimator({ model });
  const second = detail === undefined ? undefined : await createPoseEstimator({ model: detail });
  const follower = createPoseFollower(estimator, POSE_FOLLOWER_DEFAULTS, second);
  const errors: number[] = [];
  let framesWithin = 0;
  const started = performance.now();
  for (const [index, picture] of pictures.entries()) {
    const pose = await follower.next(picture, index / FRAMES_PER_SECOND);
    const errorsHere = LEGS.map(([name, position]) => {
      if (pose === undefined) return Number.POSITIVE_INFINITY;
      const { x, y } = findKeypoint(pose.keypoints, name);
      const [publishedX, publishedY] = published[index]![position] as readonly number[];
      return Math.hypot(x - publishedX!, y - publishedY!);
    });
    errors.push(...errorsHere);
    if (errorsHere.every((error) => error <= TOLERANCE_PX)) framesWithin++;
    else if (values.details) {
      const far = LEGS.flatMap(([name], i) =>
        errorsHere[i]! > TOLERANCE_PX ? [`${name} ${errorsHere[i]!.toFixed(0)}`] : [],
      );
      console.log(`  frame ${index} (confidence ${pose?.confidence.toFixed(2)}): ${far.join(", ")}`);
    }
  }
  const time = (performance.now() - started) / pictures.length;
  await estimator.close();
  await second?.close();
  errors.sort((a, b) => a - b);
  const at = (share: number): string => errors[Math.floor(share * (errors.length - 1))]!.toFixed(1);
  console.log(
    `${detail === undefined ? model : `${model} + ${detail}`}: ${framesWithin}/${pictures.length} frames within ${TOLERANCE_PX} px; ` +
      `median ${at(0.5)} px, 95 % ${at(0.95)} px, largest ${at(1)} px; ${time.toFixed(0)} ms a frame`,
  );
  return framesWithin === pictures.length;
}
