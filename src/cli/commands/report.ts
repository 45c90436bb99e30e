import type { Command } from "commander";
import { OptionsError, openOutFolder, readNight, writeNight } from "../../index.ts";
import { EXIT } from "../exit.ts";
import { describeNight } from "../words.ts";

/** `kickline report NIGHT [--out DIR]` */
export function addReport(program: Command): void {
  program
    .command("report")
    .description("render a night's report again from its night.json")
    .argument("<night>", "the folder that analyze wrote or of one night of a study, or its night.json")
    .option("-o, --out <folder>", "where to write (default: the same folder)")
    .option("--json", "print the report as JSON on stdout")
    .action(async (path: string, flags: { out?: string; json?: boolean }) => {
      const { report, thumbnails, folder: own, isOfStudy } = await readNight(path);
      if (isOfStudy && flags.out === undefined) {
        const advice = "Say where to write it. `kickline redo` makes a study's reports anew.";
        throw new OptionsError("options-invalid", `--out: ${path} is a night of a study`, advice);
      }
      const folder = await openOutFolder(flags.out ?? own);
      try {
        await writeNight(folder, report, thumbnails);
      } finally {
        await folder.close();
      }
      process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : `${describeNight(report)}\n`);
      process.exitCode = report.fitToJudge ? EXIT.done : EXIT.notFitToJudge;
    });
}
