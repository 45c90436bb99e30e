import type { Job, JsonValue, NewJob } from "./job.ts";
import type { JobQueue } from "./job-queue.ts";

/** What a handler is given beside its job. */
export interface JobContext {
  /** Fires when the job was cancelled or lost, or the worker is told to stop: end soon, in good order. */
  readonly signal: AbortSignal;
  readonly progress: (value: JsonValue) => void;
}

export type JobHandler = (job: Job, context: JobContext) => Promise<JsonValue | Split>;

/** Answered by a handler whose job waits for parts of itself; see `Claim.waitFor`. */
export class Split {
  readonly parts: readonly NewJob[];

  constructor(parts: readonly NewJob[]) {
    this.parts = parts;
  }
}

/** Thrown by a handler when another attempt would fail as well. */
export class FinalFailure extends Error {
  override readonly name = "FinalFailure";
}

/**
 * Thrown by a handler when nothing is wrong with the job, but with where it is done (a storage that is away): the job goes
 * back unharmed, and the worker rests before it takes another.
 */
export class NotHere extends Error {
  override readonly name = "NotHere";
}

export interface WorkOptions {
  /** Stops: takes no more jobs, gives back the one in hand unharmed. */
  readonly signal?: AbortSignal;
  /** Ends in good order: takes no more jobs, but finishes the one in hand. */
  readonly drain?: AbortSignal;
  /** Ends when nothing waits any more, instead of waiting for more: drains the queue. */
  readonly once?: boolean;
  /** Time between looks at an empty queue, ms. */
  readonly pollMs?: number;
  /** Rest of a worker that can do nothing at present, ms. */
  readonly restMs?: number;
  /** Least time between two words of progress to the queue, ms: work speaks more often than anybody reads. */
  readonly progressMs?: number;
  /** Time between heartbeats, ms; a small part of the queue's lease. */
  readonly heartbeatMs?: number;
}

/**
 * Works on a queue, one job at a time, until told to stop. Heartbeats go on while a handler works. For several
 * jobs side by side, run it several times.
 *
 * @throws only when the queue itself is out of order; with `once`, NotHere too, since nobody waits for it to pass.
 */
export async function workQueue(
  queue: JobQueue,
  handler: JobHandler,
  options: WorkOptions = {},
): Promise<void> {
  const { once = false, pollMs = 1000, restMs = 15_000 } = options;
  const ends = [options.signal, options.drain].filter((one) => one !== undefined);
  const end = AbortSignal.any(ends);
  while (!end.aborted) {
    const claim = await queue.claim();
    if (claim) {
      const obstacle = await workOn(claim, handler, options);
      if (obstacle && once) throw obstacle;
      if (obstacle) await pause(restMs, end);
      continue;
    }
    if (once && !(await hasMore(queue))) return;
    await pause(pollMs, end);
  }
}

/** Jobs that wait for their next attempt, or that another worker may yet lose. */
async function hasMore(queue: JobQueue): Promise<boolean> {
  const { waiting, running } = await queue.counts();
  return waiting + running > 0;
}

/** Has one job done. @returns what keeps this worker from doing any. */
async function workOn(
  claim: NonNullable<Awaited<ReturnType<JobQueue["claim"]>>>,
  handler: JobHandler,
  { signal, heartbeatMs = 5000, progressMs = 1000 }: WorkOptions,
): Promise<NotHere | undefined> {
  const stop = new AbortController();
  const onStop = () => stop.abort();
  signal?.addEventListener("abort", onStop, { once: true });
  let latest: JsonValue | undefined;
  let saying: Promise<void> | undefined;
  const say = async () => {
    const told = latest;
    latest = undefined;
    const hold = await (told === undefined ? claim.heartbeat() : claim.progress(told));
    if (hold !== "held") stop.abort();
  };
  // One at a time; a queue that cannot be reached now may be at the next beat, within the lease.
  const beat = () => {
    saying ??= say()
      .catch(() => {})
      .finally(() => {
        saying = undefined;
      });
  };
  const timer = setInterval(beat, heartbeatMs);
  let saidAt = -Infinity;
  let soon: NodeJS.Timeout | undefined;
  const progress = (value: JsonValue) => {
    latest = value;
    soon ??= setTimeout(
      () => {
        soon = undefined;
        saidAt = performance.now();
        beat();
      },
      Math.max(0, saidAt + progressMs - performance.now()),
    );
  };
  const finish = async () => {
    clearInterval(timer);
    clearTimeout(soon);
    signal?.removeEventListener("abort", onStop);
    await saying;
  };
  try {
    const result = await handler(claim.job, { signal: stop.signal, progress });
    await finish();
    // Something may have been said last while another message was on its way.
    if (latest !== undefined) await claim.progress(latest);
    if (result instanceof Split) await claim.waitFor(result.parts);
    else await claim.complete(result);
  } catch (error) {
    await finish();
    const reason = error instanceof Error ? error.message : String(error);
    const obstacle = error instanceof NotHere ? error : undefined;
    if (signal?.aborted || obstacle) await claim.release();
    else await claim.fail(reason, { isFinal: error instanceof FinalFailure });
    return obstacle;
  }
  return undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
