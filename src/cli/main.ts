#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { VERSION } from "../index.ts";
import { addAnalyze } from "./commands/analyze.ts";
import { addBatch } from "./commands/batch.ts";
import { addCoach } from "./commands/coach.ts";
import { addCompare } from "./commands/compare.ts";
import { addConvert } from "./commands/convert.ts";
import { addInfo } from "./commands/info.ts";
import { addMerge } from "./commands/merge.ts";
import { addModels } from "./commands/models.ts";
import { addPoses } from "./commands/poses.ts";
import { addProbe } from "./commands/probe.ts";
import { addQueue } from "./commands/queue.ts";
import { addRedo } from "./commands/redo.ts";
import { addReport } from "./commands/report.ts";
import { addServe } from "./commands/serve.ts";
import { addShare } from "./commands/share.ts";
import { addWork } from "./commands/work.ts";
import { EXIT, explain } from "./exit.ts";

const program = new Command("kickline")
  .description("Finds the leg movements in a video of an infant's night. Everything stays on this computer.")
  .version(VERSION)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("(kickline --help lists the commands)");
addAnalyze(program);
addReport(program);
addCoach(program);
addProbe(program);
addCompare(program);
addConvert(program);
addInfo(program);
addBatch(program);
addWork(program);
addQueue(program);
addRedo(program);
addMerge(program);
addModels(program);
addServe(program);
addShare(program);
addPoses(program);

// A reader that has seen enough (`kickline ... | head`) closes the pipe: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`kickline: what was found cannot be printed (${error.code ?? error.message})\n`);
  // At the very end: the command that printed it takes itself for done.
  process.once("exit", () => {
    process.exitCode = EXIT.failed;
  });
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
  else process.exitCode = explain(error);
}
