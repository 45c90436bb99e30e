import type { Command } from "commander";
import { countStates, mergeStudies, readLedger, summarizeStudy } from "../../index.ts";
import { describeStudy, exitOf, pageOf } from "../study-words.ts";

/** `kickline merge STUDY... --out STUDY` */
export function addMerge(program: Command): void {
  program
    .command("merge")
    .description("join the parts of a study that several machines made, and make its tables and pages")
    .argument("<study...>", "folders that batch wrote with the same options")
    .option("-o, --out <study>", "the joined study (default: the first of them)")
    .option("--json", "print the ledger as JSON on stdout")
    .action(async (studies: string[], flags: { readonly out?: string; readonly json?: boolean }) => {
      const out = flags.out ?? studies[0]!;
      const options = await mergeStudies(studies, out);
      await summarizeStudy(out, options);
      const entries = await readLedger(out);
      const counts = countStates(entries);
      if (flags.json) process.stdout.write(`${JSON.stringify(entries)}\n`);
      const words = `${describeStudy(counts, entries)}\nStudy: ${pageOf(out)}\n`;
      (flags.json ? process.stderr : process.stdout).write(words);
      process.exitCode = exitOf(counts);
    });
}
