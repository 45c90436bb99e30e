import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Command, Option } from "commander";
import {
  analyzeRecording,
  clipEvents,
  type NightReport,
  OptionsError,
  openOutFolder,
  parseOptions,
  pictureEvents,
  writeNight,
} from "../../index.ts";
import { EXIT } from "../exit.ts";
import { createProgressTeller, type ProgressMode } from "../progress.ts";
import { describeNight } from "../words.ts";

interface AnalyzeFlags {
  readonly out: string;
  readonly startedAt?: string;
  readonly options?: string;
  readonly model?: string;
  readonly poseRate?: string;
  readonly jobs?: string;
  readonly clips?: string | boolean;
  readonly progress: ProgressMode;
  readonly json?: boolean;
}

/** `kickline analyze RECORDING... --out DIR` */
export function addAnalyze(program: Command): void {
  program
    .command("analyze")
    .description("analyse a recording of one file or several, and write its report")
    .argument("<recording...>", "the file, or the files of one night")
    .requiredOption("-o, --out <folder>", "where to write the report")
    .option("--started-at <time>", "clock at the first frame, such as 2026-11-22T21:30:00")
    .option("--options <file.json>", "analysis options (see docs/options.schema.json)")
    .addOption(
      new Option("--model <name>", "pose model").choices([
        "movenet-thunder",
        "movenet-lightning",
        "blazepose-heavy",
      ]),
    )
    .option("--pose-rate <hz>", "poses a second in moving parts (default 5)")
    .option("--jobs <n>", "cores to use (default: all)")
    .option("--clips [n]", "also cut a short video of each event, at most n (default 20)")
    .addOption(
      new Option("--progress <how>", "how to tell progress")
        .choices(["auto", "bar", "json", "none"])
        .default("auto"),
    )
    .option("--json", "print the report as JSON on stdout")
    .action(async (files: string[], flags: AnalyzeFlags) => {
      process.exitCode = await analyze(files, flags);
    });
}

async function analyze(files: readonly string[], flags: AnalyzeFlags): Promise<number> {
  const options = await readOptions(flags);
  const parallel = flags.jobs === undefined ? undefined : wholeNumber("--jobs", flags.jobs);
  const mostClips =
    flags.clips === undefined ? 0 : flags.clips === true ? 20 : wholeNumber("--clips", String(flags.clips));
  const folder = await openOutFolder(flags.out);
  const progress = createProgressTeller(flags.progress);
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once("SIGINT", onInterrupt);
  process.once("SIGTERM", onInterrupt);
  try {
    const analysis = await analyzeRecording(files, {
      options,
      signal: stop.signal,
      onProgress: progress.tell,
      ...(flags.startedAt === undefined ? {} : { startedAt: flags.startedAt }),
      ...(parallel === undefined ? {} : { parallel }),
    });
    const thumbnails = await pictureEvents(analysis, stop.signal);
    if (mostClips > 0) {
      const clips = join(flags.out, "clips");
      await mkdir(clips, { recursive: true });
      await clipEvents(analysis, clips, mostClips);
    }
    await writeNight(folder, analysis.report, thumbnails);
    progress.end();
    say(analysis.report, flags);
    return analysis.report.fitToJudge ? EXIT.done : EXIT.notFitToJudge;
  } finally {
    progress.end();
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onInterrupt);
    await folder.close();
  }
}

function say(report: NightReport, flags: AnalyzeFlags): void {
  if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  const words = `${describeNight(report)}\nReport: ${join(flags.out, "report.html")}\n`;
  (flags.json ? process.stderr : process.stdout).write(words);
}

async function readOptions(flags: AnalyzeFlags): Promise<Record<string, unknown>> {
  let given: Record<string, unknown> = {};
  if (flags.options !== undefined) {
    try {
      given = JSON.parse(await readFile(flags.options, "utf8")) as Record<string, unknown>;
    } catch (cause) {
      const what = cause instanceof SyntaxError ? `is not JSON (${cause.message})` : "cannot be read";
      throw new OptionsError("options-invalid", `--options: ${flags.options} ${what}`, "Check the file.", {
        cause,
      });
    }
  }
  const pose = { ...(given["pose"] as Record<string, unknown> | undefined) };
  if (flags.model !== undefined) pose["model"] = flags.model;
  if (flags.poseRate !== undefined) pose["rateHz"] = Number(flags.poseRate);
  const options = { ...given, ...(Object.keys(pose).length > 0 ? { pose } : {}) };
  parseOptions(options);
  return options;
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new OptionsError(
    "options-invalid",
    `${flag}: "${text}" is not a whole number from 1`,
    "Give a count such as 2.",
  );
}
