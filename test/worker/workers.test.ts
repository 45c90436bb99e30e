import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findStudyInputs, parseStudyOptions, runStudy, summarizeStudy } from "../../src/index.ts";
import type { JobQueue } from "../../src/queue/job-queue.ts";
import { openBullmqQueue } from "../../src/queue/queues/bullmq.ts";
import { queueStudy } from "../../src/worker/queue-study.ts";
import type { WorkNews } from "../../src/worker/work.ts";
import { builtCli } from "../support/built-cli.ts";
import { makeLongNight, PIECES, SMALL_PARTS } from "../support/long-night.ts";
import { REDIS_PROGRAM, type RedisServer, startRedis } from "../support/redis-server.ts";
import { runCli } from "../support/run-cli.ts";
import { studyContents } from "../support/study-contents.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { openWeakLink } from "../support/weak-link.ts";

const folder = makeTempFolder();
const at = (...names: readonly string[]) => join(folder.path, ...names);
const never = new AbortController().signal;
const OPTIONS = parseStudyOptions({ analysis: PIECES });
const workers: Worker[] = [];
let server: RedisServer;
let number = 0;

/** `kickline work` in a process of its own. */
class Worker {
  readonly news: WorkNews[] = [];
  stderr = "";
  readonly ended: Promise<number | string>;
  readonly #child: ChildProcess;

  constructor(cli: string, words: readonly string[]) {
    this.#child = spawn(process.execPath, [cli, "work", "--json", ...words], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let rest = "";
    this.#child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) this.news.push(JSON.parse(line) as WorkNews);
    });
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) =>
      this.#child.once("exit", (code, signal) => resolve(signal ?? code ?? "?")),
    );
    workers.push(this);
  }

  end(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits until it has begun a part (and not ended it yet). */
  async inHand(after = 0): Promise<WorkNews> {
    return await until(() => {
      const begun = this.news.filter(({ kind, of }) => kind === "begun" && of === "part");
      const last = this.news.at(-1);
      return begun.length > after && last?.kind === "begun" && last.of === "part" ? last : undefined;
    });
  }
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (const started = Date.now(); Date.now() - started < 60_000; ) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it did not come to it");
}

async function startWorker(name: string, ...more: readonly string[]): Promise<Worker> {
  const place = ["--queue", server.url, "--queue-name", name];
  return new Worker(await builtCli(), [...place, "--jobs", "1", "--lease-seconds", "2", ...more]);
}

async function makeStudy(queue: JobQueue, out: string) {
  const inputs = await findStudyInputs([at("videos")]);
  const common = { queue, out: at(out), options: OPTIONS, base: process.cwd(), sizes: SMALL_PARTS };
  const call = { ...common, resume: true, wait: true, mostWaiting: 10, signal: never, pollMs: 50 };
  const entries = await queueStudy(inputs, call);
  await summarizeStudy(at(out), OPTIONS);
  return entries;
}

const begun = (news: readonly WorkNews[]) =>
  news.filter(({ kind, of }) => kind === "begun" && of === "part").map(({ job }) => job);

