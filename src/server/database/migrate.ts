import type { Client } from "@libsql/client";
import { KicklineError } from "../../index.ts";
import { MIGRATIONS } from "./migrations.ts";

/**
 * Brings a database to this version: each numbered step once, in order, whole or not at all.
 *
 * @throws KicklineError when the database is of a newer version: an older program must not touch it.
 */
export async function migrate(database: Client): Promise<void> {
  for (let version = await versionOf(database); version < MIGRATIONS.length; ) {
    const next = version + 1;
    try {
      await database.batch([...MIGRATIONS[version]!, `pragma user_version = ${next}`], "write");
      version = next;
    } catch (error) {
      // Another process may have taken the same step just before.
      version = await versionOf(database);
      if (version < next) throw error;
    }
  }
}

async function versionOf(database: Client): Promise<number> {
  const { rows } = await database.execute("pragma user_version");
  const version = Number(rows[0]?.["user_version"] ?? 0);
  if (version <= MIGRATIONS.length) return version;
  throw new KicklineError(
    "data-newer",
    `the data folder was written by a newer kickline (its version ${version}, ours ${MIGRATIONS.length})`,
    "Use that version, or give another folder with --data.",
  );
}
