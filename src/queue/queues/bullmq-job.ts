import type { Job as BullJob } from "bullmq";
import { JOB_STATES, type Job, type JobState, type JsonValue } from "../job.ts";
import { WORKER_SILENT } from "../job-queue.ts";

/** What is kept of a job beside what BullMQ keeps of it. */
export interface Payload {
  readonly data: JsonValue;
  readonly mostAttempts: number;
  /** Milliseconds and number: BullMQ's own time stamps do not tell jobs of one millisecond apart. */
  readonly added: readonly [ms: number, n: number];
  /** Times it had stalled when it was last retried: they do not count any more. */
  readonly stalledBefore: number;
}

/** A job as BullMQ hands it out. */
export type Bull = BullJob<Payload>;

/** Where BullMQ keeps jobs of a state. It knows no cancelled ones: those lie in a hash of our own. */
export const PLACES = {
  waiting: ["wait", "prioritized", "delayed", "waiting-children"],
  running: ["active"],
  done: ["completed"],
  dead: ["failed"],
  cancelled: [],
} as const satisfies Record<JobState, readonly string[]>;

/** A cancelled job, as it was. */
export interface Cancelled {
  readonly job: Job;
  readonly payload: Payload;
}

/** BullMQ allows neither numbers nor colons for an id. */
export function bullId(id: string): string {
  return `j.${encodeURIComponent(Buffer.from(id).toString())}`;
}

/** Attempts that have ended, those whose worker fell silent included. */
export function attemptsBegun({ attemptsMade, stalledCounter, data }: Bull): number {
  return attemptsMade + stalledCounter - data.stalledBefore;
}

export function toState(place: string): JobState {
  for (const state of JOB_STATES) {
    if ((PLACES[state] as readonly string[]).includes(place)) return state;
  }
  return "waiting";
}

export function toJob(bull: Bull, state: JobState): Job {
  const { data, mostAttempts } = bull.data;
  const progress = bull.progress as unknown as { value?: JsonValue } | 0;
  const ended = attemptsBegun(bull);
  const stalled = bull.stalledCounter > bull.data.stalledBefore ? WORKER_SILENT : null;
  return {
    ...{ id: decodeURIComponent(bull.id!.slice(2)), kind: bull.name, data, state, mostAttempts },
    attempts: Math.min(mostAttempts, ended + (state === "running" ? 1 : 0)),
    progress: (typeof progress === "object" ? progress?.value : undefined) ?? null,
    result: (bull.returnvalue as JsonValue | undefined) ?? null,
    reason: bull.failedReason || stalled,
  };
}
