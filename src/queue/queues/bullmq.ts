import { randomUUID } from "node:crypto";
import { type JobsOptions, Queue, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { JOB_STATES, type Job, type JobState, type JsonValue, type NewJob } from "../job.ts";
import {
  type Claim,
  checkNewJob,
  type Hold,
  type JobQueue,
  QUEUE_DEFAULTS,
  type QueueSetup,
  WORKER_SILENT,
} from "../job-queue.ts";
import {
  attemptsBegun,
  type Bull,
  bullId,
  type Cancelled,
  type Payload,
  PLACES,
  toJob,
  toState,
} from "./bullmq-job.ts";
import { connectRedis, type RedisPlace } from "./redis-connection.ts";

/** BullMQ's codes for: no such job, no lock, not in that state, another's lock. */
const LOST_CODES = [-1, -2, -3, -6];
/** And for parts that have not ended. */
const HAS_PARTS = -4;
/** What ioredis says of a connection that was lost before it was ready. */
const CLOSED = "Connection is closed.";

/**
 * A queue on a Redis or Valkey server, for workers on many machines, by BullMQ: its lists, locks and scripts,
 * its stalled check for workers that fell silent, its flows for work that is split. Jobs stay until removed.
 *
 * Where it differs from BullMQ's usual way: jobs are claimed one by one instead of by a processor, and the
 * number of attempts counts those whose worker fell silent.
 *
 * @throws KicklineError `queue-away` when the server does not answer within ten seconds.
 */
export async function openBullmqQueue(place: RedisPlace, given: Partial<QueueSetup> = {}): Promise<JobQueue> {
  const setup = { ...QUEUE_DEFAULTS, ...given };
  const { name = "kickline" } = place;
  const redis = await connectRedis(place);
  const queue = new Queue<Payload>(name, { connection: redis });
  queue.on("error", () => {});
  const cancelledKey = queue.toKey("cancelled");
  let worker: Promise<Worker<Payload>> | undefined;
  let adding = 0;

  const optionsOf = ({ id, mostAttempts = setup.mostAttempts }: NewJob): JobsOptions => ({
    jobId: bullId(id),
    attempts: mostAttempts,
    backoff: { type: "exponential", delay: setup.retryDelayMs },
    stackTraceLimit: 0,
  });
  const payloadOf = ({ data, mostAttempts = setup.mostAttempts }: NewJob): Payload => ({
    ...{ data, mostAttempts, added: [Date.now(), adding++], stalledBefore: 0 },
  });
  const readCancelled = async (id: string) => {
    const text = await redis.hget(cancelledKey, id);
    return text === null ? undefined : (JSON.parse(text) as Cancelled);
  };
  const find = async (id: string): Promise<{ bull: Bull; state: JobState } | undefined> => {
    // Fields and state are read one after the other: between two looks at the same state, they fit.
    for (let before: string = await queue.getJobState(bullId(id)); ; ) {
      const bull = await queue.getJob(bullId(id));
      if (!bull) return undefined;
      const state = await bull.getState();
      if (state === before) return { bull, state: toState(state) };
      before = state;
    }
  };
  const read = async (id: string): Promise<Job | undefined> => {
    const cancelled = await readCancelled(id);
    if (cancelled) return cancelled.job;
    const found = await find(id);
    return found && toJob(found.bull, found.state);
  };

  const claimOf = (bull: Bull, token: string): Claim => {
    const job = toJob(bull, "running");
    const hold = async (): Promise<Hold> => {
      if ((await bull.extendLock(token, setup.leaseMs)) === 1) return "held";
      return (await redis.hexists(cancelledKey, job.id)) ? "cancelled" : "lost";
    };
    const isLast = job.attempts >= job.mostAttempts;
    return {
      job,
      heartbeat: hold,
      async progress(value) {
        const held = await hold();
        if (held === "held") await bull.updateProgress({ value });
        return held;
      },
      async complete(result: JsonValue = null) {
        try {
          return await stands(bull.moveToCompleted(result, token, false));
        } catch (error) {
          if (codeOf(error) !== HAS_PARTS) throw error;
          // A worker that died had split it: it cannot end before those parts have.
          await stands(bull.moveToWaitingChildren(token));
          return false;
        }
      },
      fail: (reason, how = {}) =>
        stands(
          bull.moveToFailed(
            how.isFinal || isLast ? new UnrecoverableError(reason) : new Error(reason),
            token,
            false,
          ),
        ),
      release: () => stands(bull.moveToWait(token)),
      async waitFor(parts) {
        for (const part of parts) checkNewJob(part);
        if ((await hold()) !== "held") return false;
        const parent = { id: bull.id!, queue: queue.qualifiedName };
        const open: NewJob[] = [];
        for (const part of parts) {
          const known = await read(part.id);
          if (!known || known.state === "waiting" || known.state === "running") open.push(part);
        }
        // Last in, first out: in front of all that waits, the first of them foremost.
        const added = open.reverse().map((part) => ({
          name: part.kind,
          data: payloadOf(part),
          opts: { ...optionsOf(part), lifo: true, parent, ignoreDependencyOnFailure: true },
        }));
        await queue.addBulk(added);
        const wait = async () => {
          if (!(await bull.moveToWaitingChildren(token))) await bull.moveToWait(token);
        };
        return stands(wait());
      },
    };
  };

  const openWorker = () => {
    worker ??= startWorker(name, redis, setup).catch((error: unknown) => {
      worker = undefined;
      throw error;
    });
    return worker;
  };

  return {
    async add(job) {
      checkNewJob(job);
      const known = await read(job.id);
      if (known) return known;
      await queue.add(job.kind, payloadOf(job), optionsOf(job));
      return (await read(job.id))!;
    },
    async claim() {
      const from = await openWorker();
      for (;;) {
        const token = randomUUID();
        const bull = (await from.getNextJob(token, { block: false })) as Bull | undefined;
        if (!bull) return undefined;
        if (attemptsBegun(bull) < bull.data.mostAttempts) return claimOf(bull, token);
        await stands(bull.moveToFailed(new UnrecoverableError(WORKER_SILENT), token, false));
      }
    },
    get: read,
    async list(states = JOB_STATES) {
      const found = new Map<string, Cancelled>();
      for (const state of states) {
        const places = PLACES[state];
        if (places.length === 0) continue;
        for (const bull of await queue.getJobs([...places])) {
          if (bull) found.set(bull.id!, { job: toJob(bull, state), payload: bull.data });
        }
      }
      const cancelled = await redis.hgetall(cancelledKey);
      for (const text of Object.values(cancelled)) {
        const record = JSON.parse(text) as Cancelled;
        if (states.includes("cancelled")) found.set(bullId(record.job.id), record);
        else found.delete(bullId(record.job.id));
      }
      return [...found.values()]
        .sort(({ payload: { added: a } }, { payload: { added: b } }) => a[0] - b[0] || a[1] - b[1])
        .map(({ job }) => job);
    },
    async counts() {
      const counts = { waiting: 0, running: 0, done: 0, dead: 0, cancelled: await redis.hlen(cancelledKey) };
      const byPlace = await queue.getJobCounts(...Object.values(PLACES).flat());
      for (const state of JOB_STATES) {
        for (const at of PLACES[state]) counts[state] += byPlace[at] ?? 0;
      }
      return counts;
    },
    async cancel(id) {
      if (await readCancelled(id)) return false;
      const found = await find(id);
      if (!found || !(found.state === "waiting" || found.state === "running")) return false;
      const { bull } = found;
      const record: Cancelled = { job: toJob(bull, "cancelled"), payload: bull.data };
      // Written down before it is taken out: killed between the two, it is cancelled all the same.
      await redis.hset(cancelledKey, id, JSON.stringify(record));
      // Without its lock the worker's word counts no more.
      await redis.del(`${queue.toKey(bull.id!)}:lock`);
      await bull.remove({ removeChildren: false });
      return true;
    },
    async retry(id) {
      const cancelled = await readCancelled(id);
      if (cancelled) {
        const { kind, data, mostAttempts } = cancelled.job;
        const again = { id, kind, data, mostAttempts };
        await queue.add(kind, { ...payloadOf(again), added: cancelled.payload.added }, optionsOf(again));
        return (await redis.hdel(cancelledKey, id)) === 1;
      }
      const found = await find(id);
      if (found?.state !== "dead") return false;
      const { bull } = found;
      await bull.updateData({ ...bull.data, stalledBefore: bull.stalledCounter });
      return stands(bull.retry("failed", { resetAttemptsMade: true, resetAttemptsStarted: true }));
    },
    async remove(id) {
      if ((await redis.hdel(cancelledKey, id)) === 1) return true;
      const found = await find(id);
      if (!found || !(found.state === "done" || found.state === "dead")) return false;
      await found.bull.remove({ removeChildren: false });
      return true;
    },
    async close() {
      await (await worker?.catch(() => undefined))?.close(true);
      await queue.close();
      redis.disconnect();
    },
  };
}

/** A worker's own connection that is lost while it is made does not come back by itself: then it is made again. */
async function startWorker(name: string, redis: Redis, setup: QueueSetup): Promise<Worker<Payload>> {
  for (;;) {
    const worker = createWorker(name, redis, setup);
    try {
      await worker.waitUntilReady();
      await worker.startStalledCheckTimer();
      return worker;
    } catch (error) {
      await worker.close(true).catch(() => {});
      if ((error as Error).message !== CLOSED) throw error;
      // Answers when the server is back; fails when this queue was closed meanwhile.
      await redis.ping();
    }
  }
}

function createWorker(name: string, redis: Redis, { leaseMs }: QueueSetup): Worker<Payload> {
  const worker = new Worker<Payload>(name, null, {
    connection: redis,
    lockDuration: leaseMs,
    // Two looks find a silent worker: the first marks what is held, the second takes what is not.
    stalledInterval: Math.max(100, leaseMs / 2),
    // Poison is found by the number of attempts, which each job may set for itself.
    maxStalledCount: 1_000_000,
    autorun: false,
  });
  worker.on("error", () => {});
  return worker;
}

/** Whether the claim still stood when something was said; any other trouble is the queue's. */
async function stands(said: Promise<unknown>): Promise<boolean> {
  try {
    await said;
    return true;
  } catch (error) {
    if (LOST_CODES.includes(codeOf(error))) return false;
    throw error;
  }
}

function codeOf(error: unknown): number {
  return (error as { code?: number }).code ?? 0;
}
