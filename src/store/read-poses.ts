import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { KicklineError } from "../errors.ts";
import { parseCoco } from "../interop/poses/coco.ts";
import { parseDeepLabCutCsv } from "../interop/poses/deeplabcut-csv.ts";
import { parseOpenPose } from "../interop/poses/openpose.ts";
import type { PoseTable } from "../pose/pose-table.ts";

/**
 * Reads poses that another program found: a CSV of DeepLabCut, a folder of OpenPose's JSON files, or COCO keypoints as JSON.
 *
 * @throws KicklineError `poses-unreadable` naming the file.
 */
export async function readPoses(path: string): Promise<PoseTable> {
  const advice = "Give a CSV of DeepLabCut, a folder of OpenPose's JSON files, or COCO keypoints as JSON.";
  const model = (name: string, sha256: string) => ({ name, version: basename(path), sha256 });
  try {
    if ((await stat(path)).isDirectory()) {
      const names = (await readdir(path)).filter((name) => name.endsWith("_keypoints.json")).sort();
      const hash = createHash("sha256");
      const files: { name: string; text: string }[] = [];
      for (const name of names) {
        const text = await readFile(join(path, name), "utf8");
        hash.update(name).update(text);
        files.push({ name, text });
      }
      return parseOpenPose(files, model("openpose-json", hash.digest("hex")));
    }
    const bytes = await readFile(path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return path.toLowerCase().endsWith(".json")
      ? parseCoco(bytes.toString("utf8"), model("coco-keypoints", sha256))
      : parseDeepLabCutCsv(bytes.toString("utf8"), model("deeplabcut-csv", sha256));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new KicklineError("poses-unreadable", `${path}: ${why}`, advice, { cause });
  }
}
