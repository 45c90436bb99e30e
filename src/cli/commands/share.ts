import type { Command } from "commander";
import { shareNight } from "../../index.ts";
import { listenForStop } from "../interrupt.ts";
import { wholeFlag } from "../read-flags.ts";

/** `kickline share NIGHT --out DIR` */
export function addShare(program: Command): void {
  program
    .command("share")
    .description("write a night's events, signals and skeleton without any picture, sound, name or date")
    .argument("<night>", "the folder that analyze wrote, its milestones included")
    .requiredOption("-o, --out <folder>", "a new or empty folder to write to")
    .option("--clips <n>", "most clips of the skeleton", "20")
    .action(async (night: string, flags: { readonly out: string; readonly clips: string }) => {
      const clips = wholeFlag("--clips", flags.clips, 0);
      const stop = listenForStop();
      try {
        const names = await shareNight(night, flags.out, { clips, signal: stop.signal });
        process.stdout.write(`${names.length} files without pictures in ${flags.out}\n`);
      } finally {
        stop.end();
      }
    });
}
