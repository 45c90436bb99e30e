import { type ChildProcess, spawn } from "node:child_process";
import { builtCli } from "./built-cli.ts";

export interface CliRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface CliSetting {
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Arguments for node itself. */
  readonly node?: readonly string[];
  /** A program and its arguments under which node runs. */
  readonly under?: readonly string[];
  /** Told of the process when it has started. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Told what stderr says, as it comes. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

/** Runs the compiled `kickline` in a process of its own. */
export async function runCli(args: readonly string[], setting: CliSetting = {}): Promise<CliRun> {
  const command = [process.execPath, ...(setting.node ?? []), await builtCli(), ...args];
  const [program, ...words] = [...(setting.under ?? []), ...command];
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const env = { ...inherited, ...setting.env };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
  const started = performance.now();
  const child = spawn(program!, words, { cwd: setting.cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  setting.onStart?.(child);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    setting.onStderr?.(text, child);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({ code, signal, stdout, stderr, seconds: (performance.now() - started) / 1000 }),
    );
  });
}