describe.skipIf(!REDIS_PROGRAM)("workers on a Redis queue", () => {
  beforeAll(async () => {
    server = await startRedis();
    mkdirSync(at("videos"));
    await makeLongNight(at("night.mp4"));
    for (const name of ["sub-01.mp4", "sub-02.mp4"]) copyFileSync(at("night.mp4"), at("videos", name));
    const inputs = await findStudyInputs([at("videos")]);
    await runStudy(inputs, at("here"), { options: OPTIONS, jobs: 2, cores: 2, resume: true, signal: never });
    await summarizeStudy(at("here"), OPTIONS);
    await builtCli();
  }, 240_000);
  afterAll(async () => {
    for (const worker of workers) worker.end("SIGKILL");
    await Promise.all(workers.map((worker) => worker.ended));
    await server.remove();
    folder.remove();
  });

  it("lose nothing when they are killed in the middle, and repeat at most what was in hand", async () => {
    const name = `killed-${number++}`;
    const queue = await openBullmqQueue({ url: server.url, name });
    const first = await startWorker(name);
    const making = makeStudy(queue, "killed");
    const lost = [await first.inHand()];
    first.end("SIGKILL");
    const second = await startWorker(name);
    const third = await startWorker(name);
    lost.push(await second.inHand());
    second.end("SIGKILL");
    expect((await making).map((entry) => entry?.state)).toEqual(["done", "done"]);
    expect(studyContents(at("killed"))).toEqual(studyContents(at("here")));
    const all = [first, second, third].flatMap((worker) => begun(worker.news));
    const repeated = all.length - new Set(all).size;
    expect(repeated).toBeLessThanOrEqual(lost.length);
    expect(await queue.list()).toEqual([]);
    third.end("SIGTERM");
    expect(await third.ended).toBe(0);
    await queue.close();
  }, 240_000);

  it("are replaced when they are cut off, and spoil nothing when they are back", async () => {
    const name = `cut-off-${number++}`;
    const queue = await openBullmqQueue({ url: server.url, name });
    const link = await openWeakLink(server.port);
    const first = await startWorker(name, "--queue", `redis://127.0.0.1:${link.port}`);
    const making = makeStudy(queue, "cut-off");
    const { job } = await first.inHand();
    link.cut();
    const second = await startWorker(name);
    expect((await making).map((entry) => entry?.state)).toEqual(["done", "done"]);
    expect(begun(second.news)).toContain(job);
    expect(studyContents(at("cut-off"))).toEqual(studyContents(at("here")));
    second.end("SIGTERM");
    expect(await second.ended).toBe(0);
    // What it says now of work that others did counts for nothing, and it goes on with the next study.
    link.mend();
    const more = await makeStudy(queue, "after");
    expect(more.map((entry) => entry?.state)).toEqual(["done", "done"]);
    for (const study of ["cut-off", "after"]) {
      expect(studyContents(at(study))).toEqual(studyContents(at("here")));
    }
    expect(await queue.list()).toEqual([]);
    first.end("SIGTERM");
    expect(await first.ended).toBe(0);
    await link.close();
    await queue.close();
  }, 240_000);

  it("finish what they have in hand when told to end, take no more, and say that they are not ready", async () => {
    const name = `drained-${number++}`;
    const queue = await openBullmqQueue({ url: server.url, name });
    const first = await startWorker(name, "--metrics", "0");
    const address = await until(() => /(http:\S+)\/metrics/.exec(first.stderr)?.[1]);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    const making = makeStudy(queue, "drained");
    const last = await first.inHand(1);
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toMatch(/kickline_queue_jobs\{state="running",kickline="[\d.]+"\} 1/);
    expect(metrics).toMatch(/kickline_worker_jobs_total\{of="night",outcome="split"/);
    expect(metrics).toMatch(/kickline_worker_job_seconds_count\{[^}]*of="part",outcome="done"/);
    expect(metrics).not.toMatch(/sub-0|\.mp4/);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}/other`)).status).toBe(404);
    first.end("SIGTERM");
    expect(await first.ended).toBe(0);
    expect(first.news.at(-1)).toMatchObject({ kind: "done", job: last.job });
    // Stopped at once instead, the part in hand goes back and is done by the next.
    const second = await startWorker(name);
    await second.inHand();
    second.end("SIGINT");
    expect(await second.ended).toBe(130);
    expect(second.news.at(-1)).toMatchObject({ kind: "stopped" });
    const third = await startWorker(name, "--once");
    expect((await making).map((entry) => entry?.state)).toEqual(["done", "done"]);
    expect(studyContents(at("drained"))).toEqual(studyContents(at("here")));
    expect(await third.ended).toBe(0);
    await queue.close();
  }, 240_000);

  it("are given whole studies by the command line, which shows and revives what failed for good", async () => {
    const place = ["--queue", server.url, "--queue-name", `words-${number++}`];
    const words = ["batch", at("videos"), "--out", at("words"), "--progress", "none", ...place];
    const put = await runCli([...words, "--no-wait"]);
    expect(put.code).toBe(0);
    expect(put.stderr).toMatch(/All is in the queue/);
    expect((await runCli(["queue", "--json", ...place])).stdout).toMatch(/"waiting":2/);
    const worker = new Worker(await builtCli(), [...place, "--once"]);
    const made = await runCli(words);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/2 nights: 2 done/);
    expect(await worker.ended).toBe(0);
    const queue = await openBullmqQueue({ url: server.url, name: place[3]! });
    await queue.add({ id: "poison", kind: "night", data: null });
    await (await queue.claim())!.fail("it brings every worker down", { isFinal: true });
    await queue.close();
    expect((await runCli(["queue", "list", ...place])).stdout).toBe(
      "poison\tdead\t1\tit brings every worker down\n",
    );
    expect((await runCli(["queue", "retry", "--all", ...place])).stdout).toBe("1 of 1\n");
    expect((await runCli(["queue", "cancel", "poison", ...place])).stdout).toBe("1 of 1\n");
    expect((await runCli(["queue", "remove", "poison", "other", ...place])).code).toBe(1);
  }, 240_000);
});

describe("without a server", () => {
  it("every command that needs the queue says so, and how to name one", async () => {
    for (const [words, code, says] of [
      [["work"], 2, /no queue is named/],
      [["work", "--queue", "http://127.0.0.1"], 2, /no address of a Redis/],
      [["work", "--queue", "redis://127.0.0.1:1"], 1, /cannot be reached/],
      [["work", "--queue", "redis://127.0.0.1:1", "--metrics", "high"], 2, /not a port/],
      [["queue", "--queue", "redis://user:secret@127.0.0.1:1"], 1, /redis:\/\/127\.0\.0\.1:1 cannot/],
      [["batch", "x", "--out", "y", "--queue", "redis://127.0.0.1:1", "--shard", "1/2"], 1, /x/],
    ] as const) {
      const run = await runCli(words);
      expect({ words, code: run.code }).toEqual({ words, code });
      expect(run.stderr).toMatch(says);
      expect(run.stderr).not.toMatch(/secret/);
    }
  }, 60_000);
});
