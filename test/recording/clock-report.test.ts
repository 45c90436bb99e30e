import { describe, expect, it } from "vitest";
import { describeClockReport } from "../../src/recording/clock-report.ts";
import type { Recording, RecordingFile } from "../../src/recording/recording.ts";

function fileAt(onset: number, times: readonly number[]): RecordingFile {
  const time = Float64Array.from(times);
  const frames = { time, key: new Uint8Array(time.length), bytes: new Uint32Array(time.length) };
  return { onset, duration: times.at(-1)! + 0.04, frames } as unknown as RecordingFile;
}

function reportOf(...files: RecordingFile[]) {
  const last = files.at(-1)!;
  return describeClockReport({ files, duration: last.onset + last.duration } as unknown as Recording);
}

const steady = (seconds: number, rate = 25) => Array.from({ length: seconds * rate }, (_, i) => i / rate);

describe("describeClockReport", () => {
  it("finds a steady camera steady", () => {
    const report = reportOf(fileAt(0, steady(1500)));
    expect(report).toMatchObject({ frames: 37_500, duplicateFrames: 0, droppedFrames: 0, gaps: [] });
    expect(report.frameRate).toBeCloseTo(25, 9);
    expect(report.interval).toBeCloseTo(0.04, 9);
    expect(report.shortestInterval).toBeCloseTo(0.04, 9);
    expect(report.longestInterval).toBeCloseTo(0.04, 9);
    expect(
      report.stretches.map(({ onset, duration, frames }) => [onset, Math.round(duration), frames]),
    ).toEqual([
      [0, 600, 15_000],
      [600, 600, 15_000],
      [1200, 300, 7500],
    ]);
    for (const { frameRate, unevenShare } of report.stretches) {
      expect(frameRate).toBeCloseTo(25, 6);
      expect(unevenShare).toBe(0);
    }
  });

  it("holds the stated rate beside the measured one, where all files state the same", () => {
    const stating = (rate: number | undefined, onset = 0) => ({
      ...fileAt(onset, steady(10)),
      statedFrameRate: rate,
    });
    expect(reportOf(stating(30)).statedFrameRate).toBe(30);
    expect(reportOf(stating(30), stating(30, 10)).statedFrameRate).toBe(30);
    expect(reportOf(stating(30), stating(25, 10)).statedFrameRate).toBeNaN();
    expect(reportOf(stating(undefined)).statedFrameRate).toBeNaN();
  });

  it("counts dropped frames, and says in which ten minutes", () => {
    const times = steady(1200).filter((time, i) => time < 600 || i % 5 !== 0);
    const report = reportOf(fileAt(0, times));
    // The last fifth frame before the end is followed by others: all 3,000 count.
    expect(report.droppedFrames).toBe(3000);
    expect(report.stretches[0]).toMatchObject({ frames: 15_000, unevenShare: expect.closeTo(0, 3) });
    expect(report.stretches[1]!.frameRate).toBeCloseTo(20, 3);
    expect(report.stretches[1]!.unevenShare).toBeCloseTo(0.25, 3);
  });

  it("counts frames with the time of the one before", () => {
    const times = steady(10).flatMap((time, i) => (i % 50 === 7 ? [time, time] : [time]));
    const report = reportOf(fileAt(0, times));
    expect(report).toMatchObject({ frames: 255, duplicateFrames: 5, droppedFrames: 0 });
    expect(report.frameRate).toBeCloseTo(25, 6);
    expect(report.shortestInterval).toBeCloseTo(0.04, 9);
  });

  it("keeps gaps, inside a file and between files, out of the rate", () => {
    const paused = steady(60).map((time) => (time < 20 ? time : time + 30));
    const report = reportOf(fileAt(0, paused), fileAt(300, steady(60)));
    expect(report.gaps.map(({ onset, duration }) => [Math.round(onset), Math.round(duration)])).toEqual([
      [20, 30],
      [90, 210],
    ]);
    expect(report.frameRate).toBeCloseTo(25, 1);
    expect(report.stretches[0]!.frameRate).toBeCloseTo(25, 1);
    expect(report.droppedFrames).toBe(0);
  });

  it("has no rate where nothing was filmed", () => {
    const report = reportOf(fileAt(0, steady(600)), fileAt(1800, steady(600)));
    expect(report.stretches.map(({ frames }) => frames)).toEqual([15_000, 0, 0, 15_000]);
    expect(report.stretches[1]!.frameRate).toBeNaN();
    expect(report.stretches[3]!.frameRate).toBeCloseTo(25, 6);
  });

  it("describes a single picture", () => {
    const report = reportOf(fileAt(0, [0]));
    expect(report).toMatchObject({ frames: 1, interval: NaN, longestInterval: NaN, droppedFrames: 0 });
    expect(report.frameRate).toBeCloseTo(25, 9);
  });
});
