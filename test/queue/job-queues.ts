import { afterEach, describe, expect, it } from "vitest";
import type { JobQueue, QueueSetup } from "../../src/queue/job-queue.ts";

/** Opens handles on one and the same store of jobs, each as another process would. */
export interface QueueStore {
  open(setup: QueueSetup): Promise<JobQueue>;
  /** Takes the store and all handles away. */
  remove(): Promise<void>;
}

const SLOW: QueueSetup = { leaseMs: 60_000, mostAttempts: 3, retryDelayMs: 1 };
/** A lease that ends while a test waits. Tests wait for what must come, not for a time. */
const BRIEF: QueueSetup = { leaseMs: 400, mostAttempts: 3, retryDelayMs: 1 };
const AWKWARD = ["a:b/c\\d", "'; drop table jobs; --", "säugling 👶", "../../etc", " ", "constructor", "%00"];

/** Waits for a claim that must come sooner or later. */
async function claimed(queue: JobQueue) {
  for (const started = Date.now(); Date.now() - started < 20_000; ) {
    const claim = await queue.claim();
    if (claim) return claim;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("no job was given out");
}

/** Claims until the job is dead: a queue may find the silent worker in its own time. */
async function untilDead(queue: JobQueue, id: string) {
  for (const started = Date.now(); Date.now() - started < 20_000; ) {
    expect(await queue.claim()).toBeUndefined();
    const job = await queue.get(id);
    if (job?.state === "dead") return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the job did not die");
}

/** What every queue of jobs keeps to. */
export function describeJobQueue(name: string, create: () => Promise<QueueStore>): void {
  describe(`the ${name} queue`, () => {
    const stores: QueueStore[] = [];
    afterEach(async () => {
      for (const store of stores.splice(0)) await store.remove();
    });
    const openStore = async () => {
      const store = await create();
      stores.push(store);
      return store;
    };
    const openQueue = async (setup = SLOW) => (await openStore()).open(setup);
    const job = (id: string) => ({ id, kind: "test", data: { id } });

    it("keeps what it was given, and answers nothing of what it does not know", async () => {
      const queue = await openQueue();
      const data = { text: "ä'\"\n", list: [1, null, true], deep: { a: { b: 0.1 } } };
      const added = await queue.add({ id: "one", kind: "analyze", data, mostAttempts: 7 });
      const fresh = { state: "waiting", attempts: 0, progress: null, result: null, reason: null };
      expect(added).toEqual({ id: "one", kind: "analyze", data, mostAttempts: 7, ...fresh });
      expect(await queue.get("one")).toEqual(added);
      expect(await queue.get("two")).toBeUndefined();
      expect(await queue.cancel("two")).toBe(false);
      expect(await queue.retry("two")).toBe(false);
      expect(await queue.remove("two")).toBe(false);
      expect(await (await openQueue()).claim()).toBeUndefined();
    });

    it("takes any text for an id, and the same id once", async () => {
      const queue = await openQueue();
      for (const id of [...AWKWARD, "x".repeat(200)]) await queue.add(job(id));
      const again = await queue.add({ id: AWKWARD[0]!, kind: "other", data: null });
      expect(again).toMatchObject({ kind: "test", data: { id: AWKWARD[0] } });
      expect((await queue.list()).map(({ id }) => id)).toEqual([...AWKWARD, "x".repeat(200)]);
      await Promise.all(Array.from({ length: 8 }, () => queue.add(job("at once"))));
      expect((await queue.list()).filter(({ id }) => id === "at once")).toHaveLength(1);
      await expect(queue.add(job(""))).rejects.toThrow(RangeError);
      await expect(queue.add(job("x".repeat(201)))).rejects.toThrow(RangeError);
      await expect(queue.add({ ...job("none"), mostAttempts: 0 })).rejects.toThrow(RangeError);
    });

    it("gives out in the order of adding, and adds a finished job no second time", async () => {
      const queue = await openQueue();
      for (const id of ["a", "b", "c"]) await queue.add(job(id));
      const order: string[] = [];
      for (let claim = await queue.claim(); claim; claim = await queue.claim()) {
        order.push(claim.job.id);
        expect(claim.job).toMatchObject({ state: "running", attempts: 1, data: { id: claim.job.id } });
        expect(await claim.complete({ ok: claim.job.id })).toBe(true);
      }
      expect(order).toEqual(["a", "b", "c"]);
      expect(await queue.add(job("b"))).toMatchObject({ state: "done", result: { ok: "b" }, attempts: 1 });
      expect(await queue.claim()).toBeUndefined();
    });

    it("never gives one job to two workers at once, however many ask", async () => {
      const store = await openStore();
      const handles = await Promise.all([0, 1, 2, 3].map(() => store.open(SLOW)));
      const ids = Array.from({ length: 40 }, (_, i) => `job-${i}`);
      await Promise.all(ids.map((id, i) => handles[i % 4]!.add(job(id))));
      const taken: string[] = [];
      const work = async (queue: JobQueue) => {
        for (let claim = await queue.claim(); claim; claim = await queue.claim()) {
          taken.push(claim.job.id);
          expect(await claim.heartbeat()).toBe("held");
          expect(await claim.complete()).toBe(true);
        }
      };
      await Promise.all(handles.flatMap((queue) => [work(queue), work(queue)]));
      expect(taken.sort()).toEqual(ids.sort());
      expect(await handles[0]!.counts()).toEqual({ waiting: 0, running: 0, done: 40, dead: 0, cancelled: 0 });
    });

    it("shows progress to every handle", async () => {
      const store = await openStore();
      const [worker, watcher] = [await store.open(SLOW), await store.open(SLOW)];
      await worker.add(job("a"));
      const claim = await claimed(worker);
      expect(await claim.progress({ stage: "survey", done: 3.5 })).toBe("held");
      expect(await watcher.get("a")).toMatchObject({ progress: { stage: "survey", done: 3.5 } });
    });

    it("tries again after a failure, as often as told, then keeps it dead with the reason", async () => {
      const queue = await openQueue();
      await queue.add({ ...job("a"), mostAttempts: 2 });
      expect(await (await claimed(queue)).fail("disk full")).toBe(true);
      expect(await queue.get("a")).toMatchObject({ state: "waiting", attempts: 1, reason: "disk full" });
      const second = await claimed(queue);
      expect(second.job.attempts).toBe(2);
      expect(await second.fail("still full")).toBe(true);
      expect(await queue.get("a")).toMatchObject({ state: "dead", attempts: 2, reason: "still full" });
      expect(await queue.claim()).toBeUndefined();
      expect(await queue.list(["dead"])).toHaveLength(1);
      expect(await queue.retry("a")).toBe(true);
      const third = await claimed(queue);
      expect(third.job.attempts).toBe(1);
      expect(await third.complete()).toBe(true);
      expect(await queue.get("a")).toMatchObject({ state: "done" });
    });

    it("buries at once what another attempt cannot help", async () => {
      const queue = await openQueue();
      await queue.add(job("a"));
      expect(await (await claimed(queue)).fail("no video in it", { isFinal: true })).toBe(true);
      expect(await queue.get("a")).toMatchObject({ state: "dead", attempts: 1, reason: "no video in it" });
    });

    it("gives the job of a silent worker to another, and refuses what the first says then", async () => {
      const store = await openStore();
      const [first, second] = [await store.open(BRIEF), await store.open(BRIEF)];
      await first.add(job("a"));
      const silent = await claimed(first);
      const next = await claimed(second);
      expect(next.job).toMatchObject({ id: "a", attempts: 2 });
      expect(await silent.heartbeat()).toBe("lost");
      expect(await silent.progress(1)).toBe("lost");
      expect(await silent.fail("late")).toBe(false);
      expect(await silent.release()).toBe(false);
      expect(await silent.complete("late")).toBe(false);
      expect(await next.complete("in time")).toBe(true);
      expect(await first.get("a")).toMatchObject({ state: "done", result: "in time" });
    });

    it("leaves a job to a worker that keeps saying it works", async () => {
      const store = await openStore();
      const [first, second] = [await store.open(BRIEF), await store.open(BRIEF)];
      await first.add(job("a"));
      const claim = await claimed(first);
      for (const started = Date.now(); Date.now() - started < 4 * BRIEF.leaseMs; ) {
        expect(await claim.heartbeat()).toBe("held");
        expect(await second.claim()).toBeUndefined();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(await claim.complete()).toBe(true);
    });

    it("buries a job that silences every worker", async () => {
      const queue = await openQueue(BRIEF);
      await queue.add({ ...job("poison"), mostAttempts: 2 });
      await claimed(queue);
      await claimed(queue);
      const { reason, attempts } = await untilDead(queue, "poison");
      expect(reason).toMatch(/silent/);
      expect(attempts).toBe(2);
    });

    it("takes back unharmed what a stopping worker gives back", async () => {
      const queue = await openQueue();
      await queue.add({ ...job("a"), mostAttempts: 1 });
      expect(await (await claimed(queue)).release()).toBe(true);
      expect(await queue.get("a")).toMatchObject({ state: "waiting", attempts: 0, reason: null });
      const claim = await claimed(queue);
      expect(claim.job.attempts).toBe(1);
      expect(await claim.complete()).toBe(true);
      expect(await claim.complete()).toBe(false);
    });

    it("cancels what waits and what runs, and lets it wait anew", async () => {
      const queue = await openQueue();
      await queue.add(job("waits"));
      expect(await queue.cancel("waits")).toBe(true);
      expect(await queue.cancel("waits")).toBe(false);
      expect(await queue.claim()).toBeUndefined();
      await queue.add(job("runs"));
      const claim = await claimed(queue);
      expect(await queue.cancel("runs")).toBe(true);
      expect(await queue.get("runs")).toMatchObject({ state: "cancelled" });
      expect(await claim.heartbeat()).toBe("cancelled");
      expect(await claim.complete()).toBe(false);
      expect(await claim.fail("no")).toBe(false);
      expect((await queue.counts()).cancelled).toBe(2);
      expect(await queue.retry("runs")).toBe(true);
      const next = await claimed(queue);
      expect(next.job).toMatchObject({ id: "runs", attempts: 1 });
      expect(await claim.heartbeat()).not.toBe("held");
      expect(await next.complete()).toBe(true);
      expect(await queue.retry("runs")).toBe(false);
    });

    it("puts work aside until its parts have ended, well or not, and then gives it out again", async () => {
      const queue = await openQueue();
      await queue.add({ ...job("night"), mostAttempts: 1 });
      const night = await claimed(queue);
      const parts = ["part-1", "part-2", "part-3"].map((id) => ({ ...job(id), mostAttempts: 1 }));
      expect(await night.waitFor(parts)).toBe(true);
      expect(await night.heartbeat()).not.toBe("held");
      expect(await night.complete()).toBe(false);
      expect(await queue.get("night")).toMatchObject({ state: "waiting", attempts: 0 });
      const inHand = [await claimed(queue), await claimed(queue), await claimed(queue)];
      expect(inHand.map((claim) => claim.job.id).sort()).toEqual(["part-1", "part-2", "part-3"]);
      expect(await queue.claim()).toBeUndefined();
      expect(await inHand[0]!.complete("well")).toBe(true);
      expect(await inHand[1]!.fail("badly")).toBe(true);
      expect(await queue.claim()).toBeUndefined();
      await queue.cancel(inHand[2]!.job.id);
      const again = await claimed(queue);
      expect(again.job).toMatchObject({ id: "night", attempts: 1, data: { id: "night" } });
      // Split once more, with parts that have all ended: there is nothing to wait for.
      expect(await again.waitFor(parts)).toBe(true);
      const last = await claimed(queue);
      expect(last.job).toMatchObject({ id: "night", attempts: 1 });
      expect(await last.complete("whole")).toBe(true);
      expect(await queue.counts()).toEqual({ waiting: 0, running: 0, done: 2, dead: 1, cancelled: 1 });
    });

    it("gives out parts of begun work before it begins more", async () => {
      const queue = await openQueue();
      for (const id of ["first", "second", "third"]) await queue.add(job(id));
      await (await claimed(queue)).waitFor([job("first-a"), job("first-b")]);
      const order: string[] = [];
      for (let claim = await queue.claim(); claim; claim = await queue.claim()) {
        order.push(claim.job.id);
        await claim.complete();
      }
      expect([...order.slice(0, 2)].sort()).toEqual(["first-a", "first-b"]);
      expect(order.slice(2)).toEqual(["first", "second", "third"]);
    });

    it("adds parts once, however often a worker dies between splitting and waiting", async () => {
      const store = await openStore();
      const [first, second] = [await store.open(BRIEF), await store.open(BRIEF)];
      await first.add({ ...job("night"), mostAttempts: 5 });
      const lost = await claimed(first);
      const taken = await claimed(second);
      expect(await lost.waitFor([job("a"), job("b")])).toBe(false);
      expect(await second.get("a")).toBeUndefined();
      expect(await taken.waitFor([job("a")])).toBe(true);
      const part = await claimed(first);
      expect(part.job.id).toBe("a");
      await part.complete();
      const more = await claimed(first);
      expect(await more.waitFor([job("a"), job("b")])).toBe(true);
      const next = await claimed(first);
      expect(next.job).toMatchObject({ id: "b", attempts: 1 });
      await expect(next.waitFor([job("")])).rejects.toThrow(RangeError);
      await next.complete();
      expect((await claimed(first)).job.id).toBe("night");
    });

    it("lets parts end in peace whose whole was cancelled", async () => {
      const queue = await openQueue();
      await queue.add(job("night"));
      await (await claimed(queue)).waitFor([job("a"), job("b")]);
      expect(await queue.cancel("night")).toBe(true);
      for (const _ of [1, 2]) expect(await (await claimed(queue)).complete()).toBe(true);
      expect(await queue.claim()).toBeUndefined();
      expect(await queue.get("night")).toMatchObject({ state: "cancelled" });
      expect(await queue.retry("night")).toBe(true);
      expect((await claimed(queue)).job).toMatchObject({ id: "night", attempts: 1 });
    });

    it("forgets only what has ended, and takes its id anew then", async () => {
      const queue = await openQueue();
      await queue.add(job("a"));
      expect(await queue.remove("a")).toBe(false);
      const claim = await claimed(queue);
      expect(await queue.remove("a")).toBe(false);
      await claim.complete();
      expect(await queue.remove("a")).toBe(true);
      expect(await queue.get("a")).toBeUndefined();
      expect(await queue.add(job("a"))).toMatchObject({ state: "waiting" });
    });

    it("counts each job once, whatever happens to it", async () => {
      const queue = await openQueue();
      for (const id of ["a", "b", "c", "d", "e"]) await queue.add(job(id));
      await (await claimed(queue)).complete();
      await (await claimed(queue)).fail("x", { isFinal: true });
      await claimed(queue);
      await queue.cancel("d");
      expect(await queue.counts()).toEqual({ waiting: 1, running: 1, done: 1, dead: 1, cancelled: 1 });
      expect((await queue.list(["waiting", "running"])).map(({ id }) => id)).toEqual(["c", "e"]);
    });
  });
}
