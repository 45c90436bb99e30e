import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import {
  countStates,
  OptionsError,
  parseStudyOptions,
  type RedoStage,
  readStudyOptions,
  redoStudy,
  type StudyOptions,
  summarizeStudy,
} from "../../index.ts";
import { listenForStop } from "../interrupt.ts";
import type { ProgressMode } from "../progress.ts";
import { readStudyFile, wholeFlag } from "../read-flags.ts";
import { StudyTeller } from "../study-progress.ts";
import { describeChanges, describeStudy, exitOf, formatChanges } from "../study-words.ts";

interface RedoFlags {
  readonly from: RedoStage;
  readonly options?: string;
  readonly out: string;
  readonly jobs?: string;
  readonly progress: ProgressMode;
  readonly json?: boolean;
}

/** `kickline redo STUDY --from events --options FILE` */
export function addRedo(program: Command): void {
  program
    .command("redo")
    .description("judge all nights of a study again from what was measured, without the video")
    .argument("<study>", "the folder that batch wrote")
    .addOption(
      new Option("--from <stage>", "first stage that runs again")
        .choices(["events", "epochs", "report"])
        .default("events"),
    )
    .option("--options <file.json>", "options of the study, with other ones for the late stages")
    .requiredOption("-o, --out <study>", "where the new results go: another folder than the study's own")
    .option("--jobs <n>", "nights at a time (default: one for every core)")
    .addOption(
      new Option("--progress <how>", "how to tell progress")
        .choices(["auto", "bar", "json", "none"])
        .default("none"),
    )
    .option("--json", "print the counts that differ as JSON instead of a table")
    .action(async (study: string, flags: RedoFlags) => {
      process.exitCode = await redo(study, flags);
    });
}

async function redo(study: string, flags: RedoFlags): Promise<number> {
  const own = await readStudyOptions(study);
  const options = flags.options === undefined ? own : await mixOptions(own, flags.options);
  const jobs = flags.jobs === undefined ? availableParallelism() : wholeFlag("--jobs", flags.jobs);
  const { out } = flags;
  // Half of a study judged anew beside half of the old one would be neither.
  if (resolve(out) === resolve(study)) {
    throw new OptionsError(
      "options-invalid",
      `${out} is the study itself`,
      "Give another folder with --out.",
    );
  }
  const stop = listenForStop();
  const teller = new StudyTeller(0, flags.progress);
  try {
    const redone = await redoStudy(study, {
      ...{ from: flags.from, options: options ?? parseStudyOptions({}), out, jobs },
      ...{ signal: stop.signal, onNews: teller.tell },
    });
    await summarizeStudy(out, options ?? parseStudyOptions({}), stop.signal);
    teller.end();
    const { changes, entries } = redone;
    process.stdout.write(flags.json ? `${JSON.stringify(changes)}\n` : formatChanges(changes));
    const counts = countStates(entries);
    process.stderr.write(`${describeChanges(changes)}\n${describeStudy(counts, entries)}\n`);
    return exitOf(counts);
  } finally {
    teller.end();
    stop.end();
  }
}

/** The study's own options with those parts that the file gives; the study.json of another study does as well. */
async function mixOptions(own: StudyOptions | undefined, path: string): Promise<StudyOptions> {
  const given = await readStudyFile("--options", path);
  const { analysis, ...rest } = given;
  if (analysis !== undefined && (typeof analysis !== "object" || analysis === null))
    throw new OptionsError("options-invalid", `--options: ${path}: analysis is no object`, "Check the file.");
  return parseStudyOptions({ ...own, ...rest, analysis: { ...own?.analysis, ...analysis } });
}
