import { type Client, createClient } from "@libsql/client";
import { migrate } from "./migrate.ts";

export type Database = Client;

/** Opens the database file of a data folder, brought up to this version. The one place that knows the library. */
export async function openDatabase(path: string): Promise<Database> {
  const database = createClient({ url: `file:${path}`, intMode: "number", timeout: 10_000 });
  // Readers do not wait for the writer, and what was committed outlives a kill.
  await database.execute("pragma journal_mode = wal");
  await migrate(database);
  return database;
}
