/** Entry of a process that analyses nights of a study, one after the other: what kills it kills one night. */
import { isAbort, OutputError } from "../errors.ts";
import { analyzeInput } from "./analyze-input.ts";
import type { NightAnswer, NightOrder } from "./night-messages.ts";

const answer = (message: NightAnswer) => process.send?.(message);
let stop = new AbortController();

process.on("message", (order: NightOrder) => {
  if (order.kind === "stop") stop.abort();
  else void analyze(order);
});
// Told by the study, which hears of it too; and when the study is gone there is nobody to work for.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => stop.abort());
process.on("disconnect", () => process.exit(1));

async function analyze({ task }: NightOrder & { kind: "analyze" }): Promise<void> {
  stop = new AbortController();
  try {
    const onProgress = (progress: import("../analyze.ts").Progress) => answer({ kind: "progress", progress });
    answer({ kind: "entry", entry: await analyzeInput(task, { signal: stop.signal, onProgress }) });
  } catch (error) {
    if (isAbort(error)) answer({ kind: "stopped" });
    else if (error instanceof OutputError)
      answer({ kind: "unwritable", message: error.message, advice: error.advice });
    else throw error;
  }
}

answer({ kind: "ready" });
