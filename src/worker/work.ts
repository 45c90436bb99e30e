import type { JobQueue } from "../queue/job-queue.ts";
import { type JobHandler, NotHere, Split, workQueue } from "../queue/work-queue.ts";
import { NightWorker } from "../study/night-pool.ts";
import { handleNights } from "./handle-night.ts";

/** What a worker tells of itself. */
export interface WorkNews {
  /** `given-back`: nothing is wrong with it, but with this worker or what it reaches. */
  readonly kind: "begun" | "done" | "split" | "failed" | "stopped" | "given-back";
  readonly job: string;
  readonly of: string;
  readonly attempt: number;
  readonly seconds: number;
  readonly why?: string;
}

export interface WorkCall {
  readonly queue: JobQueue;
  /** Jobs side by side, each in a process of its own. */
  readonly jobs: number;
  /** Cores that all of them share. */
  readonly cores: number;
  /** Stops now: what is in hand is given back, and goes on elsewhere where its journal ends. */
  readonly signal: AbortSignal;
  /** Takes no more, but finishes what is in hand. */
  readonly drain: AbortSignal;
  /** Ends when nothing is left in the queue. */
  readonly once?: boolean;
  readonly pollMs?: number;
  readonly heartbeatMs?: number;
  readonly restMs?: number;
  readonly onNews?: (news: WorkNews) => void;
}

/**
 * Works on a queue of nights until told to stop, or, with `once`, until it is empty. Any number of these, on any
 * number of machines, may work on one queue.
 *
 * @throws when the queue itself is out of order; with `once`, OutputError when a study's storage is.
 */
export async function work(call: WorkCall): Promise<void> {
  const lanes = Math.max(1, call.jobs);
  const parallel = Math.max(1, Math.floor(call.cores / lanes));
  const lane = async () => {
    const worker = new NightWorker();
    try {
      const handler = tell(handleNights({ queue: call.queue, worker, parallel }), call);
      await workQueue(call.queue, handler, call);
    } finally {
      await worker.close();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const one of ended)
    if (one.status === "rejected") throw one.reason instanceof NotHere ? one.reason.cause : one.reason;
}

function tell(handler: JobHandler, { onNews, signal }: WorkCall): JobHandler {
  if (!onNews) return handler;
  return async (job, context) => {
    const started = performance.now();
    const say = (kind: WorkNews["kind"], why?: string) =>
      onNews({
        ...{ kind, job: job.id, of: job.kind, attempt: job.attempts },
        ...{ seconds: Math.round(performance.now() - started) / 1000, ...(why === undefined ? {} : { why }) },
      });
    say("begun");
    try {
      const result = await handler(job, context);
      say(result instanceof Split ? "split" : "done");
      return result;
    } catch (error) {
      const kind = signal.aborted ? "stopped" : error instanceof NotHere ? "given-back" : "failed";
      say(kind, error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
}
