import type { Row } from "@libsql/client";
import type { NewStep, RecordedStep, WatchedStretch } from "../../index.ts";
import type { Database } from "../database/open-database.ts";
import { newId } from "./night-store.ts";

export interface Reviewer {
  readonly id: string;
  readonly name: string;
  /** Whether detections are shown; a reviewer blind to the machine marks the night from nothing. */
  readonly seesMachine: boolean;
}

/** What became of steps that were sent. */
export type Appended =
  | { readonly isDone: true; readonly revision: number }
  /** Somebody (another tab) was faster: these came between, look at them and send again. */
  | { readonly isDone: false; readonly revision: number; readonly missed: readonly RecordedStep[] };

/** Reviews of nights: reviewers, their steps (which only grow), and what they watched. */
export class ReviewStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async reviewers(): Promise<Reviewer[]> {
    const { rows } = await this.#database.execute("select * from reviewers order by added_at, id");
    return rows.map((row) => ({
      ...{ id: String(row["id"]), name: String(row["name"]) },
      seesMachine: row["sees_machine"] === 1,
    }));
  }

  /** Adds a reviewer, or answers the one of this name as it is. */
  async addReviewer(name: string, seesMachine: boolean): Promise<Reviewer> {
    await this.#database.execute({
      sql: `insert into reviewers (id, name, sees_machine, added_at) values (?, ?, ?, ?)
        on conflict (name) do nothing`,
      args: [newId(), name, seesMachine ? 1 : 0, new Date().toISOString()],
    });
    return (await this.reviewers()).find((one) => one.name === name)!;
  }

  async steps(night: string, reviewer: string, after = 0): Promise<RecordedStep[]> {
    const { rows } = await this.#database.execute({
      sql: `select * from review_steps where night = ? and reviewer = ? and revision > ? order by revision`,
      args: [night, reviewer, after],
    });
    return rows.map(toStep);
  }

  /** Every step of a night, whoever made it, in the order they came. */
  async trail(night: string): Promise<(RecordedStep & { readonly reviewer: string })[]> {
    const { rows } = await this.#database.execute({
      sql: "select * from review_steps where night = ? order by seq",
      args: [night],
    });
    return rows.map((row) => ({ ...toStep(row), reviewer: String(row["reviewer"]) }));
  }

  /**
   * Adds steps at the end of a review, all or none, if it still ends where the sender thinks. Steps that are
   * there already (sent twice, since the answer got lost) count as added.
   */
  async append(night: string, reviewer: string, base: number, steps: readonly NewStep[]): Promise<Appended> {
    const all = await this.steps(night, reviewer);
    const later = all.filter(({ revision }) => revision > base);
    const known = new Set(all.map(({ id }) => id));
    const fresh = steps.filter(({ id }) => !known.has(id));
    const revision = all.at(-1)?.revision ?? 0;
    if (fresh.length === 0) return { isDone: true, revision };
    const foreign = later.filter(({ id }) => !steps.some((step) => step.id === id));
    if (foreign.length > 0) return { isDone: false, revision, missed: later };
    const now = new Date().toISOString();
    try {
      await this.#database.batch(
        fresh.map(({ id, step }, i) => ({
          sql: `insert into review_steps (id, night, reviewer, revision, made_at, step)
            values (?, ?, ?, ?, ?, ?)`,
          args: [id, night, reviewer, revision + 1 + i, now, JSON.stringify(step)],
        })),
        "write",
      );
      return { isDone: true, revision: revision + fresh.length };
    } catch (error) {
      // Somebody took the same place in the trail between our look and our step.
      const since = await this.steps(night, reviewer, base);
      if (since.length === later.length) throw error;
      return { isDone: false, revision: since.at(-1)!.revision, missed: since };
    }
  }

  async watched(night: string, reviewer: string): Promise<WatchedStretch[]> {
    const { rows } = await this.#database.execute({
      sql: "select onset, duration, speed from watched where night = ? and reviewer = ? order by seq",
      args: [night, reviewer],
    });
    return rows.map((row) => ({
      onset: Number(row["onset"]),
      duration: Number(row["duration"]),
      speed: Number(row["speed"]),
    }));
  }

  async addWatched(night: string, reviewer: string, stretches: readonly WatchedStretch[]): Promise<void> {
    const now = new Date().toISOString();
    await this.#database.batch(
      stretches.map(({ onset, duration, speed }) => ({
        sql: `insert into watched (night, reviewer, onset, duration, speed, made_at) values (?, ?, ?, ?, ?, ?)`,
        args: [night, reviewer, onset, duration, speed, now],
      })),
      "write",
    );
  }
}

function toStep(row: Row): RecordedStep {
  return {
    ...{ id: String(row["id"]), revision: Number(row["revision"]), madeAt: String(row["made_at"]) },
    step: JSON.parse(String(row["step"])) as RecordedStep["step"],
  };
}
