import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import type { ModelJson } from "./patch-model.ts";

/** The bundled MoveNet Lightning, described as anybody would describe a model of their own. */
export async function putMovenet(folder: string, name = "own-movenet"): Promise<string> {
  const from = fileURLToPath(new URL("../../models/movenet-lightning/", import.meta.url));
  const { default: bundled } = (await import(`${from}model.json`, { with: { type: "json" } })) as {
    default: { files: { onnx: { sha256: string } }; source: { url: string } };
  };
  mkdirSync(folder, { recursive: true });
  cpSync(join(from, "model.onnx"), join(folder, "movenet.onnx"));
  const json: ModelJson = {
    ...{ name, version: "4", licence: "Apache-2.0", source: { url: bundled.source.url } },
    ...{ file: "movenet.onnx", sha256: bundled.files.onnx.sha256 },
    input: {
      ...{ tensor: "image", width: 192, height: 192, layout: "NHWC", type: "uint8", channels: "RGB" },
      ...{ fit: "letterbox", crop: { of: "person", margin: 1.35 } },
    },
    output: { head: "regression", tensor: "keypoints", values: ["y", "x", "score"], coordinates: "unit" },
    keypoints: Object.fromEntries(KEYPOINT_NAMES.map((one, k) => [one, k])) as ModelJson["keypoints"],
  };
  writeFileSync(join(folder, "model.json"), JSON.stringify(json, null, 2));
  return join(folder, "model.json");
}
