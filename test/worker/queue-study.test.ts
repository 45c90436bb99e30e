import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findStudyInputs, parseStudyOptions, runStudy, summarizeStudy } from "../../src/index.ts";
import type { JobQueue } from "../../src/queue/job-queue.ts";
import { createMemoryQueue } from "../../src/queue/queues/memory.ts";
import { openStorage } from "../../src/store/study-storage.ts";
import { nightJob, partJobId } from "../../src/worker/night-jobs.ts";
import { queueStudy } from "../../src/worker/queue-study.ts";
import { type WorkNews, work } from "../../src/worker/work.ts";
import { makeLongNight, PIECES, SMALL_PARTS } from "../support/long-night.ts";
import { BUCKET, startS3 } from "../support/s3-server.ts";
import { studyContents } from "../support/study-contents.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const at = (...names: readonly string[]) => join(folder.path, ...names);
const never = new AbortController().signal;
const OPTIONS = parseStudyOptions({ analysis: PIECES });

const inputs = () => findStudyInputs([at("videos")]);

/** Has a study made by a queue's workers, beside a watcher that waits for it. */
async function makeByQueue(
  queue: JobQueue,
  out: string,
  more: { options?: typeof OPTIONS; resume?: boolean; wait?: boolean; mostWaiting?: number } = {},
) {
  const { options = OPTIONS, resume = true, wait = true, mostWaiting = 100 } = more;
  const news: WorkNews[] = [];
  const end = new AbortController();
  const working = work({
    ...{ queue, jobs: 2, cores: 2, signal: never, drain: end.signal, pollMs: 20, heartbeatMs: 100 },
    onNews: (one) => news.push(one),
  });
  const common = { queue, out: at(out), options, base: process.cwd(), sizes: SMALL_PARTS };
  try {
    const entries = await queueStudy(await inputs(), {
      ...{ ...common, resume, wait, mostWaiting, signal: never, pollMs: 20 },
    });
    if (wait) await summarizeStudy(at(out), options);
    return { entries, news };
  } finally {
    end.abort();
    await working;
  }
}

beforeAll(async () => {
  for (const name of ["sub-01", "sub-02"]) mkdirSync(at("videos", name), { recursive: true });
  await makeLongNight(at("night.mp4"));
  copyFileSync(at("night.mp4"), at("videos", "sub-01", "first.mp4"));
  copyFileSync(at("night.mp4"), at("videos", "sub-02", "first.mp4"));
  writeFileSync(at("videos", "sub-02", "spoilt.mp4"), "no film at all");
  const call = { options: OPTIONS, jobs: 2, cores: 2, resume: true, signal: never };
  await runStudy(await inputs(), at("here"), call);
  await summarizeStudy(at("here"), OPTIONS);
}, 120_000);

