import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Command, Option } from "commander";
import {
  type Analysis,
  analyzeRecording,
  checkModel,
  clipEvents,
  identifyModel,
  NIGHT_FILES,
  type NightReport,
  OptionsError,
  type OutFolder,
  openJournal,
  openOutFolder,
  parseOptions,
  pictureEvents,
  readPoses,
  writeNight,
} from "../../index.ts";
import { EXIT } from "../exit.ts";
import { listenForStop } from "../interrupt.ts";
import { type LogMode, logError, logNight } from "../log.ts";
import { createProgressTeller, type ProgressMode } from "../progress.ts";
import { numberFlag, readJsonObject, wholeFlag } from "../read-flags.ts";
import { createSketchWriter } from "../sketch-writer.ts";
import { describeNight } from "../words.ts";

interface AnalyzeFlags {
  readonly out: string;
  readonly startedAt?: string;
  readonly timeZone?: string;
  readonly reference?: string;
  readonly options?: string;
  readonly model?: string;
  readonly poseRate?: string;
  readonly poses?: string;
  readonly posesOf?: string;
  readonly jobs?: string;
  readonly sound: boolean;
  readonly clips?: string | boolean;
  readonly progress: ProgressMode;
  readonly log: LogMode;
  readonly json?: boolean;
  readonly resume: boolean;
  readonly withParent?: boolean;
}

/** `kickline analyze RECORDING... --out DIR` */
export function addAnalyze(program: Command): void {
  program
    .command("analyze")
    .description("analyse a recording of one file or several, and write its report")
    .argument("<recording...>", "the file, the files of one night, or a folder of them")
    .requiredOption("-o, --out <folder>", "where to write the report")
    .option("--started-at <time>", "clock at the first frame, such as 2026-11-22T21:30:00")
    .option("--time-zone <name>", "zone the clock was in, such as Europe/Berlin: right across a clock change")
    .option("--reference <file>", "whole film of the same camera, to read one by that was never finished")
    .option("--options <file.json>", "analysis options (see docs/options.schema.json)")
    .option("--model <name>", "pose model: its name, or the path of a model.json (`kickline models list`)")
    .option("--pose-rate <hz>", "poses a second in moving parts (default 5)")
    .option(
      "--poses <file>",
      "poses another program found: DeepLabCut, SLEAP, movement, OpenPose folder, COCO JSON",
    )
    .option("--poses-of <name>", "which individual of that file, where it holds several")
    .option("--no-sound", "do not listen to the recording's sound")
    .option("--jobs <n>", "cores to use, at most those there are (default: all)")
    .option("--clips [n]", "also cut a short video of each event, at most n (default 20)")
    .addOption(
      new Option("--progress <how>", "how to tell progress")
        .choices(["auto", "bar", "json", "none"])
        .default("auto"),
    )
    .addOption(
      new Option("--log <how>", "words for people, or one JSON object a line on stderr")
        .choices(["text", "json"])
        .default("text"),
    )
    .addOption(
      new Option(
        "--with-parent",
        "stop when stdin closes, as when the program that started this ends",
      ).hideHelp(),
    )
    .option("--no-resume", "begin anew instead of going on where an earlier run stopped")
    .option("--json", "print the report as JSON on stdout")
    .action(async (files: string[], flags: AnalyzeFlags) => {
      process.exitCode = await analyze(files, flags);
    });
}

