/**
 * Analyses a recording by a pose estimator of one's own: `own-estimator.ts RECORDING`. This one takes the mean of two
 * models; any program that finds 17 keypoints in a part of a picture can stand in its place. For an ONNX model no code
 * is needed: see docs/models.md.
 */
import { createHash } from "node:crypto";
import { analyzeRecording, createPoseEstimator, type Keypoint, type PoseEstimator } from "kickline";

const [recording] = process.argv.slice(2);
if (recording === undefined) throw new Error("give a recording");

async function openMean(): Promise<PoseEstimator> {
  const [first, second] = await Promise.all([
    createPoseEstimator({ model: "movenet-thunder", workers: 1 }),
    createPoseEstimator({ model: "movenet-lightning", workers: 1 }),
  ]);
  return {
    name: "mean-of-two",
    // Stands in the report, and keeps measurements of other estimators from being taken for this one's.
    model: {
      name: "mean-of-two",
      version: "1",
      sha256: createHash("sha256").update(first.model.sha256).update(second.model.sha256).digest("hex"),
    },
    async estimate(picture, region) {
      const [a, b] = await Promise.all([first.estimate(picture, region), second.estimate(picture, region)]);
      return a.map((one, i) => mean(one, b[i] ?? one));
    },
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

function mean(a: Keypoint, b: Keypoint): Keypoint {
  const confidence = (a.confidence + b.confidence) / 2;
  return { name: a.name, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, confidence };
}

const estimator = await openMean();
try {
  const { report } = await analyzeRecording([recording], { estimator });
  for (const { onset, kind, limb } of report.events) console.log(`${onset.toFixed(1)} s ${kind} ${limb}`);
  console.log(`poses by ${report.provenance.models.map(({ name }) => name).join(", ")}`);
} finally {
  await estimator.close();
}
