import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { exportPoses, formatCoco, formatDeepLabCutCsv, OptionsError, OutputError } from "../../index.ts";

/** `kickline poses NIGHT OUTPUT` */
export function addPoses(program: Command): void {
  program
    .command("poses")
    .description("write the poses that an analysis found, frame by frame, as another program's file")
    .argument("<night>", "the folder that analyze wrote, its milestones included")
    .argument("<output>", "the file to write: .csv (DeepLabCut) or .json (COCO keypoints)")
    .action(async (night: string, output: string) => {
      const format = /\.csv$/i.test(output)
        ? formatDeepLabCutCsv
        : /\.json$/i.test(output)
          ? formatCoco
          : undefined;
      if (!format) {
        throw new OptionsError("options-invalid", `${output} names no format`, "End it in .csv or .json.");
      }
      const table = await exportPoses(night);
      try {
        await writeFile(output, format(table));
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new OutputError("output-unwritable", `${output}: ${why}`, "Choose another place.", { cause });
      }
      process.stdout.write(`${table.frames} frames written to ${output}\n`);
    });
}
