import type { Command } from "commander";
import { OptionsError, shareNight } from "../../index.ts";
import { listenForStop } from "../interrupt.ts";

/** `kickline share NIGHT --out DIR` */
export function addShare(program: Command): void {
  program
    .command("share")
    .description("write a night's events, signals and skeleton without any picture, sound, name or date")
    .argument("<night>", "the folder that analyze wrote, its milestones included")
    .requiredOption("-o, --out <folder>", "where to write")
    .option("--clips <n>", "most clips of the skeleton", "20")
    .action(async (night: string, flags: { readonly out: string; readonly clips: string }) => {
      const clips = Number(flags.clips);
      if (!Number.isInteger(clips) || clips < 0) {
        throw new OptionsError(
          "options-invalid",
          `--clips ${flags.clips} is no whole number`,
          "Give a number such as 20, or 0 for none.",
        );
      }
      const stop = listenForStop();
      try {
        const names = await shareNight(night, flags.out, { clips, signal: stop.signal });
        process.stdout.write(`${names.length} files without pictures in ${flags.out}\n`);
      } finally {
        stop.end();
      }
    });
}
