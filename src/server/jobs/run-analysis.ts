import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { FinalFailure } from "../../queue/work-queue.ts";

/** What an analysis says of itself while it runs. */
export interface AnalysisProgress {
  readonly stage: string;
  readonly done: number | null;
  readonly total: number;
  readonly timesRealTime: number | null;
  readonly secondsLeft: number | null;
}

export interface AnalysisCall {
  /** File of our command line. */
  readonly cli: string;
  readonly words: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AnalysisProgress) => void;
}

const DONE = 0;
const NOT_FIT_TO_JUDGE = 3;
/** Killed by the system, as for want of memory: another attempt goes on from the journal. */
const INTERRUPTED = 130;

/**
 * Analyses in a process of its own, so that nothing a recording does can take the server down. The process ends
 * when ours does, whatever way ours ends: its stdin closes then.
 *
 * @throws FinalFailure with the program's own words when another attempt would fail as well; Error when it was
 * ended from outside.
 */
export async function runAnalysis({ cli, words, signal, onProgress }: AnalysisCall): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [cli, "analyze", ...words, "--log", "json", "--with-parent"], {
    stdio: ["pipe", "ignore", "pipe"],
    windowsHide: true,
  });
  const onAbort = () => void child.kill("SIGTERM");
  signal.addEventListener("abort", onAbort, { once: true });
  let said = "";
  createInterface(child.stderr).on("line", (line) => {
    const told = parse(line);
    if (typeof told?.["stage"] === "string") onProgress(told as unknown as AnalysisProgress);
    else if (told?.["level"] === "error") said = [told["message"], told["advice"]].filter(Boolean).join(" ");
    else if (told === undefined && line.trim() !== "") said = line.slice(0, 500);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(null));
    child.on("close", resolve);
  });
  signal.removeEventListener("abort", onAbort);
  signal.throwIfAborted();
  if (code === DONE || code === NOT_FIT_TO_JUDGE) return;
  if (code === null || code === INTERRUPTED) throw new Error("the analysis was ended from outside");
  throw new FinalFailure(said || `the analysis ended with code ${code}`);
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
