import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobQueue } from "../../src/queue/job-queue.ts";
import { openBullmqQueue } from "../../src/queue/queues/bullmq.ts";
import { REDIS_PROGRAM, type RedisServer, startRedis } from "../support/redis-server.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { describeJobQueue } from "./job-queues.ts";

const HAS_OPENSSL = spawnSync("openssl", ["version"]).status === 0;
let server: RedisServer;
let number = 0;

describe.skipIf(!REDIS_PROGRAM)("on a server of its own", () => {
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.remove());

  describeJobQueue("BullMQ", async () => {
    const name = `test-${number++}`;
    const open: JobQueue[] = [];
    return {
      async open(setup) {
        const queue = await openBullmqQueue({ url: server.url, name }, setup);
        open.push(queue);
        return queue;
      },
      async remove() {
        for (const queue of open) await queue.close();
      },
    };
  });

  it("loses nothing when the server is killed, and goes on by itself when it is back", async () => {
    const own = await startRedis();
    const told: boolean[] = [];
    const onAway = (isAway: boolean) => void told.push(isAway);
    const queue = await openBullmqQueue({ url: own.url, onAway }, { leaseMs: 60_000 });
    try {
      for (const id of ["a", "b"]) await queue.add({ id, kind: "test", data: { id } });
      const claim = (await queue.claim())!;
      await own.kill();
      const late = claim.complete("late");
      await own.start();
      expect(await late).toBe(true);
      expect(told).toEqual([true, false]);
      expect(await queue.get("a")).toMatchObject({ state: "done", result: "late" });
      expect((await queue.claim())?.job).toMatchObject({ id: "b", data: { id: "b" } });
    } finally {
      await queue.close();
      await own.remove();
    }
  });

  it("asks for the password, and shows it to nobody", async () => {
    const own = await startRedis({ password: "s3cret-word" });
    try {
      const url = own.url.replace("//", "//:wrong-word@");
      const refused = await openBullmqQueue({ url }).catch((error: Error) => error);
      expect(refused).toMatchObject({ name: "KicklineError", code: "queue-away" });
      expect((refused as Error).message).not.toMatch(/wrong-word/);
      const queue = await openBullmqQueue({ url: own.url, password: "s3cret-word" });
      expect((await queue.add({ id: "a", kind: "test", data: null })).state).toBe("waiting");
      await queue.close();
    } finally {
      await own.remove();
    }
  });

  it.skipIf(!HAS_OPENSSL)("speaks TLS, and only with an authority that is trusted", async () => {
    const folder = makeTempFolder();
    const [certificate, key] = [join(folder.path, "own.crt"), join(folder.path, "own.key")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
    const words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
    execFileSync("openssl", [...words, "-keyout", key, "-out", certificate], { stdio: "ignore" });
    const own = await startRedis({ password: "word", tls: { certificate, key } });
    try {
      const refused = await openBullmqQueue({ url: own.url, password: "word" }).catch(
        (error: Error) => error,
      );
      expect(refused).toMatchObject({ code: "queue-away" });
      expect((refused as Error).message).toMatch(/certificate/);
      // Node reads its authorities at its start, so this is a program of its own.
      const run = await runCli(["queue", "--queue", own.url, "--json"], {
        env: { NODE_EXTRA_CA_CERTS: certificate, KICKLINE_QUEUE_PASSWORD: "word" },
      });
      expect(run.stderr).toBe("");
      expect(JSON.parse(run.stdout)).toMatchObject({ waiting: 0 });
    } finally {
      await own.remove();
      folder.remove();
    }
  });

  it("says so in one error when there is no server", async () => {
    const refused = await openBullmqQueue({ url: "redis://127.0.0.1:1" }).catch((error: Error) => error);
    expect(refused).toMatchObject({ name: "KicklineError", code: "queue-away" });
    expect((refused as Error).message).toMatch(/127\.0\.0\.1:1 cannot be reached/);
  }, 30_000);
});
