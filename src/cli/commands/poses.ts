import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import {
  exportPoses,
  formatCoco,
  formatDeepLabCutCsv,
  formatDeepLabCutH5,
  formatMovement,
  formatOpenPose,
  formatSleap,
  KicklineError,
  OptionsError,
  OutputError,
  type PoseTable,
} from "../../index.ts";

/** By how a file's name ends; the first that fits counts. */
const FORMATS: readonly [RegExp, (table: PoseTable) => string | Promise<Uint8Array>][] = [
  [/\.csv$/i, formatDeepLabCutCsv],
  [/\.json$/i, formatCoco],
  [/\.analysis\.h5$/i, formatSleap],
  [/\.h5$/i, formatDeepLabCutH5],
  [/\.nc$/i, formatMovement],
];

/** `kickline poses NIGHT OUTPUT` */
export function addPoses(program: Command): void {
  program
    .command("poses")
    .description("write the poses that an analysis found, frame by frame, as another program's file")
    .argument("<night>", "the folder that analyze wrote, its milestones included")
    .argument(
      "<output>",
      "the file to write: .csv or .h5 (DeepLabCut), .analysis.h5 (SLEAP), .nc (movement), .json (COCO keypoints); or a folder/ (OpenPose)",
    )
    .action(async (night: string, output: string) => {
      const write = writerOf(output);
      const table = await exportPoses(night);
      try {
        await write(table);
      } catch (cause) {
        if (cause instanceof KicklineError) throw cause;
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new OutputError("output-unwritable", `${output}: ${why}`, "Choose another place.", { cause });
      }
      process.stdout.write(`${table.frames} frames written to ${output}\n`);
    });
}

function writerOf(output: string): (table: PoseTable) => Promise<void> {
  if (/[\\/]$/.test(output)) return (table) => writeFolder(table, output);
  const format = FORMATS.find(([ending]) => ending.test(output))?.[1];
  if (format) return async (table) => writeFile(output, await format(table));
  const advice = "End it in .csv, .h5, .analysis.h5, .nc or .json, or in / for a folder of OpenPose files.";
  throw new OptionsError("options-invalid", `${output} names no format`, advice);
}

/** Beginning of the names of OpenPose's files. */
const STEM = "night";

/** A file a frame: whole nights have hundreds of thousands. */
async function writeFolder(table: PoseTable, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const other = (await readdir(folder)).find((name) => isOther(name, table.frames));
  if (other !== undefined) {
    const what = `${folder} holds ${other}, which would be taken for a frame of this night`;
    throw new OutputError("output-unwritable", what, "Choose a new or empty folder.");
  }
  for (const { name, text } of formatOpenPose(table, STEM)) await writeFile(join(folder, name), text);
}

/** Whether a file would be read with those that are written, and is none of them. */
function isOther(name: string, frames: number): boolean {
  if (!name.endsWith("_keypoints.json")) return false;
  const frame = new RegExp(`^${STEM}_(\\d{12})_keypoints\\.json$`).exec(name)?.[1];
  return frame === undefined || Number(frame) >= frames;
}
