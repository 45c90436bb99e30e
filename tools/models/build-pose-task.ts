/**
 * Makes the model file of the camera coach in the browser, from the models of MediaPipe's older package.
 *
 *   mkdir /tmp/task-source && cd /tmp/task-source
 *   npm install --ignore-scripts @mediapipe/pose@0.5.1675469404 flatbuffers@25.9.23 fflate@0.8.3
 *   TZ=UTC npx tsx tools/models/build-pose-task.ts --source /tmp/task-source
 *
 * Writes `web/public/pose/pose_landmarker_lite.task`: both models, weights bit for bit, with the metadata that
 * the newer package demands of them.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { addMetadata, describeImageInput, type FlatBuilder } from "./tflite-metadata.ts";

const { values } = parseArgs({ options: { source: { type: "string" } } });
if (values.source === undefined)
  throw new Error("--source DIR is needed: a folder with the three npm packages installed");
const require = createRequire(join(values.source, "package.json"));
const { Builder } = require("flatbuffers") as { Builder: new (size: number) => FlatBuilder };
const { zipSync } = require("fflate") as {
  zipSync(files: Record<string, Uint8Array>, options: { level: 0; mtime: Date }): Uint8Array;
};

/** The detector wants -1 to 1, the landmarks 0 to 1, as the older package's graphs say. */
const PARTS = [
  {
    name: "pose_detector.tflite",
    from: "pose_solution_packed_assets.data",
    sha256: "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
    ...{ mean: 127.5, deviation: 127.5 },
  },
  {
    name: "pose_landmarks_detector.tflite",
    from: "pose_landmark_lite.tflite",
    sha256: "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    ...{ mean: 0, deviation: 255 },
  },
] as const;

const files: Record<string, Uint8Array> = {};
for (const { name, from, sha256, mean, deviation } of PARTS) {
  const model = readFileSync(join(values.source, "node_modules/@mediapipe/pose", from));
  const hash = createHash("sha256").update(model).digest("hex");
  if (hash !== sha256) throw new Error(`${from} is not the file this was made for: ${hash}`);
  files[name] = addMetadata(model, describeImageInput(new Builder(256), mean, deviation));
}
const place = fileURLToPath(new URL("../../web/public/pose/pose_landmarker_lite.task", import.meta.url));
// Stored, not packed: the task reads the models where they lie.
const task = zipSync(files, { level: 0, mtime: new Date("2020-01-01T00:00:00Z") });
writeFileSync(place, task);
console.log(`${place}\n${task.length} bytes, sha256 ${createHash("sha256").update(task).digest("hex")}`);
