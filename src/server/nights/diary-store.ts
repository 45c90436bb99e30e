import type { Row } from "@libsql/client";
import { z } from "zod";
import type { Database } from "../database/open-database.ts";
import { newId } from "./night-store.ts";

export const DIARY_KINDS = ["feed", "medicine", "iron", "fever", "routine", "other"] as const;

const text = (most: number) => z.string().max(most);

export const newDiaryEntrySchema = z.strictObject({
  subject: text(80),
  /** Day, or day and time, as the clock on the wall shows it. */
  at: z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/),
  kind: z.enum(DIARY_KINDS),
  text: text(500),
});
export type DiaryEntry = z.infer<typeof newDiaryEntrySchema> & { readonly id: string };

/** What parents know and the camera cannot: all in their own words, all optional. */
export const historySchema = z.strictObject({
  name: text(80).default(""),
  ageWeeks: text(40).default(""),
  bornWeeks: text(40).default(""),
  feeding: text(300).default(""),
  family: text(500).default(""),
  medicines: text(500).default(""),
  iron: text(300).default(""),
  ferritin: text(80).default(""),
  soothes: text(500).default(""),
  worries: text(1000).default(""),
  questions: text(1000).default(""),
});
export type History = z.infer<typeof historySchema>;

/** The diary between nights, and what parents say about one night. */
export class DiaryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(subject: string): Promise<DiaryEntry[]> {
    const { rows } = await this.#database.execute({
      sql: "select * from diary where subject = ? and removed_at is null order by at, id",
      args: [subject],
    });
    return rows.map(toEntry);
  }

  async add(entry: Omit<DiaryEntry, "id">): Promise<DiaryEntry> {
    const id = newId();
    await this.#database.execute({
      sql: "insert into diary (id, subject, at, kind, text, added_at) values (?, ?, ?, ?, ?, ?)",
      args: [id, entry.subject, entry.at, entry.kind, entry.text, new Date().toISOString()],
    });
    return { id, ...entry };
  }

  async remove(id: string): Promise<void> {
    await this.#database.execute({
      sql: "update diary set removed_at = ? where id = ?",
      args: [new Date().toISOString(), id],
    });
  }

  async history(night: string): Promise<{ revision: number; answers: History }> {
    const { rows } = await this.#database.execute({
      sql: "select * from histories where night = ?",
      args: [night],
    });
    const row = rows[0];
    if (!row) return { revision: 0, answers: historySchema.parse({}) };
    return {
      revision: Number(row["revision"]),
      answers: historySchema.parse(JSON.parse(String(row["answers"]))),
    };
  }

  /** @returns false when another tab has saved since `base`: nothing was changed. */
  async saveHistory(night: string, base: number, answers: History): Promise<boolean> {
    const { rowsAffected } = await this.#database.execute({
      sql: `insert into histories (night, revision, answers, changed_at) values (?, ?, ?, ?)
        on conflict (night) do update set revision = excluded.revision, answers = excluded.answers,
          changed_at = excluded.changed_at where histories.revision = ?`,
      args: [night, base + 1, JSON.stringify(answers), new Date().toISOString(), base],
    });
    return rowsAffected > 0;
  }
}

function toEntry(row: Row): DiaryEntry {
  const word = (name: string) => String(row[name]);
  return {
    ...{ id: word("id"), subject: word("subject"), at: word("at"), text: word("text") },
    kind: word("kind") as DiaryEntry["kind"],
  };
}
