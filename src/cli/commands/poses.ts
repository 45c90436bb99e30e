import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import {
  exportPoses,
  formatCoco,
  formatDeepLabCutCsv,
  formatDeepLabCutH5,
  formatMovement,
  formatSleap,
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
      "the file to write: .csv or .h5 (DeepLabCut), .analysis.h5 (SLEAP), .nc (movement), .json (COCO keypoints)",
    )
    .action(async (night: string, output: string) => {
      const format = FORMATS.find(([ending]) => ending.test(output))?.[1];
      if (!format) {
        throw new OptionsError(
          "options-invalid",
          `${output} names no format`,
          "End it in .csv, .h5, .analysis.h5, .nc or .json.",
        );
      }
      const table = await exportPoses(night);
      const content = await format(table);
      try {
        await writeFile(output, content);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new OutputError("output-unwritable", `${output}: ${why}`, "Choose another place.", { cause });
      }
      process.stdout.write(`${table.frames} frames written to ${output}\n`);
    });
}
