import { randomBytes } from "node:crypto";
import type { Row } from "@libsql/client";
import type { NightReport } from "../../index.ts";
import type { Database } from "../database/open-database.ts";

/** A night as the server knows it, whatever its analysis says. */
export interface NightRow {
  readonly id: string;
  readonly title: string;
  /** Whose night: nights of one subject are compared with each other only. */
  readonly subject: string;
  /** Absolute paths of the recording's files. */
  readonly files: readonly string[];
  readonly startedAt: string | null;
  readonly timeZone: string | null;
  /** Analysis options as given. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly addedAt: string;
  /** What lists show of its report, once there is one. */
  readonly brief: NightSummary | null;
}

export type NightSummary = Pick<NightReport, "summary" | "coverage" | "fitToJudge"> &
  Pick<NightReport["recording"], "startedAt" | "duration"> &
  Pick<NightReport["limits"], "highestHz">;

export function summarizeNight(report: NightReport): NightSummary {
  return {
    ...{ startedAt: report.recording.startedAt, duration: report.recording.duration },
    ...{ summary: report.summary, coverage: report.coverage, fitToJudge: report.fitToJudge },
    highestHz: report.limits.highestHz,
  };
}

export type NewNight = Omit<NightRow, "addedAt" | "brief">;

export function newId(): string {
  return randomBytes(8).toString("hex");
}

/** The nights of a data folder. One that was removed keeps its row, for the trail of its reviews. */
export class NightStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(night: NewNight): Promise<void> {
    await this.#database.execute({
      sql: `insert into nights (id, title, subject, files, started_at, time_zone, options, added_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        ...[night.id, night.title, night.subject, JSON.stringify(night.files)],
        ...[night.startedAt, night.timeZone, JSON.stringify(night.options), new Date().toISOString()],
      ],
    });
  }

  async list(): Promise<NightRow[]> {
    const { rows } = await this.#database.execute(
      "select * from nights where removed_at is null order by added_at desc, id",
    );
    return rows.map(toNight);
  }

  async get(id: string): Promise<NightRow | undefined> {
    const { rows } = await this.#database.execute({
      sql: "select * from nights where id = ? and removed_at is null",
      args: [id],
    });
    return rows[0] && toNight(rows[0]);
  }

  async setBrief(id: string, brief: NightSummary): Promise<void> {
    await this.#database.execute({
      sql: "update nights set brief = ? where id = ?",
      args: [JSON.stringify(brief), id],
    });
  }

  async remove(id: string): Promise<void> {
    await this.#database.execute({
      sql: "update nights set removed_at = ? where id = ?",
      args: [new Date().toISOString(), id],
    });
  }
}

function toNight(row: Row): NightRow {
  const text = (name: string) => String(row[name]);
  const orNull = (name: string) => (row[name] === null ? null : text(name));
  return {
    ...{ id: text("id"), title: text("title"), subject: text("subject") },
    files: JSON.parse(text("files")) as string[],
    ...{ startedAt: orNull("started_at"), timeZone: orNull("time_zone") },
    options: JSON.parse(text("options")) as Record<string, unknown>,
    addedAt: text("added_at"),
    brief: row["brief"] === null ? null : (JSON.parse(text("brief")) as NightSummary),
  };
}
