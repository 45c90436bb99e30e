import { type ChildProcess, spawn } from "node:child_process";
import { builtCli } from "./built-cli.ts";

export interface RunningServer {
  /** Such as http://127.0.0.1:40123, without a slash at its end. */
  readonly address: string;
  readonly child: ChildProcess;
  /** Ends it as a person would, and waits. */
  stop(): Promise<void>;
  /** Ends it as a power cut would, and waits. */
  kill(): Promise<void>;
}

/** Starts the compiled app in a process of its own. */
export async function startApp(data: string, ...more: string[]): Promise<RunningServer> {
  const port = more.includes("--port") ? [] : ["--port", "0"];
  const args = [await builtCli(), "serve", "--data", data, ...port, ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout
      .setEncoding("utf8")
      .once("data", (text: string) => resolve(text.trim().replace(/\/(\?.*)?$/, "")));
    child.once("close", (code) => reject(new Error(`the app ended with code ${code}: ${errors}`)));
  });
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("close", () => resolve());
      child.kill(signal);
    });
  return { address, child, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** Asks in JSON; throws for any answer that is not good. */
export async function askJson<T>(address: string, method = "GET", body?: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const answer = await fetch(address, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return (text === "" ? null : JSON.parse(text)) as T;
}

/** Waits until something holds, looking often: never for a time. */
export async function until<T>(look: () => Promise<T | undefined | false>, mostMs = 120_000): Promise<T> {
  for (const started = Date.now(); Date.now() - started < mostMs; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it did not come to pass");
}

/** Options that look at a night quickly. */
export const QUICK = { pose: { model: "movenet-lightning", rateHz: 1 } };
