/** Anything that survives JSON: what a queue on another machine can carry. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * Where a job is. `waiting` includes one that waits for its next attempt; `dead` is one that failed for good and
 * is kept with its reason until somebody retries it.
 */
export const JOB_STATES = ["waiting", "running", "done", "dead", "cancelled"] as const;

export type JobState = (typeof JOB_STATES)[number];

/** What is asked for. */
export interface NewJob {
  /** Chosen by the caller: adding the same id again adds nothing. Any text of 1 to 200 characters. */
  readonly id: string;
  /** What kind of work it is, such as "analyze". */
  readonly kind: string;
  /** What the work needs to know. */
  readonly data: JsonValue;
  /** Attempts before it is dead; the queue's own number when left out. */
  readonly mostAttempts?: number;
}

/** A job as the queue knows it. */
export interface Job extends Required<NewJob> {
  readonly state: JobState;
  /** Attempts begun, the present one included. */
  readonly attempts: number;
  /** What the work last said of itself; null before that. */
  readonly progress: JsonValue;
  /** What the work answered; null until done. */
  readonly result: JsonValue;
  /** Why the last attempt failed; null while none has. Kept when a later attempt succeeds. */
  readonly reason: string | null;
}
