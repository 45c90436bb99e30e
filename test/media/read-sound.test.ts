import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ffmpeg, findFfmpeg } from "../../src/media/ffmpeg.ts";
import { readSound } from "../../src/media/read-sound.ts";
import { NO_JOURNAL } from "../../src/night/journal.ts";
import { listenTo } from "../../src/night/listen.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { SOUND_DEFAULTS } from "../../src/sound/sound-options.ts";
import { makeVideo, runFfmpeg } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
let ffmpeg: Ffmpeg;
let silent: string;

/** A beep from 4.0 to 4.5 s of the picture's clock, in a hissing room, beside the pictures. */
async function withSound(name: string, ...words: readonly string[]): Promise<string> {
  const path = join(folder.path, name);
  const beep = "aevalsrc='0.002*(random(0)-0.5)+0.3*sin(2*PI*1000*t)*between(t,4,4.5)':s=16000:d=6";
  await runFfmpeg("-i", silent, "-f", "lavfi", "-i", beep, "-c:v", "copy", ...words, path);
  return path;
}

async function listen(files: readonly string[], options = {}) {
  const { recording } = await openRecording(ffmpeg, files);
  const call = { options: { ...SOUND_DEFAULTS, ...options }, parallel: 2, journal: NO_JOURNAL.at([]) };
  return { recording, sound: await listenTo(ffmpeg, recording, call) };
}

beforeAll(async () => {
  ffmpeg = await findFfmpeg();
  silent = await makeVideo(folder.path, "silent.mp4");
});

describe("the sound of a recording", () => {
  it.each([
    ["plain.mkv", ["-c:a", "pcm_s16le"]],
    ["advanced.mp4", ["-c:a", "aac"]],
    ["stream.ts", ["-c:a", "aac", "-output_ts_offset", "1000"]],
    ["telephone.mkv", ["-c:a", "pcm_mulaw", "-ar", "8000"]],
    ["late.mkv", ["-c:a", "pcm_s16le", "-output_ts_offset", "7"]],
  ])("lies on the clock of the pictures: %s", async (name, words) => {
    const { sound } = await listen([await withSound(name, ...words)]);
    const [beep, ...rest] = sound!.stretches;
    expect(rest).toEqual([]);
    expect(beep!.kind).toBe("loud");
    expect(Math.abs(beep!.onset - 4)).toBeLessThan(0.11);
    expect(Math.abs(beep!.duration - 0.5)).toBeLessThan(0.21);
  });

  it("begins later than the pictures when it was recorded so", async () => {
    const plain = await withSound("for-shift.mkv", "-c:a", "pcm_s16le");
    const path = join(folder.path, "shifted.mkv");
    await runFfmpeg(
      ...["-i", plain, "-itsoffset", "1.5", "-i", plain],
      ...["-map", "0:v", "-map", "1:a", "-c", "copy", path],
    );
    const { sound } = await listen([path]);
    expect([...sound!.frames.level.subarray(0, 14)].every((value) => Number.isNaN(value))).toBe(true);
    expect(sound!.stretches.some(({ onset }) => Math.abs(onset - 5.5) < 0.11)).toBe(true);
  });

  it("is the same in pieces as in one go", async () => {
    const path = await withSound("pieces.mkv", "-c:a", "pcm_s16le");
    const { recording } = await openRecording(ffmpeg, [path]);
    const [file] = recording.files;
    const read = async (from: number, to: number) => {
      const all = new Map<number, number>();
      for await (const { time, samples } of readSound(ffmpeg, file!, { sampleRate: 16_000, from, to })) {
        samples.forEach((value, i) => {
          const at = Math.round(time * 16_000) + i;
          if (at >= from * 16_000 && at < to * 16_000) all.set(at, value);
        });
      }
      return all;
    };
    const [whole, one, two] = [await read(0, 6), await read(0, 2.7), await read(2.7, 6)];
    expect(whole.size).toBeGreaterThan(95_000);
    expect(new Map([...one, ...two])).toEqual(whole);
  });

  it("is nothing where there is none, or when it is switched off", async () => {
    expect((await listen([silent])).sound).toBeUndefined();
    const path = await withSound("off.mkv", "-c:a", "pcm_s16le");
    expect((await listen([path], { enabled: false })).sound).toBeUndefined();
  });

  it("lies where the files of a recording lie", async () => {
    const path = await withSound("first.mkv", "-c:a", "pcm_s16le");
    const { recording } = await openRecording(ffmpeg, [path]);
    const [file] = recording.files;
    const two = { ...recording, files: [file!, { ...file!, onset: 60 }], duration: 66 };
    const call = { options: SOUND_DEFAULTS, parallel: 1, journal: NO_JOURNAL.at([]) };
    const sound = await listenTo(ffmpeg, two, { ...call, options: { ...SOUND_DEFAULTS, segment: 10 } });
    expect(sound!.stretches.map(({ onset }) => Math.round(onset))).toEqual([4, 64]);
    expect(sound!.frames.level[300]).toBeNaN();
  });

  it("stops at once when it is told to", async () => {
    const path = await withSound("stop.mkv", "-c:a", "pcm_s16le");
    const { recording } = await openRecording(ffmpeg, [path]);
    const call = { options: SOUND_DEFAULTS, parallel: 1, journal: NO_JOURNAL.at([]) };
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(listenTo(ffmpeg, recording, { ...call, signal })).rejects.toThrow("enough");
  });
});
