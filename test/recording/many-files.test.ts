import { mkdirSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFfmpegReader } from "../../src/frames/readers/ffmpeg-reader.ts";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import type { Recording } from "../../src/recording/recording.ts";
import { copyFirstPart } from "../support/damage-file.ts";
import { makeVideo, remux } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const ffmpeg = await findFfmpeg();
const clip = await makeVideo(folder.path, "clip.mp4", { frames: 100 });
const stream = await remux(clip, "clip.ts");
const open = (...paths: readonly string[]) => openRecording(ffmpeg, paths);
const namesOf = ({ files }: Recording) => files.map(({ path }) => basename(path));

/** A new folder with copies of the clip under these names. */
async function fill(name: string, files: readonly string[], from = clip): Promise<string> {
  const path = join(folder.path, name);
  mkdirSync(path);
  for (const file of files) await copyFile(from, join(path, file));
  return path;
}

describe("a folder", () => {
  it("means the videos in it, in natural order, and nothing else", async () => {
    const path = await fill("plain", ["cam-10.mp4", "cam-2.MP4", "cam-1.mp4", "._cam-1.mp4"]);
    mkdirSync(join(path, "more.mp4"));
    writeFileSync(join(path, "notes.txt"), "slept well");
    writeFileSync(join(path, "cam-1.srt"), "");
    const { recording } = await open(path);
    expect(namesOf(recording)).toEqual(["cam-1.mp4", "cam-2.MP4", "cam-10.mp4"]);
    expect(recording.files.map(({ onset }) => onset)).toEqual([0, 4, 8]);
  });

  it("does not give a file twice that is named beside it, nor when it is named twice itself", async () => {
    const path = await fill("twice", ["a.mp4", "b.mp4"]);
    const { recording } = await open(join(path, "b.mp4"), path, `${path}/.`);
    expect(namesOf(recording)).toEqual(["b.mp4", "a.mp4"]);
  });

  it("is refused when it holds no video", async () => {
    const path = await fill("none", ["a.jpg"]);
    await expect(open(clip, path)).rejects.toMatchObject({ code: "recording-missing", message: /none is a/ });
  });
});

describe("files that overlap", () => {
  it.each([
    ["mp4", clip],
    ["ts", stream],
  ])("give each moment once, from the earlier one (%s)", async (kind, from) => {
    const names = ["20261122_220000", "20261122_220001"].map((name) => `${name}.${kind}`);
    const path = await fill(`over-${kind}`, names, from);
    const { recording, issues } = await open(path);
    expect(recording.duration).toBeCloseTo(5, 6);
    expect(issues).toMatchObject([{ code: "files-overlap", onset: 1 }]);
    expect(issues[0]!.duration).toBeCloseTo(3, 6);
    const [one, two] = recording.files;
    expect([one!.frames.time.length, two!.frames.time.length]).toEqual([100, 25]);
    expect(two!.onset).toBeCloseTo(4, 6);
    expect(two!.skipped).toBeCloseTo(3, 6);
    const table = recording.files.flatMap((file) => [...file.frames.time].map((time) => time + file.onset));
    for (const range of [{}, { from: 4.5 }, { from: 4 }, { from: 3.5, to: 4.5 }]) {
      const times: number[] = [];
      const grays: number[] = [];
      for await (const frame of createFfmpegReader(ffmpeg, recording, { height: 64 }).read(range)) {
        times.push(frame.time);
        grays.push(frame.data[0]!);
      }
      const { from: begin = 0, to = Infinity } = range;
      const wanted = table.filter((time) => time > begin - 1e-6 && time < to - 1e-6);
      expect(times.map((time) => time.toFixed(4))).toEqual(wanted.map((time) => time.toFixed(4)));
      // The second file's own frame 75 is the first one shown of it.
      const at = times.findIndex((time) => time > 4 - 1e-6);
      const number = Math.round((times[at]! - 1) * 25);
      expect(Math.abs(grays[at]! - ((4 + ((number * 9) % 200)) * 255) / 219)).toBeLessThan(4);
    }
  });

  it("are left out when they show nothing new", async () => {
    const path = await fill("inside", ["20261122_220000.mp4"]);
    const long = await makeVideo(path, "20261122_215958.mp4", { frames: 300 });
    const { recording, issues } = await open(path);
    expect(recording.files.map((file) => file.path)).toEqual([long]);
    expect(issues).toMatchObject([{ code: "files-overlap", onset: 2, duration: 4 }]);
  });

  it("are none while names round to seconds, or the camera runs a little off its clock", async () => {
    const path = await fill("rounded", ["20261122_220000.mp4", "20261122_220003.mp4", "20261122_220007.mp4"]);
    const { recording, issues } = await open(path);
    expect(recording.files.map(({ onset }) => onset)).toEqual([0, 4, 8]);
    expect(issues).toEqual([]);
  });
});

