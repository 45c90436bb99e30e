import { JOB_STATES, type Job, type JobState, type JsonValue, type NewJob } from "../job.ts";
import {
  type Claim,
  checkNewJob,
  type Hold,
  type JobQueue,
  QUEUE_DEFAULTS,
  type QueueSetup,
  retryDelay,
  WORKER_SILENT,
} from "../job-queue.ts";

interface Entry {
  job: Job;
  /** Grows with each claim: an older one is recognised by it. */
  turn: number;
  /** Before this a waiting job is not due; after it a running one's worker has fallen silent. */
  until: number;
  /** 0 for work added on its own, one more for each level of parts. */
  readonly depth: number;
  /** Ids of the parts it waits for. */
  parts: readonly string[];
}

/** A queue in this process's memory: for tests and one-off runs. It is gone with the process. */
export function createMemoryQueue(setup: Partial<QueueSetup> = {}): JobQueue {
  const { leaseMs, mostAttempts } = { ...QUEUE_DEFAULTS, ...setup };
  const all = { ...QUEUE_DEFAULTS, ...setup };
  const entries = new Map<string, Entry>();
  const change = (entry: Entry, more: Partial<Job>) => {
    entry.job = { ...entry.job, ...more };
  };

  const claimOf = (entry: Entry): Claim => {
    const turn = ++entry.turn;
    const hold = (): Hold => {
      if (entry.turn !== turn || entries.get(entry.job.id) !== entry) return "lost";
      if (entry.job.state === "cancelled") return "cancelled";
      return entry.job.state === "running" && entry.until > Date.now() ? "held" : "lost";
    };
    const beat = (more: Partial<Job> = {}) => {
      const held = hold();
      if (held === "held") {
        entry.until = Date.now() + leaseMs;
        change(entry, more);
      }
      return held;
    };
    const end = (until: number, more: Partial<Job>) => {
      if (hold() !== "held") return false;
      entry.until = until;
      change(entry, more);
      return true;
    };
    return {
      job: entry.job,
      heartbeat: async () => beat(),
      progress: async (value: JsonValue) => beat({ progress: copy(value) }),
      complete: async (result: JsonValue = null) => end(0, { state: "done", result: copy(result) }),
      async fail(reason, how = {}) {
        const { attempts, mostAttempts: most } = entry.job;
        if (how.isFinal || attempts >= most) return end(0, { state: "dead", reason });
        return end(Date.now() + retryDelay(all, attempts), { state: "waiting", reason });
      },
      release: async () => end(0, { state: "waiting", attempts: entry.job.attempts - 1 }),
      async waitFor(parts) {
        for (const part of parts) checkNewJob(part);
        if (hold() !== "held") return false;
        for (const part of parts) insert(part, entry.depth + 1);
        entry.parts = parts.map(({ id }) => id);
        return end(0, { state: "waiting", attempts: entry.job.attempts - 1 });
      },
    };
  };

  const insert = (job: NewJob, depth: number): Entry => {
    const known = entries.get(job.id);
    if (known) return known;
    const fresh = { ...NEW, mostAttempts, ...structuredClone(job) };
    const entry: Entry = { turn: 0, until: 0, job: fresh, depth, parts: [] };
    entries.set(job.id, entry);
    return entry;
  };

  /** Parts first, then by the order of adding. */
  const due = () => {
    const now = Date.now();
    return [...entries.values()]
      .filter(
        ({ job, until, parts }) =>
          (job.state === "waiting" || job.state === "running") &&
          until <= now &&
          !parts.some((id) => find(id, "waiting", "running")),
      )
      .sort((a, b) => b.depth - a.depth);
  };

  const find = (id: string, ...states: JobState[]) => {
    const entry = entries.get(id);
    return entry && states.includes(entry.job.state) ? entry : undefined;
  };

  return {
    async add(job: NewJob) {
      checkNewJob(job);
      return insert(job, 0).job;
    },
    async claim() {
      for (const entry of due()) {
        const { state, attempts, mostAttempts: most } = entry.job;
        if (state === "running" && attempts >= most) {
          change(entry, { state: "dead", reason: WORKER_SILENT });
          continue;
        }
        const silent = state === "running" ? { reason: WORKER_SILENT } : {};
        change(entry, { state: "running", attempts: attempts + 1, ...silent });
        entry.until = Date.now() + leaseMs;
        return claimOf(entry);
      }
      return undefined;
    },
    get: async (id) => entries.get(id)?.job,
    list: async (states = JOB_STATES) =>
      [...entries.values()].map(({ job }) => job).filter(({ state }) => states.includes(state)),
    async counts() {
      const counts = { waiting: 0, running: 0, done: 0, dead: 0, cancelled: 0 };
      for (const { job } of entries.values()) counts[job.state]++;
      return counts;
    },
    async cancel(id) {
      const entry = find(id, "waiting", "running");
      if (entry) change(entry, { state: "cancelled" });
      return entry !== undefined;
    },
    async retry(id) {
      const entry = find(id, "dead", "cancelled");
      if (!entry) return false;
      change(entry, { state: "waiting", attempts: 0 });
      // Whoever held it before it was cancelled must not be taken for the next one's worker.
      entry.turn++;
      entry.until = 0;
      return true;
    },
    async remove(id) {
      return find(id, "done", "dead", "cancelled") !== undefined && entries.delete(id);
    },
    close: async () => {},
  };
}

const NEW = { state: "waiting", attempts: 0, progress: null, result: null, reason: null } as const;

function copy(value: JsonValue): JsonValue {
  return structuredClone(value) as JsonValue;
}
