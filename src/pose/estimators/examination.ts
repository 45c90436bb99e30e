import { type ChildProcess, spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findModelLimiter } from "../../media/child-limits.ts";
import type { ModelCheck } from "../examine-model.ts";
import { ModelError } from "../model-error.ts";
import type { VerifiedAddedModel } from "./added-model-files.ts";
import type { ExaminationReport } from "./examination-messages.ts";

/** How long a model may be examined. */
export interface ExaminationLimits {
  /** Ends the examination, and the process in which it goes on. */
  readonly signal?: AbortSignal;
  /** A model that has not answered a dozen pictures after so many seconds is refused. Default 300. */
  readonly seconds?: number;
}

/** A model that needs this long for a dozen pictures would need a week for a night. */
const SECONDS = 300;
/** What native code and the engine say when there is no more memory. */
const NO_MEMORY = /bad_alloc|alloc\w* (\w+ )?(failed|memory)|failed to allocate|out of memory/i;

/**
 * Examines a model in a process of its own: one that takes all memory or never answers ends that process alone. The
 * process ends with the examination, with this process, and when it is told to stop.
 *
 * @param path of the `model.json`, whose files were found unaltered.
 * @throws ModelError of the examination, `model-too-heavy` when it passes a limit; the signal's reason.
 */
export async function examineApart(
  path: string,
  found: VerifiedAddedModel,
  { signal, seconds = SECONDS }: ExaminationLimits = {},
): Promise<ModelCheck> {
  signal?.throwIfAborted();
  const child = start(path, await sizeOf(found));
  const stop = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", stop, { once: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, seconds * 1000);
  try {
    const { report, end } = await followed(child);
    signal?.throwIfAborted();
    if (report?.kind === "examined") return report.check;
    if (report && !NO_MEMORY.test(report.message)) throw new ModelError(report.code, report.message);
    const why = isLate
      ? `had not answered after ${seconds} seconds`
      : `takes more memory than a pose model needs, or breaks the runtime (${report?.message ?? end})`;
    throw new ModelError("model-too-heavy", `${found.onnx} ${why}: export it anew, or choose a smaller one`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

async function sizeOf({ folder, model }: VerifiedAddedModel): Promise<number> {
  const files = await Promise.all([model, ...model.data].map(({ file }) => stat(join(folder, file))));
  return files.reduce((sum, { size }) => sum + size, 0);
}

function start(path: string, bytes: number): ChildProcess {
  const [program, ...words] = [...findModelLimiter(bytes), process.execPath, ...entry(), path];
  // What native code writes to stderr is about the inside of models. Not JSON: distances may be NaN.
  return spawn(program!, words, { stdio: ["ignore", "ignore", "ignore", "ipc"], serialization: "advanced" });
}

/** The compiled entry beside this file, or the TypeScript one with a loader when run from source. */
function entry(): readonly string[] {
  if (!import.meta.url.endsWith(".ts"))
    return [fileURLToPath(new URL("./examination-process.js", import.meta.url))];
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
  return ["--import", loader, fileURLToPath(new URL("./examination-process.ts", import.meta.url))];
}

/** What the process reported, if it did, and how it ended. Settles when it is gone. */
function followed(
  child: ChildProcess,
): Promise<{ readonly report: ExaminationReport | undefined; readonly end: string }> {
  return new Promise((resolve, reject) => {
    let report: ExaminationReport | undefined;
    child.once("message", (message) => {
      report = message as ExaminationReport;
    });
    child.once("error", (cause) =>
      reject(
        new ModelError("runtime-failed", `a process for the model cannot start: ${cause.message}`, { cause }),
      ),
    );
    child.once("close", (code, signal) => resolve({ report, end: `it ended with ${signal ?? code}` }));
  });
}
