/** Entry of a process that works on nights of a study, one after the other: what kills it kills one night. */
import type { Progress } from "../analyze.ts";
import { isAbort, OutputError } from "../errors.ts";
import { analyzeInput, explainFailure, measureInputPart, planInput } from "./analyze-input.ts";
import type { NightAnswer, NightMessage, NightOrder } from "./night-messages.ts";

const answer = (message: NightAnswer) => process.send?.(message);
let stop = new AbortController();

process.on("message", (message: NightMessage) => {
  if (message.kind === "stop") stop.abort();
  else void obey(message);
});
// Told by the study, which hears of it too; and when the study is gone there is nobody to work for.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => stop.abort());
process.on("disconnect", () => process.exit(1));

async function obey(order: NightOrder): Promise<void> {
  stop = new AbortController();
  const call = {
    signal: stop.signal,
    onProgress: (progress: Progress) => void answer({ kind: "progress", progress }),
  };
  try {
    if (order.task.base !== undefined) process.chdir(order.task.base);
    if (order.kind === "analyze") answer({ kind: "entry", entry: await analyzeInput(order.task, call) });
    else if (order.kind === "plan") {
      answer({ kind: "plan", plan: await planInput(order.task, order.sizes, call) });
    } else {
      await measureInputPart(order.task, order.part, call);
      answer({ kind: "measured" });
    }
  } catch (error) {
    if (isAbort(error)) answer({ kind: "stopped" });
    else if (error instanceof OutputError)
      answer({ kind: "unwritable", code: error.code, message: error.message, advice: error.advice });
    else answer({ kind: "failed", ...explainFailure(error) });
  }
}

answer({ kind: "ready" });
