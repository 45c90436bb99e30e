import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findFfmpeg } from "../src/media/ffmpeg.ts";
import type { NightReport } from "../src/report/night-report.ts";
import { joinIntervals } from "../src/signal/intervals.ts";
import { describeMachine } from "./machine.ts";
import { type MadeNight, makeNight } from "./make-night.ts";
import { runMeasured } from "./run-measured.ts";

/**
 * `npm run bench:motion`: finding where something moves, by this survey and by what one would use instead, on
 * the same made night: OpenCV's MOG2 (Debian's python3-opencv; the algorithm of DVR-Scan) and ffmpeg's scene
 * filter. CPU seconds, truly moving seconds found, and minutes wrongly called moving in a night of 8 hours.
 */
const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "0.5" },
    moving: { type: "string", default: "0.05" },
    cache: { type: "string", default: join(tmpdir(), "kickline-bench") },
  },
});
/** Seconds around a frame that moves which count as moving: as the survey's own pre- and post-roll. */
const ROLL = 2;

const ffmpeg = await findFfmpeg();
const night = makeNight(
  ffmpeg.path,
  "fixtures/clips",
  values.cache,
  Number(values.hours),
  Number(values.moving),
);
console.log(await describeMachine());
console.log(`${values.hours} h, ${100 * Number(values.moving)} % of its minutes moving`);
console.log("way                               CPU s   wall s   found  false min/8 h");

await compare("Kickline, its whole analysis", async () => {
  const out = mkdtempSync(join(tmpdir(), "kickline-bench-out-"));
  await run(process.execPath, ["dist/cli/main.js", "analyze", night.path, "--out", out]);
  const report = JSON.parse(readFileSync(join(out, "night.json"), "utf8")) as NightReport;
  rmSync(out, { recursive: true });
  const { binDuration, coverage } = report.timeline;
  return coverage.flatMap((state, bin) =>
    state === "still" || state === "gap" ? [] : [(bin + 0.5) * binDuration],
  );
});
for (const threshold of ["0.15"]) {
  await compare(`OpenCV MOG2, 320 px, over ${threshold}`, async () =>
    numbers(await run("/usr/bin/python3", ["bench/mog2.py", night.path, "320", threshold])),
  );
}
for (const threshold of ["0.003", "0.01"]) {
  await compare(`ffmpeg scene filter, over ${threshold}`, async () => {
    const filter = `scale=320:-2,select='gt(scene,${threshold})',metadata=print:file=-`;
    const args = ["-v", "error", "-nostdin", "-i", night.path, "-an", "-vf", filter, "-f", "null", "-"];
    const text = await run(ffmpeg.path, args);
    return [...text.matchAll(/pts_time:([\d.]+)/g)].map(([, seconds]) => Number(seconds));
  });
}

async function run(command: string, args: readonly string[]): Promise<string> {
  const { stdout, code } = await runMeasured(command, args);
  if (code !== 0 && code !== 3) throw new Error(`${command} ended with ${code}`);
  return stdout;
}

async function compare(way: string, find: () => Promise<readonly number[]>): Promise<void> {
  const [cpu, wall] = [childSeconds(), performance.now()];
  const moments = await find();
  const spent = childSeconds() - cpu;
  const seconds = (performance.now() - wall) / 1000;
  const { found, wrong } = judge(moments, night);
  const wrongMinutes = (wrong / 60) * ((8 * 3600) / night.seconds);
  console.log(
    `${way.padEnd(32)} ${spent.toFixed(0).padStart(6)} ${seconds.toFixed(0).padStart(8)} ${(100 * found).toFixed(1).padStart(6)} % ${wrongMinutes.toFixed(1).padStart(12)}`,
  );
}

/** CPU seconds of all children that have ended, theirs included (Linux; elsewhere NaN). */
function childSeconds(): number {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Share of the truly moving seconds found, and seconds called moving that are farther than the roll from any. */
function judge(moments: readonly number[], { moving }: MadeNight): { found: number; wrong: number } {
  const called = joinIntervals(
    moments.map((at) => ({ onset: at - ROLL, duration: 2 * ROLL })),
    0,
  );
  const near = moving.map(({ onset, duration }) => ({
    onset: onset - 3 * ROLL,
    duration: duration + 6 * ROLL,
  }));
  const isIn = (at: number, intervals: readonly { onset: number; duration: number }[]) =>
    intervals.some(({ onset, duration }) => at >= onset && at < onset + duration);
  let [all, found, wrong] = [0, 0, 0];
  for (const { onset, duration } of moving) {
    for (let at = onset; at < onset + duration; at += 0.5) {
      all++;
      if (isIn(at, called)) found++;
    }
  }
  for (const { onset, duration } of called) {
    for (let at = onset; at < onset + duration; at += 0.5) if (!isIn(at, near)) wrong += 0.5;
  }
  return { found: all === 0 ? 1 : found / all, wrong };
}

function numbers(text: string): number[] {
  return text.trim() === "" ? [] : text.trim().split("\n").map(Number);
}
