import { join } from "node:path";
import { createLibsqlQueue } from "../../src/queue/queues/libsql.ts";
import { type Database, openDatabase } from "../../src/server/database/open-database.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { describeJobQueue } from "./job-queues.ts";

describeJobQueue("database", async () => {
  const folder = makeTempFolder();
  const open: Database[] = [];
  return {
    async open(setup) {
      // Each handle has connections of its own, as another process would.
      const database = await openDatabase(join(folder.path, "test.db"));
      open.push(database);
      return createLibsqlQueue(database, setup);
    },
    async remove() {
      for (const database of open) database.close();
      folder.remove();
    },
  };
});
