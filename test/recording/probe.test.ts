import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { probeFile } from "../../src/recording/probe.ts";
import { findAllFfmpegs } from "../support/ffmpegs.ts";
import { FRAMES, makeVideo, remux, runFfmpeg, truthOf } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const plain = makeVideo(folder.path, "plain.mp4");
const withSound = addSound();
const motionJpeg = makeVideo(folder.path, "jpeg.avi", { encoder: ["-c:v", "mjpeg", "-q:v", "3"] });

describe.each((await findAllFfmpegs()).map((ffmpeg) => [ffmpeg.source, ffmpeg] as const))(
  "probeFile with ffmpeg (%s)",
  (_, ffmpeg) => {
    const probe = (path: string) => probeFile(ffmpeg, path);

    it("describes an MP4 without sound", async () => {
      const file = await probe(await plain);
      expect(file).toMatchObject({
        ...{ container: "mov,mp4,m4a,3gp,3g2,mj2", codec: "h264", pixelFormat: "yuv420p" },
        ...{ width: 96, height: 64, rotation: 0, interlaced: false, audio: undefined, duration: 6 },
      });
      expect(file.description).toMatchObject({ claimedFrameRate: 25, claimedDuration: 6 });
      expect(file.frames.key.reduce((sum, key) => sum + key, 0)).toBe(3);
      expect([0, 50, 100].map((i) => file.frames.key[i])).toEqual([1, 1, 1]);
      expect(file.frames.bytes.every((bytes) => bytes > 0)).toBe(true);
    });

    it.each([
      ["night.mkv", "matroska,webm", 0.0005],
      ["night.ts", "mpegts", 1e-6],
      ["night.mov", "mov,mp4,m4a,3gp,3g2,mj2", 1e-6],
    ])("describes %s, with its sound, and the time of every frame", async (name, container, exact) => {
      const file = await probe(await remux(await withSound, name));
      expect(file).toMatchObject({ container, codec: "h264", width: 96, height: 64 });
      expect(file.audio).toEqual({ codec: "aac", samplingRateHz: 16_000 });
      expect(file.frames.time.length).toBe(FRAMES);
      for (const [i, time] of truthOf().times.entries()) {
        expect(Math.abs(file.frames.time[i]! - time)).toBeLessThanOrEqual(exact);
      }
      expect(file.duration).toBeCloseTo(6, 2);
    });

    it("describes an AVI of Motion JPEG, in which every frame is a key frame", async () => {
      const file = await probe(await motionJpeg);
      expect(file).toMatchObject({ container: "avi", codec: "mjpeg", width: 96, height: 64, duration: 6 });
      expect(file.frames.key.every((key) => key === 1)).toBe(true);
      for (const [i, time] of truthOf().times.entries()) expect(file.frames.time[i]).toBeCloseTo(time, 9);
    });

    it("has increasing times where the container tells only decoding times", async () => {
      const { frames } = await probe(await remux(await plain, "bframes.avi"));
      expect(frames.time.length).toBe(FRAMES);
      for (let i = 1; i < FRAMES; i++) expect(frames.time[i]).toBeGreaterThan(frames.time[i - 1]!);
    });

    it.each([
      ["90", 64, 96],
      ["180", 96, 64],
      ["270", 64, 96],
    ])("turns the size of a picture stored turned by %s degrees", async (degrees, width, height) => {
      const words = ["-metadata:s:v", `rotate=${degrees}`];
      const file = await probe(await remux(await plain, `turned-${degrees}.mp4`, ...words));
      expect(file).toMatchObject({ width, height });
      expect(Math.abs(file.rotation) % 360).toBe(degrees === "180" ? 180 : 90);
    });

    it("makes pixels square, as the container says, else the codec", async () => {
      expect(await probe(await remux(await plain, "wide.mp4", "-aspect", "16:9"))).toMatchObject({
        width: 114,
        height: 64,
      });
      const encoder = ["-c:v", "libx264", "-aspect", "2:1"];
      const coded = await makeVideo(folder.path, `coded-${ffmpeg.source}.mp4`, { encoder, frames: 5 });
      expect(await probe(coded)).toMatchObject({ width: 128, height: 64 });
    });

    it("leaves out frames that an edit list hides", async () => {
      const path = join(folder.path, `cut-${ffmpeg.source}.mp4`);
      await runFfmpeg("-ss", "1.3", "-i", await plain, "-c", "copy", path);
      const file = await probe(path);
      expect(file.frames.time.length).toBe(117);
      expect(file.duration).toBeCloseTo(4.68, 6);
    });

    it("passes over a cover picture", async () => {
      const cover = join(folder.path, "cover.jpg");
      await runFfmpeg("-f", "lavfi", "-i", "color=red:s=300x300", "-frames:v", "1", cover);
      const path = join(folder.path, `covered-${ffmpeg.source}.mp4`);
      const maps = ["-map", "1", "-map", "0", "-c", "copy", "-disposition:v:0", "attached_pic"];
      await runFfmpeg("-i", await plain, "-i", cover, ...maps, path);
      expect(await probe(path)).toMatchObject({ codec: "h264", width: 96, height: 64 });
    });

    it.each(["it's a night, 50% dark.mp4", "夜 %03d #1?.mp4", "-leading.mp4", "a:b=c;d.mp4", 'quo"te\\.mp4'])(
      "opens a file called %s",
      async (name) => {
        const path = join(folder.path, name);
        await copyFile(await plain, path);
        expect((await probe(path)).frames.time.length).toBe(FRAMES);
      },
    );
  },
);

async function addSound(): Promise<string> {
  const path = join(folder.path, "sound.mp4");
  const sound = ["-f", "lavfi", "-i", "sine=300:sample_rate=16000:duration=6"];
  await runFfmpeg("-i", await plain, ...sound, "-c:v", "copy", "-c:a", "aac", path);
  return path;
}
