import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import {
  countStates,
  findStudyInputs,
  type LedgerEntry,
  OptionsError,
  parseStudyOptions,
  runStudy,
  type StudyCall,
  type StudyInput,
  type StudyOptions,
  summarizeStudy,
  takeShard,
} from "../../index.ts";
import { EXIT } from "../exit.ts";
import { listenForStop } from "../interrupt.ts";
import type { ProgressMode } from "../progress.ts";
import { optionalQueueFlags, type QueueFlags, queueOf } from "../queue-flags.ts";
import { readStudyFile, shardFlag, wholeFlag } from "../read-flags.ts";
import { StudyTeller } from "../study-progress.ts";
import { describeStudy, exitOf, pageOf } from "../study-words.ts";

interface BatchFlags extends QueueFlags {
  readonly wait: boolean;
  readonly mostWaiting: string;
  readonly partMinutes: string;
  readonly out: string;
  readonly options?: string;
  readonly jobs?: string;
  readonly shard?: string;
  readonly nightPer?: "file" | "folder";
  readonly progress: ProgressMode;
  readonly resume: boolean;
  readonly list?: boolean;
  readonly cache?: string;
  readonly json?: boolean;
}

/** `kickline batch INPUT... --out STUDY` */
export function addBatch(program: Command): void {
  optionalQueueFlags(
    program
      .command("batch")
      .description("analyse many nights into one study: folders, quoted patterns, files, or a manifest"),
  )
    .argument("<input...>", "folder, pattern such as 'videos/**/*.mp4', file, or manifest (CSV, TSV)")
    .requiredOption("-o, --out <study>", "the study's folder")
    .option("--options <file.json>", "options of the study (see docs/study.schema.json)")
    .option("--jobs <n>", "nights analysed side by side (default: one for every two cores)")
    .option("--shard <i/n>", "take the i-th of n equal parts of the list: one machine of n; join with merge")
    .addOption(
      new Option("--night-per <what>", "without a manifest: what one night is").choices(["file", "folder"]),
    )
    .addOption(
      new Option("--progress <how>", "how to tell progress")
        .choices(["auto", "bar", "json", "none"])
        .default("auto"),
    )
    .option("--no-resume", "do again what an earlier run finished")
    .option("--list", "print the nights that would be analysed, and end")
    .option("--cache <dir>", "where recordings from an object store are kept (else KICKLINE_CACHE)")
    .option("--no-wait", "with a queue: end when all is in it; the same command waits for it later")
    .option("--most-waiting <n>", "with a queue: most nights in it at a time, when waiting for it", "1000")
    .option("--part-minutes <n>", "with a queue: longer nights are shared out in parts of so long", "30")
    .option("--json", "print the ledger as JSON on stdout")
    .action(async (inputs: string[], flags: BatchFlags) => {
      process.exitCode = await batch(inputs, flags);
    });
}

async function batch(named: readonly string[], flags: BatchFlags): Promise<number> {
  const options = await readStudyFlags(flags);
  // The programs of the nights read it.
  if (flags.cache !== undefined) process.env["KICKLINE_CACHE"] = resolve(flags.cache);
  const cores = availableParallelism();
  const jobs =
    flags.jobs === undefined ? Math.max(1, Math.floor(cores / 2)) : wholeFlag("--jobs", flags.jobs);
  const part = flags.shard === undefined ? undefined : shardFlag(flags.shard);
  const all = await findStudyInputs(named, options.nightPer);
  const inputs = part ? takeShard(all, part.shard, part.of) : all;
  if (flags.list) {
    process.stdout.write(listInputs(inputs));
    return 0;
  }
  if (flags.queue !== undefined && part) {
    const advice = "A queue shares out one whole list by itself.";
    throw new OptionsError("options-invalid", "--shard: not together with --queue", advice);
  }
  if (flags.queue === undefined && !flags.wait) {
    const advice = "Name it with --queue, or leave --no-wait out.";
    throw new OptionsError("options-invalid", "--no-wait: there is no queue to leave the nights to", advice);
  }
  const stop = listenForStop();
  const teller = new StudyTeller(inputs.length, flags.progress);
  try {
    const call = { options, jobs, cores, resume: flags.resume, signal: stop.signal, onNews: teller.tell };
    const entries =
      flags.queue === undefined
        ? await runStudy(inputs, flags.out, call)
        : await runByQueue(inputs, flags, call);
    teller.end();
    if (!entries) {
      process.stderr.write("All is in the queue. Give the same command again to wait for it.\n");
      return EXIT.done;
    }
    // A part of a study has no tables of the whole; merge makes them.
    if (!part) await summarizeStudy(flags.out, options, stop.signal);
    const counts = countStates(entries);
    const words = `${describeStudy(counts, entries)}\n${part ? `Part ${part.shard} of ${part.of} is done; join the parts with kickline merge.` : `Study: ${pageOf(flags.out)}`}\n`;
    if (flags.json) process.stdout.write(`${JSON.stringify(entries)}\n`);
    (flags.json ? process.stderr : process.stdout).write(words);
    return exitOf(counts);
  } finally {
    teller.end();
    stop.end();
  }
}

/** The same by workers elsewhere; undefined when it was only put into their queue. */
async function runByQueue(
  inputs: readonly StudyInput[],
  flags: BatchFlags,
  call: Pick<StudyCall, "options" | "resume" | "signal" | "onNews">,
): Promise<LedgerEntry[] | undefined> {
  // Loaded here only: a study without a queue needs none of it.
  const { queueStudy } = await import("../../worker/queue-study.ts");
  const seconds = 60 * wholeFlag("--part-minutes", flags.partMinutes);
  const queue = await queueOf(flags);
  try {
    const entries = await queueStudy(inputs, {
      ...{ ...call, queue, wait: flags.wait, base: process.cwd() },
      // Workers elsewhere stand in other folders.
      out: flags.out.includes("://") ? flags.out : resolve(flags.out),
      // Movement takes about fifteen times the work of stillness.
      sizes: { surveySeconds: seconds, movingSeconds: seconds / 15 },
      mostWaiting: wholeFlag("--most-waiting", flags.mostWaiting),
    });
    return flags.wait ? entries.map((entry) => entry!) : undefined;
  } finally {
    await queue.close();
  }
}

/** The study's options from the file, with what flags say. */
export async function readStudyFlags(flags: {
  readonly options?: string;
  readonly nightPer?: "file" | "folder";
}): Promise<StudyOptions> {
  const given = flags.options === undefined ? {} : await readStudyFile("--options", flags.options);
  return parseStudyOptions(flags.nightPer === undefined ? given : { ...given, nightPer: flags.nightPer });
}

function listInputs(inputs: readonly StudyInput[]): string {
  const lines = inputs.map(
    ({ subject, night, paths, skip }) =>
      `sub-${subject}\tses-${night}\t${paths.join(" ")}${skip === undefined ? "" : `\tskipped: ${skip}`}`,
  );
  return `${lines.join("\n")}\n`;
}
