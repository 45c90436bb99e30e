import { readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { IssueCode } from "../../src/issues.ts";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { copyFirstPart } from "../support/damage-file.ts";
import { makeVideo, remux, runFfmpeg } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const ffmpeg = await findFfmpeg();
const clip = makeVideo(folder.path, "clip.mp4", { frames: 100 });
const copyAs = async (name: string) => {
  const path = join(folder.path, name);
  await copyFile(await clip, path);
  return path;
};
const open = (paths: readonly string[], startedAt?: string) => openRecording(ffmpeg, paths, { startedAt });
const codes = (issues: readonly { readonly code: IssueCode }[]) => issues.map(({ code }) => code);

describe("openRecording: one file", () => {
  it("does not know the clock of a file that does not tell it", async () => {
    const { recording, issues } = await open([await clip]);
    expect(recording).toMatchObject({ startedAt: undefined, startedAtSource: undefined, duration: 4 });
    expect(recording.frameRate).toBeCloseTo(25, 9);
    expect(codes(issues)).toEqual(["clock-unknown"]);
  });

  it("takes the given start before the file's name, and that before the container's", async () => {
    const dated = await remux(
      await clip,
      "20261122_213000.mp4",
      "-metadata",
      "creation_time=2026-11-20T01:02:03Z",
    );
    const given = await open([dated], "2026-11-22T21:31:00+01:00");
    expect(given.recording).toMatchObject({
      startedAt: "2026-11-22T21:31:00+01:00",
      startedAtSource: "given",
    });
    const named = await open([dated]);
    expect(named.recording).toMatchObject({ startedAt: "2026-11-22T21:30:00", startedAtSource: "file name" });
    const plain = join(folder.path, "night.mp4");
    await copyFile(dated, plain);
    const contained = await open([plain]);
    expect(contained.recording).toMatchObject({
      startedAt: "2026-11-20T01:02:03Z",
      startedAtSource: "container",
    });
    expect(contained.issues).toEqual([]);
  });

  it.each(["yesterday", "2026-13-01T00:00:00", "2026-02-30T10:00", "22:30", ""])(
    "refuses %j as a start",
    async (startedAt) => {
      await expect(open([await clip], startedAt)).rejects.toMatchObject({ code: "options-invalid" });
    },
  );

  it("keeps its id under another name, and has another when the content differs", async () => {
    const [one, two] = [await open([await clip]), await open([await copyAs("renamed.mp4")])];
    expect(two.recording.id).toBe(one.recording.id);
    const other = await remux(await clip, "other.mp4", "-metadata", "title=another");
    expect((await open([other])).recording.id).not.toBe(one.recording.id);
  });

  it("tells of a variable rate, and has the time of every frame", async () => {
    const { path, truth } = variableFixture();
    const { recording, issues } = await open([path]);
    const { time } = recording.files[0]!.frames;
    expect(codes(issues)).toContain("frame-rate-variable");
    expect(time.length).toBe(truth.length);
    for (const [i, at] of truth.entries())
      expect(Math.abs(time[i]! - (at - truth[0]!))).toBeLessThan(0.00101);
  });

  it("tells of a slow camera", async () => {
    const slow = join(folder.path, "slow.mp4");
    await runFfmpeg("-f", "lavfi", "-i", "testsrc=size=64x48:rate=8:duration=3", "-pix_fmt", "yuv420p", slow);
    expect(codes((await open([slow])).issues)).toContain("frame-rate-low");
  });

  it("tells of a gap between two frames, and how long it is", async () => {
    const gapped = join(folder.path, "gapped.mkv");
    await runFfmpeg(
      ...[
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=64x48:rate=25:duration=2",
        "-vf",
        "setpts=PTS+gte(N\\,20)*30/TB",
      ],
      ...[...ffmpeg.passthrough, "-pix_fmt", "yuv420p", gapped],
    );
    const { issues, recording } = await open([gapped]);
    const [gap] = issues.filter(({ code }) => code === "gap");
    expect(gap?.onset).toBeCloseTo(0.76, 2);
    expect(gap?.duration).toBeCloseTo(30.04, 2);
    expect(recording.duration).toBeCloseTo(32, 1);
  });

  it("tells of a file that ends before it should", async () => {
    const whole = await makeVideo(folder.path, "whole.mkv", { frames: 300 });
    const cut = copyFirstPart(whole, join(folder.path, "broken-off.mkv"), 0.5);
    const { recording, issues } = await open([cut]);
    expect(codes(issues)).toContain("file-shorter-than-stated");
    expect(recording.duration).toBeLessThan(8);
  });

  it("does not call a file short that only starts late", async () => {
    const late = await remux(await clip, "late.mkv", "-output_ts_offset", "500");
    const { recording, issues } = await open([late]);
    expect(codes(issues)).toEqual(["clock-unknown"]);
    expect(recording.files[0]!.firstTimestamp).toBeCloseTo(500, 2);
    expect(recording.files[0]!.frames.time[0]).toBe(0);
  });

  it("needs at least one file", async () => {
    await expect(open([])).rejects.toBeInstanceOf(TypeError);
  });

  it("rejects with the signal's reason, whenever it is aborted", async () => {
    const path = await clip;
    for (const ms of [0, 5, 15, 25, 40]) {
      const stop = new AbortController();
      const reason = new Error("stop");
      const opening = openRecording(ffmpeg, [path, path, path, path], { signal: stop.signal });
      setTimeout(() => stop.abort(reason), ms);
      await expect(opening).rejects.toBe(reason);
    }
    const opened = openRecording(ffmpeg, [path], { signal: AbortSignal.abort() });
    await expect(opened).rejects.toHaveProperty("name", "AbortError");
  });
});

describe("openRecording: several files", () => {
  it("orders them by their clocks and leaves the gap between them", async () => {
    const [first, second, third] = await Promise.all(
      ["cam_20261122-220000.mp4", "cam_20261122-220004.mp4", "cam_20261122-220100.mp4"].map(copyAs),
    );
    const { recording, issues } = await open([third!, first!, second!]);
    expect(recording.files.map(({ path, onset }) => [path, onset])).toEqual([
      [first, 0],
      [second, 4],
      [third, 60],
    ]);
    expect(recording).toMatchObject({ startedAt: "2026-11-22T22:00:00", duration: 64 });
    expect(recording.frameRate).toBeCloseTo(25, 9);
    expect(issues).toMatchObject([{ code: "gap", onset: 8, duration: 52 }]);
  });

  it("puts a file that seems to begin inside the one before at its end", async () => {
    const names = ["a_20261122-230000.mp4", "b_20261122-230003.mp4"];
    const { recording, issues } = await open(await Promise.all(names.map(copyAs)));
    expect(recording.files.map(({ onset }) => onset)).toEqual([0, 4]);
    expect(issues).toEqual([]);
  });

  it("crosses midnight and zones", async () => {
    const [evening, morning] = await Promise.all(["evening.mp4", "morning.mp4"].map(copyAs));
    const dated = (from: string, name: string, time: string) =>
      remux(from, name, "-metadata", `creation_time=${time}`);
    const late = await dated(evening!, "x.mp4", "2026-11-22T23:59:50Z");
    const early = await dated(morning!, "y.mp4", "2026-11-23T00:00:10Z");
    expect((await open([early, late])).recording.files.map(({ onset }) => onset)).toEqual([0, 20]);
  });

  it("keeps the order given when one of them has no clock", async () => {
    const dated = await copyAs("20261122_100000.mp4");
    const { recording, issues } = await open([await clip, dated]);
    expect(recording.files.map(({ path, onset }) => [path, onset])).toEqual([
      [await clip, 0],
      [dated, 4],
    ]);
    expect(codes(issues)).toEqual(["clock-unknown"]);
  });

  it("compares each with its own header when they are given out of order", async () => {
    const long = await makeVideo(folder.path, "20261124_040000.mp4", { frames: 200 });
    const short = await makeVideo(folder.path, "20261124_030000.mp4", { frames: 75 });
    expect(codes((await open([long, short])).issues)).toEqual(["gap"]);
  });

  it("has the id of its files in order", async () => {
    const names = ["20261125_010000.mp4", "20261125_020000.mp4"];
    const [one, two] = await Promise.all(names.map(copyAs));
    const ids = [await open([one!, two!]), await open([two!, one!]), await open([one!])].map(
      ({ recording }) => recording.id,
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it("refuses files of different sizes, naming both", async () => {
    const other = await makeVideo(folder.path, "small.mp4", { width: 64, height: 48, frames: 3 });
    await expect(open([await clip, other])).rejects.toMatchObject({
      code: "recording-mixed",
      message: `${other} shows 64x48, but ${await clip} 96x64`,
    });
  });
});

function variableFixture(): { path: string; truth: number[] } {
  const name = "../../fixtures/clips/variable-rate-tremor-then-kicking";
  const path = fileURLToPath(new URL(`${name}.mp4`, import.meta.url));
  const text = readFileSync(new URL(`${name}.truth.json`, import.meta.url), "utf8");
  return { path, truth: (JSON.parse(text) as { frameTimes: number[] }).frameTimes };
}
