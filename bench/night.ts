import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findFfmpeg } from "../src/media/ffmpeg.ts";
import type { NightReport } from "../src/report/night-report.ts";
import { describeMachine } from "./machine.ts";
import { type MadeNight, makeNight } from "./make-night.ts";
import { runMeasured } from "./run-measured.ts";

/**
 * `npm run bench:night [-- --hours 0.5,2,8 --moving 0.05,0.2]`: speed, memory and recall on nights made here,
 * with the decode floor (same file, same number of ffmpeg processes, loop filter skipped, small gray frames to
 * null) measured in the same run. Run `npm run build` first.
 */
const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "0.5,2,8" },
    moving: { type: "string", default: "0.05,0.2" },
    cache: { type: "string", default: join(tmpdir(), "kickline-bench") },
  },
});
const numbers = (text: string) => text.split(",").map(Number);
const ffmpeg = await findFfmpeg();
console.log(await describeMachine());
console.log(
  "hours moving  floor x  survey x  whole x  whole/floor  peak MB  moving found  sent to pose  seconds by stage",
);
for (const share of numbers(values.moving)) {
  const grown: Grown[] = [];
  for (const hours of numbers(values.hours)) {
    const night = makeNight(ffmpeg.path, "fixtures/clips", values.cache, hours, share);
    const floor = await decodeFloor(night);
    const out = mkdtempSync(join(tmpdir(), "kickline-bench-out-"));
    const run = await runMeasured(process.execPath, [
      "dist/cli/main.js",
      "analyze",
      night.path,
      "--out",
      out,
    ]);
    if (run.code !== 0 && run.code !== 3) throw new Error(`analyze ended with ${run.code}`);
    const report = JSON.parse(readFileSync(join(out, "night.json"), "utf8")) as NightReport;
    rmSync(out, { recursive: true });
    grown.push({ hours, peakMb: run.peakMb, seconds: run.seconds });
    const { stages } = report.timing;
    const sent = report.coverage.legsSeen + report.coverage.legsNotSeen + report.coverage.carer;
    const x = (seconds: number) => (night.seconds / seconds).toFixed(1);
    console.log(
      [
        String(hours).padStart(5),
        `${Math.round(share * 100)} %`.padStart(6),
        x(floor).padStart(8),
        x(stages["survey"]!).padStart(9),
        x(run.seconds).padStart(8),
        (run.seconds / floor).toFixed(2).padStart(12),
        run.peakMb.toFixed(0).padStart(8),
        `${(100 * recall(night, report)).toFixed(1)} %`.padStart(13),
        `${((100 * sent) / night.seconds).toFixed(1)} %`.padStart(13),
        ` ${Object.entries(stages)
          .map(([name, seconds]) => `${name} ${seconds.toFixed(0)}`)
          .join(", ")}`,
      ].join(" "),
    );
  }
  if (grown.length > 1) {
    const [memory, time] = [slope(grown, "peakMb"), slope(grown, "seconds")];
    console.log(`  each hour more: ${memory.toFixed(1)} MB, ${time.toFixed(1)} s`);
  }
}

interface Grown {
  readonly hours: number;
  readonly peakMb: number;
  readonly seconds: number;
}

/** Least squares slope over hours. */
function slope(rows: readonly Grown[], of: "peakMb" | "seconds"): number {
  const mean = (pick: (row: Grown) => number) => rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
  const [hours, value] = [mean((row) => row.hours), mean((row) => row[of])];
  const both = mean((row) => (row.hours - hours) * (row[of] - value));
  return both / mean((row) => (row.hours - hours) ** 2);
}

/** Seconds the same number of ffmpeg processes need to decode the file to small gray frames and drop them. */
async function decodeFloor(night: MadeNight): Promise<number> {
  const parts = availableParallelism();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: parts }, (_, i) => {
      const from = (night.seconds * i) / parts;
      const args = `-v error -nostdin -threads 1 -filter_threads 1 -skip_loop_filter all -ss ${from} -i ${night.path} -t ${night.seconds / parts} -an -vf scale=320:180:flags=fast_bilinear,format=gray -f null -`;
      return new Promise((resolve) =>
        spawn(ffmpeg.path, args.split(" "), { stdio: "ignore" }).on("close", resolve),
      );
    }),
  );
  return (performance.now() - started) / 1000;
}

/** Share of the truly moving seconds that lie in what was looked at closely. */
function recall({ moving }: MadeNight, { timeline }: NightReport): number {
  let [found, all] = [0, 0];
  for (const { onset, duration } of moving) {
    for (let second = onset; second < onset + duration; second += 0.5) {
      all++;
      const state = timeline.coverage[Math.min(timeline.bins - 1, Math.floor(second / timeline.binDuration))];
      if (state !== "still" && state !== "gap") found++;
    }
  }
  return all === 0 ? 1 : found / all;
}
