import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBullmqQueue } from "../../src/queue/queues/bullmq.ts";
import { REDIS_PROGRAM, type RedisServer, startRedis } from "../support/redis-server.ts";
import { runCli } from "../support/run-cli.ts";

describe.skipIf(!REDIS_PROGRAM)("a queue's commands in trouble", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  }, 120_000);
  afterAll(async () => await server.remove());

  it("end at once when their port for metrics is taken", async () => {
    const run = await runCli(["work", "--queue", server.url, "--metrics", String(server.port)]);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/cannot listen on/);
  }, 120_000);

  it("say which jobs there are none of, and ask for ids or all", async () => {
    const lost = await runCli(["queue", "retry", "night", "sub-01", "--queue", server.url]);
    expect(lost).toMatchObject({ code: 1, stdout: "0 of 2\n" });
    expect(lost.stderr).toMatch(/no such job to retry: "night"/);
    for (const words of [[], ["x", "--all"]]) {
      const run = await runCli(["queue", "cancel", ...words, "--queue", server.url]);
      expect({ words, code: run.code }).toEqual({ words, code: 2 });
      expect(run.stderr).toMatch(/in quotes, or --all/);
    }
  }, 120_000);

  it("revive parts before the nights that would fail of them again", async () => {
    const queue = await openBullmqQueue({ url: server.url, name: "revive" });
    try {
      for (const id of ["night", "part"]) {
        await queue.add({ id, kind: "night", data: null });
        await (await queue.claim())!.fail("spoilt", { isFinal: true });
      }
      const words = ["retry", "--all", "--queue", server.url, "--queue-name", "revive"];
      expect((await runCli(["queue", ...words])).stdout).toBe("2 of 2\n");
      expect((await queue.claim())?.job.id).toBe("part");
    } finally {
      await queue.close();
    }
  }, 120_000);

  it("are stopped also while the queue is away", async () => {
    const own = await startRedis();
    try {
      const run = await runCli(["work", "--queue", own.url], {
        onStderr: (text, child) => {
          if (text.includes("works on the queue")) void own.kill();
          if (text.includes("is away")) child.kill("SIGINT");
        },
      });
      expect(run.code).toBe(130);
      expect(run.stderr).toMatch(/does not answer/);
    } finally {
      await own.remove();
    }
  }, 120_000);
});
