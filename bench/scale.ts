import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { findFfmpeg } from "../src/media/ffmpeg.ts";
import type { WorkNews } from "../src/worker/work.ts";
import { startRedis } from "../test/support/redis-server.ts";
import { describeMachine } from "./machine.ts";
import { makeNight } from "./make-night.ts";
import { type JobCost, simulateFarm } from "./simulate-farm.ts";

/**
 * `npm run bench:scale`: the same study by one worker and by two, each on a core of its own, through a Redis
 * queue; what a job costs the queue and the storage; and with these figures, by simulation, farms of up to ten
 * thousand workers. Needs redis-server, and taskset (Linux).
 */
const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "0.5" },
    nights: { type: "string", default: "2" },
    moving: { type: "string", default: "0.2" },
    cache: { type: "string", default: join(tmpdir(), "kickline-bench") },
  },
});
const hours = Number(values.hours);
const PART_MINUTES = 10;
console.log(await describeMachine());
const videos = mkdtempSync(join(tmpdir(), "kickline-scale-"));
const night = makeNight(
  (await findFfmpeg()).path,
  "fixtures/clips",
  values.cache,
  hours,
  Number(values.moving),
);
const bytes = statSync(night.path).size;
for (let i = 0; i < Number(values.nights); i++) copyFileSync(night.path, join(videos, `sub-${i}.mp4`));

interface Run {
  readonly seconds: number;
  readonly news: readonly WorkNews[];
  readonly commands: number;
  readonly commandSeconds: number;
  readonly netBytes: number;
  readonly lookSeconds: number;
  readonly written: number;
}

const runs: Run[] = [];
for (const workers of [1, 2]) {
  const run = await farm(workers);
  runs.push(run);
  console.log(
    `${workers} ${workers === 1 ? "worker" : "workers"}: ${run.seconds.toFixed(1)} s for ${values.nights} nights of ${hours} h, ${run.news.filter(({ kind }) => kind === "done" || kind === "split").length} jobs; queue: ${(run.commands / jobsOf(run)).toFixed(0)} commands and ${((1e3 * run.commandSeconds) / jobsOf(run)).toFixed(2)} ms a job, ${(run.netBytes / jobsOf(run) / 1024).toFixed(1)} KiB a job; milestones and results ${(run.written / Number(values.nights) / 2 ** 20).toFixed(1)} MiB a night`,
  );
}
console.log(`1 -> 2 workers: ${(runs[0]!.seconds / runs[1]!.seconds).toFixed(2)} x as fast`);
rmSync(videos, { recursive: true });
simulate(runs[0]!);

function jobsOf({ news }: Run): number {
  return news.filter(({ kind }) => kind === "done" || kind === "split").length;
}

