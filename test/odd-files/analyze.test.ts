import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { analyzeRecording } from "../../src/analyze.ts";
import type { NightReport } from "../../src/report/night-report.ts";
import { copyFirstPart } from "../support/damage-file.ts";
import { runFfmpeg } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);

/** Films a sleeping cot: noise, and nothing that moves. */
async function filmQuiet(path: string, seconds: number): Promise<string> {
  const source = `color=gray:size=160x120:rate=25:duration=${seconds}`;
  const encoder = ["-c:v", "libx264", "-g", "25", "-bf", "2", "-movflags", "+faststart", "-threads", "1"];
  const picture = ["-vf", "noise=alls=6:allf=t:all_seed=3", "-pix_fmt", "yuv420p"];
  await runFfmpeg("-f", "lavfi", "-i", source, ...picture, ...encoder, path);
  return path;
}

function sumOf({ still, legsSeen, legsNotSeen, carer, gap, unreadable }: NightReport["coverage"]): number {
  return still + legsSeen + legsNotSeen + carer + gap + unreadable;
}

describe("a night in a folder, with a pause, a spoilt file and a damaged one", () => {
  it("is analysed: every second is accounted for, and what is missing is named", async () => {
    const night = join(folder.path, "night");
    mkdirSync(night);
    const first = await filmQuiet(join(night, "20261122_220000.mp4"), 8);
    copyFirstPart(first, join(night, "20261122_220010.mp4"), 0.02);
    const damaged = await filmQuiet(join(night, "20261122_220020.mp4"), 16);
    const bytes = readFileSync(damaged);
    const at = (share: number) => Math.floor(bytes.length * share);
    writeFileSync(damaged, bytes.fill(0, at(0.4), at(0.7)));

    const { report, recording } = await analyzeRecording([night], { parallel: 1 });
    expect(recording.duration).toBeCloseTo(36, 2);
    const { binDuration } = report.timeline;
    expect(Math.abs(sumOf(report.coverage) - recording.duration)).toBeLessThan(binDuration);
    expect(Math.abs(report.coverage.gap - 12)).toBeLessThanOrEqual(binDuration);
    // Three tenths of the bytes, of a picture that is equally busy all the time.
    expect(Math.abs(report.coverage.unreadable - 4.8)).toBeLessThan(1.5);
    const states = (from: number, to: number) =>
      new Set(report.timeline.coverage.slice(from / binDuration, to / binDuration));
    expect(states(8, 20)).toEqual(new Set(["gap"]));
    expect(states(20 + 8, 20 + 10)).toEqual(new Set(["unreadable"]));
    expect(report.coverage.observableHours).toBeCloseTo(
      (report.coverage.still + report.coverage.legsSeen + report.coverage.legsNotSeen) / 3600,
      6,
    );
    const found = report.issues.map(({ code, onset, duration }) => [code, onset, duration]);
    expect(found).toContainEqual(["gap", 8, 12]);
    expect(found).toContainEqual(["file-unreadable", 10, 10]);
    expect(found.map(([code]) => code)).toContain("frames-unreadable");
    expect(report.recording.files.map(({ name }) => name)).toEqual([
      "20261122_220000.mp4",
      "20261122_220020.mp4",
    ]);
  }, 120_000);
});