describe("a study made by a queue's workers", () => {
  it("is the study made here, byte for byte, with long nights shared out in parts", async () => {
    const queue = createMemoryQueue();
    const { entries, news } = await makeByQueue(queue, "queued");
    expect(studyContents(at("queued"))).toEqual(studyContents(at("here")));
    expect(entries.map((entry) => entry?.state)).toEqual(["done", "done", "failed"]);
    const done = news.filter(({ kind }) => kind === "done");
    const parts = done.filter(({ of }) => of === "part").map(({ job }) => job);
    expect(new Set(parts).size).toBe(parts.length);
    for (const kind of ["survey", "spans"]) {
      expect(parts.filter((id) => id.includes(` ${kind} `)).length).toBeGreaterThan(2);
    }
    expect(news.filter(({ kind }) => kind === "split").length).toBeGreaterThan(2);
    // Nothing is left behind in the queue.
    expect(await queue.list()).toEqual([]);
  }, 120_000);

  it("keeps what is done, and asks for nothing twice", async () => {
    const before = studyContents(at("queued"));
    const { entries, news } = await makeByQueue(createMemoryQueue(), "queued");
    expect(entries.map((entry) => entry?.state)).toEqual(["done", "done", "failed"]);
    expect(news.filter(({ of }) => of === "part")).toEqual([]);
    expect(studyContents(at("queued"))).toEqual(before);
  }, 60_000);

  it("can leave the queue to its workers, one night at a time, and come back for the study", async () => {
    const queue = createMemoryQueue();
    const left = await makeByQueue(queue, "left", { wait: false });
    expect(left.entries).toEqual([undefined, undefined, undefined]);
    const { entries } = await makeByQueue(queue, "left", { mostWaiting: 1 });
    expect(entries.map((entry) => entry?.state)).toEqual(["done", "done", "failed"]);
    expect(studyContents(at("left"))).toEqual(studyContents(at("here")));
  }, 120_000);

  it("does a part again whose piece was lost, and waits for no part that is done and yet missing", async () => {
    const queue = createMemoryQueue();
    const [input] = await inputs();
    const job = nightJob(
      { out: at("lost"), options: OPTIONS, base: process.cwd(), sizes: SMALL_PARTS },
      input!,
    );
    // As if a first survey part had been done, and its pieces removed since.
    await queue.add({ id: partJobId(job.id, { kind: "survey", from: 0, to: 2 }), kind: "part", data: null });
    await (await queue.claim())!.complete();
    const { entries } = await makeByQueue(queue, "lost");
    expect(entries[0]?.state).toBe("done");
    expect(studyContents(at("lost"))).toEqual(studyContents(at("here")));
  }, 120_000);

  it("lets a part that fails for good fail its night alone, with the reason in queue and ledger", async () => {
    const queue = createMemoryQueue();
    const [input] = await inputs();
    const job = nightJob(
      { out: at("poison"), options: OPTIONS, base: process.cwd(), sizes: SMALL_PARTS },
      input!,
    );
    const id = partJobId(job.id, { kind: "survey", from: 0, to: 2 });
    await queue.add({ id, kind: "part", data: null, mostAttempts: 1 });
    await (await queue.claim())!.fail("it brings every worker down");
    // The night is under way already.
    await queue.add(job);
    const { entries } = await makeByQueue(queue, "poison");
    expect(entries.map((entry) => entry?.state)).toEqual(["failed", "done", "failed"]);
    expect(entries[0]?.why).toMatch(/survey 0-2\) failed: it brings every worker down/);
    const dead = await queue.list(["dead"]);
    expect(dead.map((one) => one.id).sort()).toEqual([job.id, id].sort());
    // Given again once the reason is gone, it is done, parts and all, and nothing is left in the queue.
    const again = await makeByQueue(queue, "poison");
    expect(again.entries[0]?.state).toBe("done");
    expect(studyContents(at("poison"))).toEqual(studyContents(at("here")));
    expect(await queue.list()).toEqual([]);
  }, 120_000);

  it("may be waited for by several, who all hear the same, and leaves nothing in the queue", async () => {
    const [input] = await inputs();
    const queue = createMemoryQueue();
    const call = {
      ...{ queue, out: at("here"), options: OPTIONS, base: process.cwd(), sizes: SMALL_PARTS },
      ...{ resume: true, wait: true, mostWaiting: 10, signal: never },
    };
    const [made] = await queueStudy([input!], { ...call, pollMs: 5 });
    // It ended while both waited, and another has fetched it.
    const waiting = queueStudy([input!], { ...call, resume: false, pollMs: 30 });
    const { id } = nightJob(call, input!);
    while ((await queue.get(id)) === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    await (await queue.claim())!.complete(JSON.parse(JSON.stringify(made)));
    await queue.remove(id);
    expect(await waiting).toEqual([made]);
    // It ended while nobody waited.
    await queue.add(nightJob(call, input!));
    await (await queue.claim())!.complete(JSON.parse(JSON.stringify(made)));
    expect(await queueStudy([input!], call)).toEqual([made]);
    expect(await queue.list()).toEqual([]);
  }, 60_000);

  it("gives work back whose storage it may not use, and says so", async () => {
    const queue = createMemoryQueue({ mostAttempts: 1 });
    const [input] = await inputs();
    const study = { out: `s3://${BUCKET}/x`, options: OPTIONS, base: process.cwd(), sizes: SMALL_PARTS };
    const job = nightJob(study, input!);
    await queue.add(job);
    const news: WorkNews[] = [];
    const call = { queue, jobs: 1, cores: 1, signal: never, drain: never, once: true };
    const working = work({ ...call, onNews: (one) => news.push(one) });
    await expect(working).rejects.toMatchObject({ name: "OutputError", code: "storage-denied" });
    expect(news.map(({ kind }) => kind)).toEqual(["begun", "given-back"]);
    expect(await queue.get(job.id)).toMatchObject({ state: "waiting" });
  });

  it("refuses work of another version, of a study that is not to be seen, and of other options", async () => {
    const queue = createMemoryQueue({ retryDelayMs: 1, mostAttempts: 1 });
    const [input] = await inputs();
    const study = { out: at("nowhere"), options: OPTIONS, base: process.cwd(), sizes: SMALL_PARTS };
    const job = nightJob(study, input!);
    await queue.add({ ...job, id: "old", data: { ...(job.data as object), kickline: "0.0.1" } });
    await queue.add({ ...job, id: "unseen" });
    const other = nightJob({ ...study, out: at("here"), options: parseStudyOptions({ clips: 1 }) }, input!);
    await queue.add({ ...other, id: "other" });
    await queue.add({ ...job, id: "strange", kind: "dance" });
    const end = new AbortController();
    await work({ queue, jobs: 1, cores: 1, signal: never, drain: end.signal, once: true, pollMs: 5 });
    const reason = async (id: string) => (await queue.get(id))?.reason;
    expect(await reason("old")).toMatch(/queued by Kickline 0\.0\.1/);
    expect(await reason("unseen")).toMatch(/holds no study/);
    expect(await reason("other")).toMatch(/other options/);
    expect(await reason("strange")).toMatch(/kind "dance"/);
  });

  it("lies on an object store as well, with its inputs, and each worker keeps copies of its own", async () => {
    const server = await startS3();
    const before = { ...process.env };
    Object.assign(process.env, server.env, { KICKLINE_CACHE: at("cache") });
    try {
      const store = await openStorage(`s3://${BUCKET}/videos`);
      await store.putFile("sub-01/first.mp4", at("night.mp4"));
      const [input] = await findStudyInputs([`s3://${BUCKET}/videos`]);
      const out = `s3://${BUCKET}/study`;
      const queue = createMemoryQueue();
      const end = new AbortController();
      const common = { queue, signal: never, pollMs: 20 };
      const working = work({ ...common, jobs: 2, cores: 2, drain: end.signal, heartbeatMs: 100 });
      const entries = await queueStudy([input!], {
        ...{ ...common, out, options: OPTIONS, base: process.cwd(), sizes: SMALL_PARTS },
        ...{ resume: true, wait: true, mostWaiting: 1 },
      });
      end.abort();
      await working;
      expect(entries[0]).toMatchObject({ state: "done", subject: "01", night: "first" });
      const study = await openStorage(out);
      const names = (await study.walk("")).filter((name) => name.startsWith("sub-01/ses-"));
      const here = studyContents(at("here"));
      expect(names).toEqual(Object.keys(here).filter((name) => name.startsWith("sub-01/ses-")));
      for (const name of names)
        expect(Buffer.from((await study.read(name))!).toString("base64")).toBe(here[name]);
      expect(await study.walk("milestones")).not.toEqual([]);
    } finally {
      process.env = before;
      await server.close();
    }
  }, 120_000);

  it("removes every folder it worked in", () => {
    for (const study of ["queued", "left", "poison"]) {
      expect(readdirSync(at(study)).filter((name) => name.startsWith(".kickline"))).toEqual([]);
    }
    rmSync(at("left"), { recursive: true });
  });
});
