import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Progress } from "../analyze.ts";
import { OutputError } from "../errors.ts";
import type { NightPart, NightPlan, PartSizes } from "../night/split-night.ts";
import { analyzeInput, blankEntry, type NightTask } from "./analyze-input.ts";
import { describeContent, UNKNOWN_CONTENT } from "./describe-content.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { NightAnswer, NightMessage, NightOrder } from "./night-messages.ts";
import { writeEntry } from "./study-store.ts";

/** Told to stop, a program may take this long. */
const STOPPING_MS = 10_000;

/** The program ended, or was ended, before it had an answer. */
export class ProgramEnded extends Error {
  override readonly name = "ProgramEnded";
  readonly code: "too-long" | "program-ended";

  constructor(code: ProgramEnded["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** The program found that it cannot be done: `code` and words as a ledger names them. */
export class NightFailure extends Error {
  override readonly name = "NightFailure";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A process that works on nights, replaced when one of them kills it. */
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
    if (task.input.skip !== undefined) return analyzeInput(task);
    try {
      const answer = await this.#ask({ kind: "analyze", task }, signal, onProgress);
      if (answer.kind === "entry") return answer.entry;
      throw unexpected(answer);
    } catch (error) {
      if (!(error instanceof ProgramEnded || error instanceof NightFailure)) throw error;
      return await writeFailure(task, { code: error.code, why: error.message });
    }
  }

  /**
   * Says what of a night's work can be shared out now; see `planNight`.
   *
   * @throws ProgramEnded; NightFailure for a night that cannot be opened; OutputError; the signal's reason.
   */
  async plan(task: NightTask, sizes: PartSizes, signal: AbortSignal): Promise<NightPlan> {
    const answer = await this.#ask({ kind: "plan", task, sizes }, signal);
    if (answer.kind === "plan") return answer.plan;
    throw unexpected(answer);
  }

  /** Does a part of a night's work; see `measurePart`. @throws as {@link plan} does. */
  async measure(
    task: NightTask,
    part: NightPart,
    signal: AbortSignal,
    onProgress?: (progress: Progress) => void,
  ): Promise<void> {
    const answer = await this.#ask({ kind: "measure", task, part }, signal, onProgress);
    if (answer.kind !== "measured") throw unexpected(answer);
  }

  async #ask(
    order: NightOrder,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void = () => {},
  ): Promise<NightAnswer> {
    signal.throwIfAborted();
    const { mostMemory, mostSeconds } = order.task.options;
    // One that ended while it had nothing to do (the system was out of memory) is not this night's failure.
    if (!isThere(this.#child)) this.#child = startProgram(mostMemory);
    const child = this.#child;
    let timer: NodeJS.Timeout | undefined;
    let isLate = false;
    const stopNow = () => {
      child.send({ kind: "stop" } satisfies NightMessage, () => {});
      // Once: a second one would be forgotten, and end the program in the middle of another night.
      timer ??= setTimeout(() => child.kill("SIGKILL"), STOPPING_MS);
    };
    const limit = setTimeout(() => {
      isLate = true;
      stopNow();
    }, mostSeconds * 1000);
    signal.addEventListener("abort", stopNow, { once: true });
    try {
      const answer = await this.#converse(child, order, onProgress);
      if (typeof answer === "object" && answer.kind !== "stopped") return answer;
      signal.throwIfAborted();
      if (isLate) throw new ProgramEnded("too-long", `took longer than ${mostSeconds} s`);
      const how = typeof answer === "string" ? answer : "it was told to stop";
      throw new ProgramEnded("program-ended", `the program ended while it analysed this night (${how})`);
    } finally {
      clearTimeout(limit);
      clearTimeout(timer);
      signal.removeEventListener("abort", stopNow);
    }
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!isThere(child)) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await gone;
  }

  /** The answer, or how the process ended without one. */
  #converse(
    child: ChildProcess,
    order: NightOrder,
    onProgress: (progress: Progress) => void,
  ): Promise<NightAnswer | string> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        child.off("message", onMessage).off("exit", onExit).off("error", onError);
        act();
      };
      const onMessage = (message: NightAnswer) => {
        if (message.kind === "progress") onProgress(message.progress);
        else if (message.kind === "unwritable")
          settle(() => reject(new OutputError(message.code, message.message, message.advice)));
        else if (message.kind !== "ready") settle(() => resolve(message));
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
      child.send(order satisfies NightMessage, (error) => error && onError(error));
    });
  }
}

function isThere(child: ChildProcess | undefined): child is ChildProcess {
  return child?.connected === true && child.exitCode === null && child.signalCode === null;
}

/** Writes down that a night could not be analysed at all. */
export async function writeFailure(
  { input, out, options }: Pick<NightTask, "input" | "out" | "options">,
  why: { readonly code: string; readonly why: string },
): Promise<LedgerEntry> {
  const content = await describeContent(input.paths).catch(() => UNKNOWN_CONTENT);
  const entry: LedgerEntry = { ...blankEntry(input, options), ...content, state: "failed", ...why };
  await writeEntry(out, entry);
  return entry;
}

function unexpected(answer: NightAnswer): Error {
  if (answer.kind === "failed") return new NightFailure(answer.code, answer.why);
  return new Error(`the program answered "${answer.kind}"`);
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
