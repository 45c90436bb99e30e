import { randomUUID } from "node:crypto";
import type { Client, Row } from "@libsql/client";
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

/**
 * A queue in a table of an SQL database: jobs outlive every process. Each step is one statement, so that any
 * number of processes may share the file without a lock that could be left behind.
 *
 * @param database holds the table `jobs` (see the server's migrations); the caller closes it.
 */
export function createLibsqlQueue(database: Client, given: Partial<QueueSetup> = {}): JobQueue {
  const setup = { ...QUEUE_DEFAULTS, ...given };
  const changed = async (sql: string, args: (string | number | null)[]) =>
    (await database.execute({ sql, args })).rowsAffected > 0;
  const read = async (id: string) => {
    const { rows } = await database.execute({ sql: "select * from jobs where id = ?", args: [id] });
    return rows[0];
  };

  const claimOf = (row: Row): Claim => {
    const job = toJob(row);
    const token = String(row["token"]);
    const mine = "id = ? and token = ? and state = 'running' and due_at > ?";
    const own = () => [job.id, token, Date.now()];
    const why = async (isHeld: boolean): Promise<Hold> => {
      if (isHeld) return "held";
      const now = await read(job.id);
      return now?.["state"] === "cancelled" && now["token"] === token ? "cancelled" : "lost";
    };
    const end = (set: string, args: (string | number | null)[]) =>
      changed(`update jobs set ${set} where ${mine}`, [...args, ...own()]);
    return {
      job,
      heartbeat: async () => why(await end("due_at = ?", [Date.now() + setup.leaseMs])),
      progress: async (value) =>
        why(await end("due_at = ?, progress = ?", [Date.now() + setup.leaseMs, JSON.stringify(value)])),
      complete: (result: JsonValue = null) => end("state = 'done', result = ?", [JSON.stringify(result)]),
      fail(reason, how = {}) {
        const isLast = how.isFinal === true || job.attempts >= job.mostAttempts;
        if (isLast) return end("state = 'dead', reason = ?", [reason]);
        const due = Date.now() + retryDelay(setup, job.attempts);
        return end("state = 'waiting', due_at = ?, reason = ?", [due, reason]);
      },
      release: () => end("state = 'waiting', due_at = 0, attempts = attempts - 1", []),
      async waitFor(parts) {
        for (const part of parts) checkNewJob(part);
        const stands = `exists (select 1 from jobs where ${mine})`;
        const added = parts.map((part) => ({
          sql: `insert into jobs (id, kind, data, most_attempts, state, attempts, progress, result, due_at, depth)
            select ?, ?, ?, ?, 'waiting', 0, 'null', 'null', 0, ? where ${stands} on conflict (id) do nothing`,
          args: [...fieldsOf(part, setup), Number(row["depth"]) + 1, ...own()],
        }));
        const aside = {
          sql: `update jobs set state = 'waiting', due_at = 0, attempts = attempts - 1, parts = ? where ${mine}`,
          args: [JSON.stringify(parts.map(({ id }) => id)), ...own()],
        };
        return (await database.batch([...added, aside], "write")).at(-1)!.rowsAffected > 0;
      },
    };
  };

  return {
    async add(job) {
      checkNewJob(job);
      await database.execute({
        sql: `insert into jobs (id, kind, data, most_attempts, state, attempts, progress, result, due_at)
          values (?, ?, ?, ?, 'waiting', 0, 'null', 'null', 0) on conflict (id) do nothing`,
        args: fieldsOf(job, setup),
      });
      return toJob((await read(job.id))!);
    },
    async claim() {
      const now = Date.now();
      const [, taken] = await database.batch(
        [
          {
            sql: `update jobs set state = 'dead', reason = ?
              where state = 'running' and due_at <= ? and attempts >= most_attempts`,
            args: [WORKER_SILENT, now],
          },
          {
            sql: `update jobs set attempts = attempts + 1, token = ?, due_at = ?,
                reason = case state when 'running' then ? else reason end, state = 'running'
              where seq = (select seq from jobs
                where state in ('waiting', 'running') and due_at <= ?
                  and not exists (select 1 from json_each(jobs.parts) as part join jobs as other
                    on other.id = part.value and other.state in ('waiting', 'running'))
                order by depth desc, seq limit 1)
              returning *`,
            args: [randomUUID(), now + setup.leaseMs, WORKER_SILENT, now],
          },
        ],
        "write",
      );
      const row = taken?.rows[0];
      return row && claimOf(row);
    },
    async get(id) {
      const row = await read(id);
      return row && toJob(row);
    },
    async list(states = JOB_STATES) {
      const { rows } = await database.execute({
        sql: "select * from jobs where state in (select value from json_each(?)) order by seq",
        args: [JSON.stringify(states)],
      });
      return rows.map(toJob);
    },
    async counts() {
      const { rows } = await database.execute("select state, count(*) as n from jobs group by state");
      const counts = { waiting: 0, running: 0, done: 0, dead: 0, cancelled: 0 };
      for (const row of rows) counts[row["state"] as JobState] = Number(row["n"]);
      return counts;
    },
    cancel: (id) =>
      changed("update jobs set state = 'cancelled' where id = ? and state in ('waiting', 'running')", [id]),
    retry: (id) =>
      changed(
        `update jobs set state = 'waiting', attempts = 0, due_at = 0, token = null
          where id = ? and state in ('dead', 'cancelled')`,
        [id],
      ),
    remove: (id) => changed("delete from jobs where id = ? and state in ('done', 'dead', 'cancelled')", [id]),
    close: async () => {},
  };
}

function fieldsOf({ id, kind, data, mostAttempts }: NewJob, setup: QueueSetup) {
  return [id, kind, JSON.stringify(data), mostAttempts ?? setup.mostAttempts];
}

function toJob(row: Row): Job {
  const json = (name: string) => JSON.parse(String(row[name])) as JsonValue;
  return {
    ...{ id: String(row["id"]), kind: String(row["kind"]), data: json("data") },
    ...{ state: row["state"] as JobState, attempts: Number(row["attempts"]) },
    ...{ mostAttempts: Number(row["most_attempts"]), progress: json("progress"), result: json("result") },
    reason: row["reason"] === null ? null : String(row["reason"]),
  };
}
