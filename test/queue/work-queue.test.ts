import { describe, expect, it } from "vitest";
import type { Claim } from "../../src/queue/job-queue.ts";
import { createMemoryQueue } from "../../src/queue/queues/memory.ts";
import { FinalFailure, NotHere, workQueue } from "../../src/queue/work-queue.ts";

const job = (id: string) => ({ id, kind: "test", data: null });
const FAST = { once: true, pollMs: 5, heartbeatMs: 5 };

describe("a worker of a queue", () => {
  it("drains: does every job, tries failed ones again, and ends", async () => {
    const queue = createMemoryQueue({ retryDelayMs: 1 });
    for (const id of ["good", "twice", "bad", "hopeless"]) await queue.add(job(id));
    const seen: string[] = [];
    await workQueue(
      queue,
      async ({ id, attempts }, { progress }) => {
        seen.push(id);
        progress({ at: id });
        if (id === "bad" || (id === "twice" && attempts === 1)) throw new Error(`${id} failed`);
        if (id === "hopeless") throw new FinalFailure("never");
        return id.length;
      },
      FAST,
    );
    expect(seen.filter((id) => id === "bad")).toHaveLength(3);
    expect(seen.filter((id) => id === "hopeless")).toHaveLength(1);
    expect(await queue.get("twice")).toMatchObject({ state: "done", result: 5, progress: { at: "twice" } });
    expect(await queue.get("bad")).toMatchObject({ state: "dead", reason: "bad failed" });
    expect(await queue.get("hopeless")).toMatchObject({ state: "dead", reason: "never", attempts: 1 });
  });

  it("gives a job back unharmed that it cannot do here, and rests before the next", async () => {
    const queue = createMemoryQueue({ mostAttempts: 1 });
    await queue.add(job("one"));
    const drain = new AbortController();
    const tried: number[] = [];
    const handler = async () => {
      tried.push(performance.now());
      if (tried.length < 4) throw new NotHere("the storage is away");
      drain.abort();
      return "there";
    };
    await workQueue(queue, handler, { ...FAST, once: false, restMs: 40, drain: drain.signal });
    expect(await queue.get("one")).toMatchObject({ state: "done", attempts: 1, result: "there" });
    // A timer may ring a moment early.
    for (let i = 1; i < tried.length; i++) expect(tried[i]! - tried[i - 1]!).toBeGreaterThan(35);
  });

  it("ends with what keeps it from working when nobody waits for it to pass", async () => {
    const queue = createMemoryQueue({ mostAttempts: 1 });
    await queue.add(job("one"));
    const handler = () => Promise.reject(new NotHere("the storage is away"));
    await expect(workQueue(queue, handler, FAST)).rejects.toThrow("the storage is away");
    expect(await queue.get("one")).toMatchObject({ state: "waiting" });
  });

  it("passes progress on no more often than told, first and last word included", async () => {
    const queue = createMemoryQueue();
    await queue.add(job("talks"));
    let said = 0;
    const count = (claim: Claim) => (value: number) => {
      said++;
      return claim.progress(value);
    };
    const counted = {
      ...queue,
      async claim() {
        const claim = await queue.claim();
        if (!claim) return undefined;
        return { ...claim, progress: count(claim) } as typeof claim;
      },
    };
    const talk = async (_: unknown, { progress }: { progress: (value: number) => void }) => {
      for (let i = 1; i <= 100; i++) {
        progress(i);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      return null;
    };
    await workQueue(counted, talk, { ...FAST, heartbeatMs: 60_000, progressMs: 100_000 });
    expect(said).toBe(2);
    expect(await queue.get("talks")).toMatchObject({ state: "done", progress: 100 });
  });

  it("finishes what is in hand when drained, and takes no more", async () => {
    const queue = createMemoryQueue();
    for (const id of ["a", "b"]) await queue.add(job(id));
    const drain = new AbortController();
    const once = async () => {
      drain.abort();
      return null;
    };
    await workQueue(queue, once, { ...FAST, drain: drain.signal });
    expect(await queue.counts()).toMatchObject({ done: 1, waiting: 1 });
  });

  it("gives its job back when it is stopped", async () => {
    const queue = createMemoryQueue();
    await queue.add({ ...job("long"), mostAttempts: 1 });
    const stop = new AbortController();
    await workQueue(
      queue,
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason as Error));
          stop.abort();
        }),
      { ...FAST, signal: stop.signal },
    );
    expect(await queue.get("long")).toMatchObject({ state: "waiting", attempts: 0 });
  });

  it("stops work that was cancelled, and keeps working while it is long", async () => {
    const queue = createMemoryQueue({ leaseMs: 200 });
    await queue.add(job("cancelled"));
    await queue.add(job("long"));
    const runs: string[] = [];
    await workQueue(
      queue,
      async ({ id }, { signal }) => {
        runs.push(id);
        if (id === "cancelled") {
          await queue.cancel(id);
          await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stop"))));
        }
        await new Promise((resolve) => setTimeout(resolve, 600));
        return null;
      },
      FAST,
    );
    expect(runs).toEqual(["cancelled", "long"]);
    expect(await queue.counts()).toMatchObject({ done: 1, cancelled: 1 });
  });
});