async function analyze(files: readonly string[], flags: AnalyzeFlags): Promise<number> {
  if (flags.posesOf !== undefined && flags.poses === undefined)
    throw new OptionsError("options-invalid", "--poses-of needs --poses FILE", "Name the file of poses.");
  const modelFile = await settleModelFile(flags.model);
  const options = await readOptions(flags, modelFile !== undefined);
  if (flags.poses === undefined && modelFile === undefined)
    await identifyModel(parseOptions(options).pose.model);
  const parallel =
    flags.jobs === undefined ? undefined : Math.min(wholeFlag("--jobs", flags.jobs), availableParallelism());
  const mostClips =
    flags.clips === undefined ? 0 : flags.clips === true ? 20 : wholeFlag("--clips", String(flags.clips));
  const folder = await openOutFolder(flags.out);
  const progress = createProgressTeller(flags.log === "json" ? "json" : flags.progress);
  const sketches = createSketchWriter(folder);
  const milestones = join(flags.out, NIGHT_FILES.milestones);
  const stop = listenForStop();
  if (flags.withParent) process.stdin.on("close", stop.now).on("error", stop.now).resume();
  try {
    if (!flags.resume) await folder.remove([NIGHT_FILES.milestones]);
    const analysis = await analyzeRecording(files, {
      options,
      signal: stop.signal,
      journal: openJournal(milestones),
      onProgress: progress.tell,
      onSketch: sketches.show,
      ...(flags.startedAt === undefined ? {} : { startedAt: flags.startedAt }),
      ...(flags.timeZone === undefined ? {} : { timeZone: flags.timeZone }),
      ...(flags.poses === undefined ? {} : { poses: await readPoses(flags.poses, individualOf(flags)) }),
      ...(modelFile === undefined ? {} : { modelFile }),
      rebuildIn: folder.workPath,
      ...(flags.reference === undefined ? {} : { reference: flags.reference }),
      ...(parallel === undefined ? {} : { parallel }),
    });
    const thumbnails = await pictureEvents(analysis, stop.signal);
    const clips = mostClips > 0 ? await cutClips(analysis, folder, mostClips, stop.signal) : [];
    stop.signal.throwIfAborted();
    await folder.place(clips);
    await writeNight(folder, analysis.report, thumbnails);
    progress.end();
    await sketches.end();
    if (flags.log === "json") logNight(analysis.report, flags.out);
    say(analysis.report, flags);
    return analysis.report.fitToJudge ? EXIT.done : EXIT.notFitToJudge;
  } catch (error) {
    if (flags.log !== "json") throw error;
    return logError(error);
  } finally {
    progress.end();
    await sketches.end();
    stop.end();
    if (flags.withParent) process.stdin.off("close", stop.now).destroy();
    await folder.close();
  }
}

/** Cuts clips out of sight; answers their names in the folder. */
async function cutClips(
  analysis: Analysis,
  folder: OutFolder,
  most: number,
  signal: AbortSignal,
): Promise<string[]> {
  const names = await clipEvents(analysis, await folder.makeWorkFolder("clips"), most, signal);
  return names.map((name) => join("clips", name));
}

function say(report: NightReport, flags: AnalyzeFlags): void {
  if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  // Whoever reads both streams by machine has no use for words, and cannot parse them.
  if (flags.log === "json" || (flags.json && flags.progress === "json")) return;
  const words = `${describeNight(report)}\nReport: ${join(flags.out, "report.html")}\n`;
  (flags.json ? process.stderr : process.stdout).write(words);
}

/** A path rather than a name: its model is checked as when it is added, for nobody has done so. */
async function settleModelFile(model: string | undefined): Promise<string | undefined> {
  if (model === undefined || !/[\\/]|\.json$/.test(model)) return undefined;
  const { warnings } = await checkModel(model);
  for (const warning of warnings) process.stderr.write(`${model}: ${warning}\n`);
  return model;
}

function individualOf({ posesOf }: AnalyzeFlags): { individual?: string } {
  return posesOf === undefined ? {} : { individual: posesOf };
}

async function readOptions(flags: AnalyzeFlags, isOwnFile: boolean): Promise<Record<string, unknown>> {
  const given = flags.options === undefined ? {} : await readJsonObject("--options", flags.options);
  // Checked as given first: a flag must not paper over a part of another type.
  parseOptions(given);
  const pose = { ...(given["pose"] as Record<string, unknown> | undefined) };
  if (flags.model !== undefined && !isOwnFile) pose["model"] = flags.model;
  if (flags.poseRate !== undefined) pose["rateHz"] = numberFlag("--pose-rate", flags.poseRate);
  const sound = { ...(given["sound"] as Record<string, unknown> | undefined), enabled: false };
  const options = {
    ...given,
    ...(Object.keys(pose).length > 0 ? { pose } : {}),
    ...(flags.sound ? {} : { sound }),
  };
  parseOptions(options);
  return options;
}