async function farm(workers: number): Promise<Run> {
  const server = await startRedis();
  const out = mkdtempSync(join(tmpdir(), "kickline-scale-out-"));
  const redis = new Redis(server.url);
  const place = ["--queue", server.url];
  const cli = "dist/cli/main.js";
  const put = spawn(
    process.execPath,
    [cli, "batch", videos, "--out", out, "--no-wait", "--part-minutes", String(PART_MINUTES), ...place],
    { stdio: "ignore" },
  );
  await new Promise((resolve) => put.on("close", resolve));
  await redis.config("RESETSTAT");
  const started = performance.now();
  const news = await Promise.all(
    Array.from({ length: workers }, (_, core) => {
      const words = ["-c", String(core), process.execPath, cli, "work", "--once", "--json", "--jobs", "1"];
      return workToTheEnd(spawn("taskset", [...words, ...place], { stdio: ["ignore", "pipe", "ignore"] }));
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const usage = readStats(await redis.info("commandstats"), await redis.info("stats"));
  // What it costs when nothing is due.
  await redis.config("RESETSTAT");
  const idle = spawn(process.execPath, [cli, "work", "--once", ...place], { stdio: "ignore" });
  await new Promise((resolve) => idle.on("close", resolve));
  const look = readStats(await redis.info("commandstats"), await redis.info("stats"));
  redis.disconnect();
  await server.remove();
  const written = sizeOf(out);
  rmSync(out, { recursive: true });
  return { seconds, news: news.flat(), ...usage, lookSeconds: look.commandSeconds / 4, written };
}

async function workToTheEnd(child: ReturnType<typeof spawn>): Promise<WorkNews[]> {
  let text = "";
  child.stdout!.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  await new Promise((resolve) => child.on("close", resolve));
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as WorkNews);
}

function readStats(commands: string, stats: string) {
  // Scripts count the commands inside them again: only what came over the wire.
  const rows = [...commands.matchAll(/cmdstat_(\S+?):calls=(\d+),usec=(\d+)/g)];
  const own = rows.filter(([, name]) =>
    /^(eval|evalsha|hget|hexists|hlen|hdel|hset|del|hgetall)$/.test(name!),
  );
  const sum = (at: 2 | 3) => own.reduce((total, row) => total + Number(row[at]), 0);
  const net = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(stats)?.[1] ?? 0);
  return {
    ...{ commands: sum(2), commandSeconds: sum(3) / 1e6 },
    netBytes: net("total_net_input_bytes") + net("total_net_output_bytes"),
  };
}

function sizeOf(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.map((name) => statSync(join(folder, name))).reduce((sum, file) => sum + file.size, 0);
}

/** Nights of eight hours, made of what was measured of one core's jobs. */
function simulate(run: Run): void {
  const times = (of: string, kind: string, word: string) =>
    run.news
      .filter((one) => one.kind === kind && one.of === of && one.job.includes(word))
      .map(({ seconds }) => seconds)
      .sort((a, b) => a - b);
  const cost = (seconds: readonly number[], reads: number, writes: number): JobCost => {
    const logs = seconds.map((value) => Math.log(Math.max(value, 0.01)));
    const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
    const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, logs.length);
    return { seconds: Math.exp(mean), spread: Math.sqrt(variance), reads, writes };
  };
  const scale = 8 / hours;
  const nightBytes = bytes * scale;
  const surveyParts = Math.ceil((8 * 60) / PART_MINUTES);
  const survey = cost(times("part", "done", " survey "), nightBytes / surveyParts, 1e6);
  const spanTimes = times("part", "done", " spans ");
  const spansANight = Math.round((spanTimes.length / Number(values.nights)) * scale);
  const spans = cost(spanTimes, (nightBytes * 0.1) / Math.max(1, spansANight), 3e6);
  // A night's job is split twice: when it was opened, and when its survey was there.
  const splits = new Map<string, number[]>();
  for (const { kind, job, seconds } of run.news) {
    if (kind === "split") splits.set(job, [...(splits.get(job) ?? []), seconds]);
  }
  const nth = (n: number) => [...splits.values()].flatMap((all) => all.slice(n, n + 1));
  // A longer night takes as much longer. Opening lists the packets of the whole file; later the file is only
  // looked at, to know that it is still the same.
  const long = (one: JobCost) => ({ ...one, seconds: one.seconds * scale });
  const open = long(cost(nth(0), nightBytes, 6e6));
  const middle = long(cost(nth(1), 16e6 + surveyParts * 1e6, 0));
  const finish = long(cost(times("night", "done", ""), 16e6 + spansANight * 3e6, 5e6));
  const queueSeconds = run.commandSeconds / jobsOf(run);
  console.log(
    `\nBy simulation, 100,000 nights of 8 h with ${100 * Number(values.moving)} % of minutes moving, one core a worker: ${surveyParts} survey parts of ${survey.seconds.toFixed(1)} s, ${spansANight} span parts of ${spans.seconds.toFixed(1)} s, opening ${open.seconds.toFixed(1)} s, joining the survey ${middle.seconds.toFixed(1)} s, finishing ${finish.seconds.toFixed(1)} s; queue ${(1e3 * queueSeconds).toFixed(2)} ms a job`,
  );
  console.log("workers  storage     nights/h   days  workers busy  queue busy  storage busy  nights open");
  for (const gigabits of [10, 100]) {
    for (const workers of [1, 10, 100, 300, 1000, 3000, 10_000]) {
      const nights = Math.min(100_000, workers * 100);
      const result = simulateFarm({
        ...{ workers, nights, surveyParts, spanParts: spansANight, open, middle, survey, spans, finish },
        ...{ queueSeconds, lookSeconds: run.lookSeconds, pollSeconds: 1 },
        ...{ storageBytes: (gigabits * 1e9) / 8, random: seeded(workers) },
      });
      const days = 100_000 / result.nightsPerHour / 24;
      const share = (value: number) => `${(100 * value).toFixed(1)} %`;
      console.log(
        `${String(workers).padStart(7)}  ${`${gigabits} Gbit/s`.padEnd(10)} ${result.nightsPerHour.toFixed(0).padStart(9)} ${days.toFixed(1).padStart(6)} ${share(result.busy).padStart(13)} ${share(result.queueBusy).padStart(11)} ${share(result.storageBusy).padStart(13)} ${String(result.mostOpen).padStart(12)}`,
      );
    }
  }
}

/** The same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
