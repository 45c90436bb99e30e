import { availableParallelism, hostname } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { OptionsError } from "../../index.ts";
import type { WorkNews } from "../../worker/work.ts";
import { EXIT } from "../exit.ts";
import { type QueueFlags, queueFlags, queueOf } from "../queue-flags.ts";
import { wholeFlag } from "../read-flags.ts";

/** A program of a night has ten seconds to end in good order; the queue is told right after. */
const STOPPING_MS = 12_000;
/** A timer set for longer would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface WorkFlags extends QueueFlags {
  readonly jobs?: string;
  readonly once?: boolean;
  readonly metrics?: string;
  readonly drainSeconds: string;
  readonly leaseSeconds: string;
  readonly cache?: string;
  readonly json?: boolean;
}

/** `kickline work --queue redis://...` */
export function addWork(program: Command): void {
  queueFlags(
    program
      .command("work")
      .description(
        "analyse the nights of studies that were put into a queue, on this machine, until stopped",
      ),
  )
    .option("--jobs <n>", "jobs side by side (default: one for every two cores)")
    .option("--once", "end when the queue is empty")
    .option("--metrics <[host:]port>", "serve /metrics, /healthz and /readyz (host: 127.0.0.1 if not given)")
    .option(
      "--drain-seconds <n>",
      "told to stop (SIGTERM), finish what is in hand for at most so long",
      "120",
    )
    .option("--lease-seconds <n>", "silent for so long, a worker has lost its job to another", "30")
    .option("--cache <dir>", "where recordings from an object store are kept (else KICKLINE_CACHE)")
    .option("--json", "tell of jobs as JSON lines on stdout")
    .action(async (flags: WorkFlags) => {
      process.exitCode = await work(flags);
    });
}

async function work(flags: WorkFlags): Promise<number> {
  const cores = availableParallelism();
  const jobs =
    flags.jobs === undefined ? Math.max(1, Math.floor(cores / 2)) : wholeFlag("--jobs", flags.jobs);
  const leaseMs = 1000 * wholeFlag("--lease-seconds", flags.leaseSeconds);
  const at = flags.metrics === undefined ? undefined : readPlace(flags.metrics);
  // The programs that do the work are told by their environment.
  if (flags.cache !== undefined) process.env["KICKLINE_CACHE"] = resolve(flags.cache);
  const [stop, drain] = [new AbortController(), new AbortController()];
  const listener = listen(stop, drain, 1000 * wholeFlag("--drain-seconds", flags.drainSeconds, 0));
  // Loaded here only: no other command needs a worker.
  const [{ work: run }, { createMetrics }, { startHealthServer }] = await Promise.all([
    import("../../worker/work.ts"),
    import("../../worker/metrics.ts"),
    import("../../worker/health-server.ts"),
  ]);
  try {
    const queue = await queueOf(flags, { leaseMs });
    try {
      const metrics = createMetrics(queue);
      const server = at && (await startHealthServer(at, queue, metrics, drain.signal));
      const say = (text: string) => process.stderr.write(`${text}\n`);
      say(`${hostname()} works on the queue, ${jobs} ${jobs === 1 ? "job" : "jobs"} at a time.`);
      if (server) say(`${server.address}/metrics, /healthz and /readyz are served.`);
      try {
        await run({
          ...{ queue, jobs, cores, signal: stop.signal, drain: drain.signal, once: flags.once === true },
          heartbeatMs: Math.min(5000, leaseMs / 4),
          onNews(news) {
            metrics.count(news);
            if (flags.json) process.stdout.write(`${JSON.stringify(news)}\n`);
            else say(describe(news));
          },
        });
      } finally {
        await server?.close();
      }
    } finally {
      await queue.close();
    }
  } finally {
    listener.end();
  }
  return stop.signal.aborted ? EXIT.interrupted : EXIT.done;
}

/**
 * SIGTERM drains, then stops; Ctrl-C stops at once. What is in hand is given back to the queue; when that cannot be
 * told (the queue is away), the program ends all the same, and the lease gives it to another.
 */
function listen(stop: AbortController, drain: AbortController, drainMs: number): { end: () => void } {
  const timers: NodeJS.Timeout[] = [];
  const onStop = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    timers.push(setTimeout(giveUp, STOPPING_MS));
  };
  const onDrain = () => {
    if (drain.signal.aborted) return onStop();
    process.stderr.write("Told to stop: finishing what is in hand.\n");
    drain.abort();
    timers.push(setTimeout(onStop, Math.min(drainMs, LONGEST_TIMER_MS)));
  };
  process.on("SIGINT", onStop);
  process.on("SIGTERM", onDrain);
  return {
    end() {
      for (const timer of timers) clearTimeout(timer);
      process.off("SIGINT", onStop);
      process.off("SIGTERM", onDrain);
    },
  };
}

function giveUp(): never {
  process.stderr.write(
    "The queue does not answer: what was in hand is given to another when its lease ends.\n",
  );
  process.exit(EXIT.interrupted);
}

function describe({ kind, job, seconds, attempt, why }: WorkNews): string {
  const time = kind === "begun" ? "" : ` (${seconds.toFixed(0)} s)`;
  const again = attempt > 1 ? `, attempt ${attempt}` : "";
  return `${job}: ${kind}${time}${again}${why === undefined ? "" : `: ${why}`}`;
}

function readPlace(text: string): { host: string; port: number } {
  const match = /^(?:(.+):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2] ?? NaN);
  if (match && port <= 65_535) return { host: match[1] ?? "127.0.0.1", port };
  throw new OptionsError(
    "options-invalid",
    `--metrics: "${text}" is not a port`,
    "Write it as 9464, or with the address to listen on as 0.0.0.0:9464.",
  );
}