describe("a night in which the clocks are changed", () => {
  const timeZone = "Europe/Berlin";

  it("has the hour that comes twice once each, when the zone is known", async () => {
    const path = await fill("autumn", [
      "20261025_015958.mp4",
      "20261025_020002.mp4",
      "20261025_020006.mp4",
      "20261025_020004.mp4",
      "20261025_030000.mp4",
    ]);
    const { recording, issues } = await openRecording(ffmpeg, [path], { timeZone });
    // Four seconds each. The third in order of names lies on the second: it is of the second hour.
    expect(recording.files.map(({ onset }) => Math.round(onset))).toEqual([0, 4, 8, 3606, 7202]);
    expect(namesOf(recording)[3]).toBe("20261025_020004.mp4");
    expect(recording).toMatchObject({ startedAt: "2026-10-25T01:59:58+02:00", timeZone });
    expect(recording.clockChanges).toEqual([{ onset: 3602, shift: -3600 }]);
    expect(issues.filter(({ code }) => code === "clock-changed")).toMatchObject([{ onset: 3602 }]);
    expect(issues.map(({ code }) => code)).not.toContain("files-overlap");
  });

  it("has no gap in spring, when the zone is known", async () => {
    const path = await fill("spring", ["20260329_015956.mp4", "20260329_030000.mp4"]);
    expect((await openRecording(ffmpeg, [path], { timeZone })).recording.duration).toBe(8);
    expect((await openRecording(ffmpeg, [path])).recording.duration).toBe(3608);
  });

  it("is refused for a zone there is not", () =>
    expect(openRecording(ffmpeg, [clip], { timeZone: "Middle/Earth" })).rejects.toMatchObject({
      code: "options-invalid",
    }));
});

describe("a recording's id", () => {
  it("is another when the same files lie at other times", async () => {
    const names = [
      ["20261122_220000.mp4", "20261122_220010.mp4"],
      ["20261122_220000.mp4", "20261122_220002.mp4"],
    ];
    const ids: string[] = [];
    for (const [i, pair] of names.entries()) ids.push((await open(await fill(`id-${i}`, pair))).recording.id);
    expect(ids[0]).not.toBe(ids[1]);
  });
});

describe("one file among several that cannot be read", () => {
  it("is named, costs its minutes, and the rest goes on", async () => {
    const path = await fill("spoilt", ["20261122_220000.mp4", "20261122_220100.mp4"]);
    copyFirstPart(clip, join(path, "20261122_220030.mp4"), 0.5);
    const { recording, issues } = await open(path);
    expect(namesOf(recording)).toEqual(["20261122_220000.mp4", "20261122_220100.mp4"]);
    expect(recording.duration).toBe(64);
    expect(issues).toMatchObject([
      { code: "gap", onset: 4, duration: 56 },
      { code: "file-unreadable", severity: "limits", onset: 30, duration: 30 },
    ]);
    expect(issues[1]!.message).toContain("20261122_220030.mp4 was never finished: its index is missing.");
    expect(issues[1]!.message).not.toContain(folder.path);
  });

  it.each([
    ["empty", "", /z\.mp4 is empty/],
    ["words", "this is no video", /z\.mp4 is not a video/],
  ])("may be %s, and says so without a clock too", async (name, content, words) => {
    const path = await fill(name, ["a.mp4"]);
    writeFileSync(join(path, "z.mp4"), content);
    const { recording, issues } = await open(path);
    expect(recording.duration).toBe(4);
    expect(issues[0]).toMatchObject({ code: "file-unreadable", message: words });
    expect(issues[0]!.message).toContain("Times after it may be too early");
    expect(issues[0]!).not.toHaveProperty("onset");
  });

  it("is an error when there is no other, or when it does not exist at all", async () => {
    const path = join(folder.path, "bad");
    mkdirSync(path);
    for (const name of ["1.mp4", "2.mp4"]) writeFileSync(join(path, name), "no video");
    await expect(open(path)).rejects.toMatchObject({ code: "recording-unreadable", message: /1\.mp4/ });
    const missing = join(folder.path, "never.mp4");
    await expect(open(clip, missing)).rejects.toMatchObject({ code: "recording-missing", message: /never/ });
  });
});
