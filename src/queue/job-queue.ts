import type { Job, JobState, JsonValue, NewJob } from "./job.ts";

/** Whether a claim still stands: `cancelled` and `lost` both mean stop, and that nothing said now counts. */
export type Hold = "held" | "cancelled" | "lost";

/**
 * A job in a worker's hands, for as long as it says so in time. One that falls silent for longer than the lease
 * loses the job to the next worker: whatever it answers afterwards is refused, so that no result is overwritten
 * by a worker taken for dead.
 */
export interface Claim {
  readonly job: Job;
  /** Says that work goes on, for another lease. */
  heartbeat(): Promise<Hold>;
  /** The same, and keeps what the work says of itself. */
  progress(value: JsonValue): Promise<Hold>;
  /** Ends it well. @returns false when the claim no longer stood: nothing was changed. */
  complete(result?: JsonValue): Promise<boolean>;
  /**
   * Ends this attempt. The job waits for its next one, or is dead when attempts are used up or `isFinal` says
   * that another would fail as well.
   *
   * @returns false when the claim no longer stood: nothing was changed.
   */
  fail(reason: string, how?: { readonly isFinal?: boolean }): Promise<boolean>;
  /** Gives it back unharmed (the worker is being stopped): this attempt does not count. */
  release(): Promise<boolean>;
  /**
   * Splits the work: adds these jobs, and puts this one aside until each of them has ended, well or not; then it
   * is given out again. This attempt does not count. Parts go before whatever waits on its own, so that a queue
   * with a thousand pieces of work finishes what was begun before it begins more. Those whose id is known are
   * not added again; a part belongs to one job only.
   *
   * @returns false when the claim no longer stood: nothing was added.
   */
  waitFor(parts: readonly NewJob[]): Promise<boolean>;
}

/**
 * A queue of jobs with at-least-once delivery: a job is given to one worker at a time, and again to another when
 * the first falls silent. Work must therefore bear being done twice.
 *
 * Every implementation passes `test/queue/job-queues.ts`. Methods reject only when the queue itself is out of
 * order (its database or server is away).
 */
export interface JobQueue {
  /**
   * Adds a job, or answers the one of this id as it is: whoever asks twice gets the same job.
   *
   * @throws RangeError for an id that is empty or longer than 200 characters, or a number of attempts below 1.
   */
  add(job: NewJob): Promise<Job>;
  /**
   * Takes the part of begun work (see {@link Claim.waitFor}) or else the job that has waited longest, or one whose worker fell silent; undefined when nothing is due. A job
   * whose worker fell silent on its last attempt becomes dead instead, with that reason: it may be what kills them.
   */
  claim(): Promise<Claim | undefined>;
  get(id: string): Promise<Job | undefined>;
  /** Jobs of these states (default: all), in the order they were added. */
  list(states?: readonly JobState[]): Promise<Job[]>;
  counts(): Promise<Record<JobState, number>>;
  /** Takes a waiting or running job out; parts it waits for go on. @returns false when there is none such. */
  cancel(id: string): Promise<boolean>;
  /** Lets a dead or cancelled job wait again, with all its attempts. @returns false when there is none such. */
  retry(id: string): Promise<boolean>;
  /** Takes a job out of the books that is done, dead or cancelled. @returns false when there is none such. */
  remove(id: string): Promise<boolean>;
  /** Closes this handle; jobs stay. */
  close(): Promise<void>;
}

/** What every queue is made with. */
export interface QueueSetup {
  /** How long a worker may be silent before its job is given to another, ms. */
  readonly leaseMs: number;
  /** Attempts of a job that names no number. */
  readonly mostAttempts: number;
  /** Wait before attempt n + 1 after n attempts failed, ms; doubled with each. */
  readonly retryDelayMs: number;
}

export const QUEUE_DEFAULTS: QueueSetup = { leaseMs: 30_000, mostAttempts: 3, retryDelayMs: 5_000 };

/** The reason of a job whose every worker fell silent. */
export const WORKER_SILENT = "its worker fell silent";

/** Checks what every queue checks at its door. */
export function checkNewJob({ id, mostAttempts }: NewJob): void {
  if (id.length < 1 || id.length > 200) throw new RangeError("a job's id has 1 to 200 characters");
  if (mostAttempts !== undefined && !(Number.isInteger(mostAttempts) && mostAttempts >= 1)) {
    throw new RangeError("a job has at least one attempt");
  }
}

/** Ms before the next attempt, after `attempts` have failed. */
export function retryDelay({ retryDelayMs }: QueueSetup, attempts: number): number {
  return retryDelayMs * 2 ** Math.min(attempts - 1, 20);
}
