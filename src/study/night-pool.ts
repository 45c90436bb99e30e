import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Progress } from "../analyze.ts";
import { OutputError } from "../errors.ts";
import { analyzeInput, blankEntry, measureBytes, type NightTask } from "./analyze-input.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { NightAnswer, NightOrder } from "./night-messages.ts";
import { writeEntry } from "./study-store.ts";

/** Told to stop, a program may take this long. */
const STOPPING_MS = 10_000;

/** A process that analyses nights, replaced when one of them kills it. */
export class NightWorker {
  #child: ChildProcess | undefined;

  /**
   * Analyses one night. A process that dies of it, or takes longer than allowed, gives a failed entry.
   *
   * @throws OutputError when the study cannot be written to; the signal's reason when aborted.
   */
  async run(
    task: NightTask,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<LedgerEntry> {
    signal.throwIfAborted();
    if (task.input.skip !== undefined) return analyzeInput(task);
    this.#child ??= startProgram(task.options.mostMemory);
    const child = this.#child;
    let timer: NodeJS.Timeout | undefined;
    let isLate = false;
    const stopNow = () => {
      child.send({ kind: "stop" } satisfies NightOrder, () => {});
      timer = setTimeout(() => child.kill("SIGKILL"), STOPPING_MS);
    };
    const limit = setTimeout(() => {
      isLate = true;
      stopNow();
    }, task.options.mostSeconds * 1000);
    signal.addEventListener("abort", stopNow, { once: true });
    try {
      const outcome = await this.#converse(child, task, onProgress);
      if (typeof outcome === "object") return outcome;
      signal.throwIfAborted();
      const why = isLate
        ? { code: "too-long", why: `took longer than ${task.options.mostSeconds} s` }
        : { code: "program-ended", why: `the program ended while it analysed this night (${outcome})` };
      return await this.#failed(task, why);
    } finally {
      clearTimeout(limit);
      clearTimeout(timer);
      signal.removeEventListener("abort", stopNow);
    }
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await gone;
  }

  /** The entry, or how the process ended without one. */
  #converse(
    child: ChildProcess,
    task: NightTask,
    onProgress: (progress: Progress) => void,
  ): Promise<LedgerEntry | string> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        child.off("message", onMessage).off("exit", onExit).off("error", onError);
        act();
      };
      const onMessage = (message: NightAnswer) => {
        if (message.kind === "progress") onProgress(message.progress);
        else if (message.kind === "entry") settle(() => resolve(message.entry));
        else if (message.kind === "stopped") settle(() => resolve("stopped"));
        else if (message.kind === "unwritable")
          settle(() => reject(new OutputError("output-unwritable", message.message, message.advice)));
      };
      const onExit = (code: number | null, killed: string | null) => {
        this.#child = undefined;
        settle(() => resolve(killed ? `signal ${killed}` : `exit code ${code}`));
      };
      const onError = (error: Error) => {
        this.#child = undefined;
        settle(() => resolve(error.message));
      };
      child.on("message", onMessage).on("exit", onExit).on("error", onError);
      child.send({ kind: "analyze", task } satisfies NightOrder, (error) => error && onError(error));
    });
  }

  async #failed(task: NightTask, why: { code: string; why: string }): Promise<LedgerEntry> {
    const bytes = await measureBytes(task.input.paths).catch(() => null);
    const entry: LedgerEntry = { ...blankEntry(task.input, task.options), bytes, state: "failed", ...why };
    await writeEntry(task.out, entry);
    return entry;
  }
}

/** The compiled program beside this file, or the TypeScript one with a loader when run from source. */
function startProgram(mostMemory: number): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  const entry = fileURLToPath(new URL(`./night-program.${isSource ? "ts" : "js"}`, import.meta.url));
  const loader = isSource
    ? ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href]
    : [];
  return fork(entry, {
    execArgv: [`--max-old-space-size=${mostMemory}`, ...loader],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}
