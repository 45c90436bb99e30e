import { copyFileSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createFfmpegReader } from "../../src/frames/readers/ffmpeg-reader.ts";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { waitForProcesses } from "../support/child-processes.ts";
import { spoilBytes } from "../support/damage-file.ts";
import { makeVideo, remux, runFfmpeg } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const CLIP = fileURLToPath(new URL("../../fixtures/clips/patting.mp4", import.meta.url));
const folder = makeTempFolder();
afterAll(folder.remove);
const ffmpeg = await findFfmpeg();
const open = async (...paths: string[]) => (await openRecording(ffmpeg, paths)).recording;

describe("createFfmpegReader", () => {
  it("keeps the picture's shape, with even sides, and never enlarges", async () => {
    const path = await makeVideo(folder.path, "wide.mp4", { width: 130, height: 70, frames: 3 });
    const recording = await open(path);
    const sizes = [35, 70, 1080].map((height) => {
      const reader = createFfmpegReader(ffmpeg, recording, { height });
      return [reader.width, reader.height];
    });
    expect(sizes).toEqual([
      [66, 36],
      [130, 70],
      [130, 70],
    ]);
  });

  it("holds the decoder back while nobody takes a frame", async () => {
    const shape = { width: 640, height: 480, frames: 250 };
    const path = await makeVideo(folder.path, "large.mp4", shape);
    const reader = createFfmpegReader(ffmpeg, await open(path), { height: 480, channels: 3 });
    const frames = reader.read()[Symbol.asyncIterator]();
    await frames.next();
    await pause(800);
    const [decoder, ...more] = await waitForProcesses(path, 1);
    expect(more).toEqual([]);
    // All of it would be 230 MB: what the decoder has written and what this process holds stay far below.
    if (process.platform === "linux") expect(writtenBy(decoder!)).toBeLessThan(24 * 2 ** 20);
    const before = process.memoryUsage();
    let count = 1;
    while (!(await frames.next()).done) {
      if (count++ % 50 === 0) await pause(50);
    }
    expect(count).toBe(shape.frames);
    const now = process.memoryUsage();
    expect(now.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 2 ** 20);
  });

  it("fails when the decoder is ended from outside, instead of giving half a night", async () => {
    const path = await makeVideo(folder.path, "killed.mp4", { width: 640, height: 480, frames: 200 });
    const reader = createFfmpegReader(ffmpeg, await open(path), { height: 480 });
    const read = async () => {
      let count = 0;
      for await (const _ of reader.read()) {
        if (count++ === 3) for (const id of await waitForProcesses(path, 1)) process.kill(id, "SIGKILL");
      }
    };
    await expect(read()).rejects.toMatchObject({ code: "decoder-failed", message: /killed\.mp4.*ended/ });
  });

  it("reads files one after the other at their places, each time once", async () => {
    const one = await makeVideo(folder.path, "20261122_220000.mp4", { frames: 50 });
    const two = await remux(one, "20261122_220010.mp4");
    const reader = createFfmpegReader(ffmpeg, await open(two, one), { height: 64 });
    const times: number[] = [];
    for await (const { time } of reader.read({ from: 1.5, to: 11 })) times.push(time);
    expect(times.length).toBe(12 + 25);
    expect(times[12]).toBeCloseTo(10, 6);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("reads only the files a range touches", async () => {
    const one = await makeVideo(folder.path, "20261123_220000.mp4", { frames: 25 });
    const gone = await remux(one, "20261123_230000.mp4");
    const recording = await open(one, gone);
    const missing = {
      ...recording,
      files: [recording.files[0]!, { ...recording.files[1]!, path: `${gone}.gone` }],
    };
    const reader = createFfmpegReader(ffmpeg, missing, { height: 64 });
    let count = 0;
    for await (const _ of reader.read({ to: 3600 })) count++;
    expect(count).toBe(25);
    const all = async () => {
      for await (const _ of reader.read()) count++;
    };
    await expect(all()).rejects.toMatchObject({ code: "decoder-failed", message: /gone/ });
  });

  it.each([{}, { to: 20 }])("tells of damage within what was read (%o), and goes on", async (range) => {
    const path = `${folder.path}/spoilt-${range.to}.mp4`;
    copyFileSync(CLIP, path);
    const recording = await open(path);
    spoilBytes(path, 0.4, 2000);
    const told: string[] = [];
    const reader = createFfmpegReader(ffmpeg, recording, {
      height: 64,
      onDamage: (file, messages) => told.push(file.path, messages),
    });
    let last = 0;
    for await (const { time } of reader.read(range)) last = time;
    expect(last).toBeGreaterThan(19);
    expect(told[0]).toBe(path);
    expect(told[1]).not.toBe("");
  });

  it("does not call a stream damaged because it was entered between key frames", async () => {
    const whole = await makeVideo(folder.path, "sound.mp4");
    const path = await remux(whole, "sound.ts");
    const told: string[] = [];
    const reader = createFfmpegReader(ffmpeg, await open(path), {
      height: 64,
      onDamage: (_, messages) => told.push(messages),
    });
    for (const from of [0, 1.3, 3.5, 4.9]) for await (const _ of reader.read({ from }));
    expect(told).toEqual([]);
  });

  it("reads only what an edit list shows", async () => {
    const whole = await makeVideo(folder.path, "uncut.mp4");
    const path = `${folder.path}/cut.mp4`;
    await runFfmpeg("-ss", "1.3", "-i", whole, "-c", "copy", path);
    const recording = await open(path);
    const table = [...recording.files[0]!.frames.time];
    const times: number[] = [];
    for await (const { time } of createFfmpegReader(ffmpeg, recording, { height: 64 }).read())
      times.push(time);
    expect(times.map((time) => time.toFixed(6))).toEqual(table.map((time) => time.toFixed(6)));
    expect(times[0]).toBe(0);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Bytes a process has written to files and pipes. */
function writtenBy(id: number): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${id}/io`, "utf8"))![1]);
}
