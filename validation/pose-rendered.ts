/**
 * Compares poses with the exact truth of rendered clips, on the way a night takes: the mean of eight gray frames, then
 * contrast stretch, then the follower, twice a second.
 *
 *   npx tsx validation/pose-rendered.ts CLIP.mp4 [CLIP.mp4 ...] [--seconds 20] [--model movenet-thunder] [--detail blazepose-heavy]
 *
 * Beside each clip stands CLIP.truth.json: `width`, `height`, `frameRate`, `joints` as rows of time and x, y of the 17
 * keypoints in COCO order, one row for each frame in which something changed. Errors of hips, knees and ankles in trunk
 * lengths.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { createPoseEstimator } from "../src/pose/create-pose-estimator.ts";
import { PictureMean, stretchContrast } from "../src/pose/enhance.ts";
import type { PoseModel } from "../src/pose/find-model.ts";
import { KEYPOINT_NAMES } from "../src/pose/keypoint.ts";
import { createPoseFollower, POSE_FOLLOWER_DEFAULTS } from "../src/pose/pose-follower.ts";
import { readPictures } from "./pose-pictures.ts";

interface Truth {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  readonly joints: readonly (readonly number[])[];
}

const FRAMES_IN_MEAN = 8;
const POSES_PER_SECOND = 2;
const LEGS = ["leftHip", "rightHip", "leftKnee", "rightKnee", "leftAnkle", "rightAnkle"] as const;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "20" },
    model: { type: "string", default: "movenet-thunder" },
    detail: { type: "string" },
    "detail-margin": { type: "string", default: String(POSE_FOLLOWER_DEFAULTS.detailMargin) },
  },
});
const estimator = await createPoseEstimator({ model: values.model as PoseModel });
const detail =
  values.detail === undefined ? undefined : await createPoseEstimator({ model: values.detail as PoseModel });
const options = { ...POSE_FOLLOWER_DEFAULTS, detailMargin: Number(values["detail-margin"]) };
for (const clip of positionals) await compare(clip);
await estimator.close();
await detail?.close();

async function compare(clip: string): Promise<void> {
  const truth = JSON.parse(readFileSync(clip.replace(/\.\w+$/, ".truth.json"), "utf8")) as Truth;
  if (truth.joints === undefined || truth.joints.length === 0) return;
  const follower = createPoseFollower(estimator, options, detail);
  const mean = new PictureMean(truth.width, truth.height);
  const errors: Record<string, number[]> = { hip: [], knee: [], ankle: [] };
  const confidences: number[] = [];
  let asked = 0;
  let swapped = 0;
  let index = 0;
  for await (const picture of readPictures(clip, truth.width, truth.height, 1)) {
    const time = index++ / truth.frameRate;
    if (time >= Number(values.seconds)) break;
    const sinceLast = index % Math.round(truth.frameRate / POSES_PER_SECOND);
    if (sinceLast >= Math.round(truth.frameRate / POSES_PER_SECOND) - FRAMES_IN_MEAN || sinceLast === 0)
      mean.add(picture);
    if (sinceLast !== 0) continue;
    asked++;
    const middle = time - (mean.count - 1) / 2 / truth.frameRate;
    const pose = await follower.next(stretchContrast(mean.read()), time);
    mean.reset();
    if (pose === undefined) continue;
    confidences.push(pose.confidence);
    const row = truth.joints.filter((each) => each[0]! <= middle + 1e-6).at(-1) ?? truth.joints[0]!;
    const at = (name: (typeof KEYPOINT_NAMES)[number]): [number, number] => {
      const place = 1 + 2 * KEYPOINT_NAMES.indexOf(name);
      return [row[place]!, row[place + 1]!];
    };
    const [[lsx, lsy], [rsx, rsy], [lhx, lhy], [rhx, rhy]] = [
      at("leftShoulder"),
      at("rightShoulder"),
      at("leftHip"),
      at("rightHip"),
    ];
    const trunk = Math.hypot((lsx + rsx - lhx - rhx) / 2, (lsy + rsy - lhy - rhy) / 2);
    const distance = (name: (typeof LEGS)[number], to: (typeof LEGS)[number]): number => {
      const { x, y } = pose.keypoints[KEYPOINT_NAMES.indexOf(name)]!;
      const [tx, ty] = at(to);
      return Math.hypot(x - tx, y - ty) / trunk;
    };
    for (const name of LEGS) errors[name.replace(/left|right/, "").toLowerCase()]!.push(distance(name, name));
    const straight = distance("leftHip", "leftHip") + distance("rightHip", "rightHip");
    if (distance("leftHip", "rightHip") + distance("rightHip", "leftHip") < straight) swapped++;
  }
  const at = (numbers: number[], share: number): string => {
    const sorted = [...numbers].sort((a, b) => a - b);
    return sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(2) ?? "-";
  };
  const parts = Object.entries(errors).map(
    ([joint, numbers]) => `${joint} ${at(numbers, 0.5)} / ${at(numbers, 0.9)}`,
  );
  console.log(
    `${basename(clip)}: ${confidences.length}/${asked} poses, confidence ${at(confidences, 0.5)}, left/right exchanged ${swapped}; ` +
      `error in trunk lengths (median / 90 %): ${parts.join(", ")}`,
  );
}
