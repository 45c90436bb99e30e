import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { KicklineError } from "../errors.ts";
import { parseCoco } from "../interop/poses/coco.ts";
import { parseDeepLabCutCsv } from "../interop/poses/deeplabcut-csv.ts";
import { parseOpenPose } from "../interop/poses/openpose.ts";
import { parseHdf5Poses } from "../interop/poses/parse-hdf5.ts";
import type { PoseTable } from "../pose/pose-table.ts";

/** How HDF5 files begin, netCDF-4 among them. */
const HDF5_BEGINNING = "\x89HDF\r\n\x1a\n";

/**
 * Reads poses that another program found: a CSV or HDF5 file of DeepLabCut, an analysis file of SLEAP, a netCDF file of
 * movement, a folder of OpenPose's JSON files, or COCO keypoints as JSON.
 *
 * @param individual which of several in the file; needed where an HDF5 file holds several.
 * @throws KicklineError `poses-unreadable` naming the file.
 */
export async function readPoses(
  path: string,
  { individual }: { individual?: string } = {},
): Promise<PoseTable> {
  const advice =
    "Give a CSV or HDF5 file of DeepLabCut, an analysis file of SLEAP, a netCDF file of movement, a folder of OpenPose's JSON files, or COCO keypoints as JSON.";
  const model = (name: string, sha256: string) => ({ name, version: basename(path), sha256 });
  const alone = (format: string) => {
    if (individual !== undefined)
      throw new Error(`${format} has no names of individuals to choose "${individual}" by`);
  };
  try {
    if ((await stat(path)).isDirectory()) {
      alone("a folder of OpenPose");
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
    if (bytes.subarray(0, HDF5_BEGINNING.length).toString("latin1") === HDF5_BEGINNING) {
      // Which of several is meant belongs to the identity: the same file holds other poses for another name.
      const version = individual === undefined ? basename(path) : `${basename(path)} (${individual})`;
      return await parseHdf5Poses(bytes, { version, sha256 }, individual);
    }
    if (/\.(h5|hdf5|nc)$/i.test(path)) throw new Error("it is no HDF5 file, as its name would have it");
    if (!path.toLowerCase().endsWith(".json")) {
      const named = individual === undefined ? {} : { version: `${basename(path)} (${individual})` };
      return parseDeepLabCutCsv(
        bytes.toString("utf8"),
        { ...model("deeplabcut-csv", sha256), ...named },
        individual,
      );
    }
    alone("a file of COCO keypoints");
    return parseCoco(bytes.toString("utf8"), model("coco-keypoints", sha256));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new KicklineError("poses-unreadable", `${path}: ${why}`, advice, { cause });
  }
}
