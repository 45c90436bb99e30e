import { setTimeout as pause } from "node:timers/promises";
import type { Progress } from "../analyze.ts";
import type { Job } from "../queue/job.ts";
import type { JobQueue } from "../queue/job-queue.ts";
import { type LedgerEntry, ledgerEntrySchema } from "../study/ledger.ts";
import { writeFailure } from "../study/night-pool.ts";
import { beginStudy, type NightNews } from "../study/run-study.ts";
import type { StudyInput } from "../study/study-input.ts";
import { digestOptions, readEntry } from "../study/study-store.ts";
import { VERSION } from "../version.ts";
import { nightIdOf, nightJob, type QueuedStudy } from "./night-jobs.ts";

export interface QueueCall extends QueuedStudy {
  readonly queue: JobQueue;
  /** False: what an earlier run finished is done again. */
  readonly resume: boolean;
  /** Nights in the queue at a time: more are added as these end, so that no study fills it. */
  readonly mostWaiting: number;
  /** False: leaves when all are in the queue (then whatever their number). */
  readonly wait: boolean;
  readonly signal: AbortSignal;
  readonly onNews?: (news: NightNews) => void;
  /** Time between looks at the queue, ms. */
  readonly pollMs?: number;
}

interface Waiting {
  readonly i: number;
  /** When somebody was first seen to work on it. */
  startedAt?: number;
}

/**
 * Has every night of a list analysed by the workers of a queue, into a study's folder. The same as `runStudy`
 * does here: what was finished is kept, each night ends as one entry, a bad one stops no other. Stopped and
 * given again, it goes on with what is in the queue.
 *
 * @returns entries in the order of the inputs; undefined for those still in the queue (without `wait`).
 * @throws OutputError when the study cannot be written to; the signal's reason when aborted.
 */
export async function queueStudy(
  inputs: readonly StudyInput[],
  call: QueueCall,
): Promise<(LedgerEntry | undefined)[]> {
  const { queue, signal, onNews } = call;
  const { entries, todo } = await beginStudy(inputs, call.out, call);
  const ended = await endedByNight(queue);
  for (const [i, input] of inputs.entries()) {
    // Ended while nobody waited, and fetched by way of the study: the queue need not remember it.
    const isKept = entries[i] !== undefined;
    if (isKept) for (const { id } of ended.get(nightJob(call, input).id) ?? []) await queue.remove(id);
  }
  const most = call.wait ? call.mostWaiting : Infinity;
  const waiting = new Map<string, Waiting>();
  const end = (id: string, entry: LedgerEntry) => {
    const { i, startedAt = performance.now() } = waiting.get(id)!;
    entries[i] = entry;
    waiting.delete(id);
    onNews?.({ kind: "ended", entry, seconds: (performance.now() - startedAt) / 1000 });
  };
  for (let next = 0; next < todo.length || (call.wait && waiting.size > 0); ) {
    while (next < todo.length && waiting.size < most) {
      signal.throwIfAborted();
      const i = todo[next++]!;
      waiting.set(await putInQueue(call, inputs[i]!, ended), { i });
    }
    if (!call.wait) break;
    const looked = performance.now();
    for (const [id, one] of [...waiting]) {
      const job = await queue.get(id);
      const input = inputs[one.i]!;
      if (job?.state === "waiting" || job?.state === "running") {
        report(job, input, one, onNews);
        continue;
      }
      end(id, await entryOf(job, input, call));
      // A dead one stays, with its reason, until somebody retries it or has seen enough of it.
      if (job?.state === "done") await queue.remove(id);
    }
    // A thousand nights are looked at seldom: watching is not what the queue is for.
    const rest = Math.max(call.pollMs ?? 1000, 10 * (performance.now() - looked));
    if (waiting.size > 0 || next < todo.length) await pause(rest, undefined, { signal });
  }
  return entries;
}

/** Jobs that have ended, by the night they are or belong to. */
async function endedByNight(queue: JobQueue): Promise<Map<string, Job[]>> {
  const found = new Map<string, Job[]>();
  const { done, dead, cancelled } = await queue.counts();
  if (done + dead + cancelled === 0) return found;
  for (const job of await queue.list(["done", "dead", "cancelled"])) {
    const night = nightIdOf(job.id);
    const others = found.get(night);
    if (others) others.push(job);
    else found.set(night, [job]);
  }
  return found;
}

/**
 * Adds the job of a night, or a new one in place of one that ended and is not wanted any more. Parts of it that
 * failed for good are tried again too, or the night would fail of them at once.
 */
async function putInQueue(
  call: QueueCall,
  input: StudyInput,
  ended: ReadonlyMap<string, readonly Job[]>,
): Promise<string> {
  const { queue } = call;
  const job = nightJob(call, input);
  const known = await queue.get(job.id);
  if (known?.state === "waiting" || known?.state === "running") return job.id;
  for (const { id, state } of ended.get(job.id) ?? []) if (state !== "done") await queue.remove(id);
  if (known) await queue.remove(job.id);
  await queue.add(job);
  return job.id;
}

function report(
  { state, progress }: Job,
  input: StudyInput,
  one: Waiting,
  onNews: QueueCall["onNews"],
): void {
  const told = progress as unknown as Progress | null;
  // While its parts are worked on, the night itself waits.
  if ((state === "running" || told) && one.startedAt === undefined) {
    one.startedAt = performance.now();
    onNews?.({ kind: "started", input });
  }
  if (told) onNews?.({ kind: "progress", input, progress: told });
}

/** What became of a night whose job has ended. */
async function entryOf(
  job: Job | undefined,
  input: StudyInput,
  { out, options }: QueueCall,
): Promise<LedgerEntry> {
  if (job?.state === "done") return ledgerEntrySchema.parse(job.result);
  // Another who waits for the same study may have fetched it first.
  const written = job === undefined ? await readEntry(out, input) : undefined;
  const isOfThis = written?.kickline === VERSION && written.options === digestOptions(options);
  if (written && isOfThis && written.code !== "job-failed") return written;
  const why =
    job === undefined
      ? "its job was taken out of the queue"
      : job.state === "dead"
        ? `its job failed ${job.attempts} ${job.attempts === 1 ? "time" : "times"}: ${job.reason}`
        : "its job was cancelled";
  return await writeFailure({ input, out, options }, { code: "job-failed", why });
}
