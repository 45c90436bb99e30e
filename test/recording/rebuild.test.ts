import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFfmpegReader } from "../../src/frames/readers/ffmpeg-reader.ts";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { presentationRanks } from "../../src/recording/rebuild/find-pictures.ts";
import type { Recording } from "../../src/recording/recording.ts";
import { runFfmpeg } from "../support/make-video.ts";
import { makeTempFolder, makeTestFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const ffmpeg = await findFfmpeg();

const X264 = ["-c:v", "libx264", "-preset", "veryfast", "-threads", "1"];
const HEVC = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:pools=1"];
const AAC = ["-c:a", "aac", "-b:a", "64k"];

/** Four seconds of a busy picture, with noise for sound when the words ask for it. */
async function film(name: string, ...words: readonly string[]): Promise<string> {
  const path = join(folder.path, name);
  const sound = words.includes("-c:a") ? ["-f", "lavfi", "-i", "anoisesrc=d=4:a=0.3:seed=5"] : [];
  const source = ["-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=4", ...sound];
  await runFfmpeg(...source, "-vf", "noise=alls=6:all_seed=7", "-pix_fmt", "yuv420p", ...words, path);
  return path;
}

/** The same film as a recorder leaves it that loses power: no index, no length of the media data. */
function unfinish(path: string, name: string, change: (bytes: Buffer) => Buffer = (bytes) => bytes): string {
  const bytes = readFileSync(path);
  const data = bytes.indexOf("mdat");
  bytes.writeUInt32BE(0, data - 4);
  const cut = join(folder.path, name);
  writeFileSync(cut, change(bytes.subarray(0, Math.floor(0.95 * bytes.lastIndexOf("moov")))));
  return cut;
}

async function picturesOf(recording: Recording) {
  const seen: string[] = [];
  const damage: string[] = [];
  const onDamage = (_: unknown, messages: string) => damage.push(messages);
  for await (const { time, data } of createFfmpegReader(ffmpeg, recording, { height: 60, onDamage }).read())
    seen.push(`${time.toFixed(3)} ${Buffer.from(data).toString("base64", 0, 300)}`);
  return { seen, damage };
}

describe("a film that was never finished", () => {
  it.each([
    ["no sound, no B frames", [...X264, "-bf", "0"]],
    ["AAC between the pictures, B frames", [...X264, "-bf", "3", "-g", "50", ...AAC]],
    ["PCM between the pictures", [...X264, "-bf", "0", "-c:a", "pcm_s16le", "-f", "mov"]],
    ["slices and delimiters", [...X264, "-x264opts", "slices=4:aud=1", ...AAC]],
    ["interlaced", [...X264, "-x264opts", "tff=1", "-flags", "+ildct+ilme", ...AAC]],
    ["H.265", [...HEVC, ...AAC]],
  ])("comes back picture by picture up to its end: %s", async (what, words) => {
    const name = what.replaceAll(/\W/g, "");
    const whole = await film(`${name}.mp4`, ...words);
    const cut = unfinish(whole, `${name}-cut.mp4`);
    const rebuildIn = makeTestFolder();
    const { recording, issues } = await openRecording(ffmpeg, [cut], { rebuildIn, reference: whole });
    const truth = await picturesOf((await openRecording(ffmpeg, [whole])).recording);
    const { seen } = await picturesOf(recording);
    expect(seen.length).toBeGreaterThan(85);
    // The very last one may have lost a slice, or wait for one that was never written.
    expect(seen.slice(0, -2)).toEqual(truth.seen.slice(0, seen.length - 2));
    expect(issues).toContainEqual(
      expect.objectContaining({
        code: "file-rebuilt",
        onset: 0,
        duration: recording.duration,
        message: expect.stringMatching(/0\.1 minutes, by the rate \(25\.00 a second\)/) as string,
      }),
    );
    // Read in parts as in whole.
    const part: number[] = [];
    const reader = createFfmpegReader(ffmpeg, recording, { height: 60 });
    for await (const { time } of reader.read({ from: 1.5, to: 2.5 })) part.push(time);
    expect(part.map((time) => time.toFixed(2))).toEqual(
      Array.from({ length: 25 }, (_, i) => (1.52 + i * 0.04).toFixed(2)),
    );
  });

  it("is rebuilt by its neighbour in the night, lies where its name says, and writes into the folder only", async () => {
    const first = await film("20261122_220000.mp4", ...X264, ...AAC);
    const last = unfinish(first, "20261122_220010.mp4");
    const rebuildIn = makeTestFolder();
    const { recording, issues } = await openRecording(ffmpeg, [first, last], { rebuildIn });
    expect(recording.files.map(({ onset }) => onset)).toEqual([0, 10]);
    expect(recording.duration).toBeGreaterThan(13.3);
    expect(issues.map(({ code }) => code).sort()).toEqual(["file-rebuilt", "gap"]);
    expect(readdirSync(rebuildIn).length).toBe(1);
    const again = await openRecording(ffmpeg, [first, last], { rebuildIn: makeTestFolder() });
    expect(again.recording.id).toBe(recording.id);
  });

  it("keeps what lies before and after a damaged stretch", async () => {
    const whole = await film("hole.mp4", ...X264, "-bf", "0", "-g", "25", ...AAC);
    const spoil = (bytes: Buffer) => bytes.fill(0xa5, bytes.length * 0.4, bytes.length * 0.5);
    const cut = unfinish(whole, "hole-cut.mp4", spoil);
    const options = { rebuildIn: makeTestFolder(), reference: whole };
    const { recording } = await openRecording(ffmpeg, [cut], options);
    const { seen } = await picturesOf(recording);
    expect(seen.length).toBeGreaterThan(55);
    expect(seen.length).toBeLessThan(92);
  });

  it("asks for a whole film when there is none, and names one that does not fit", async () => {
    const whole = await film("alone.mp4", ...X264);
    const cut = unfinish(whole, "alone-cut.mp4");
    const rebuildIn = makeTestFolder();
    await expect(openRecording(ffmpeg, [cut], { rebuildIn })).rejects.toMatchObject({
      code: "recording-unreadable",
      message: /never finished: its index is missing/,
      advice: /--reference/,
    });
    const other = await film("other.mp4", ...HEVC);
    await expect(openRecording(ffmpeg, [cut], { rebuildIn, reference: other })).rejects.toMatchObject({
      code: "recording-unreadable",
      message: /no pictures like those of other\.mp4/,
    });
    await expect(
      openRecording(ffmpeg, [cut], { rebuildIn, reference: join(folder.path, "gone.mp4") }),
    ).rejects.toMatchObject({ code: "options-invalid", message: /gone\.mp4/ });
    expect(readdirSync(rebuildIn)).toEqual([]);
  });

  it("of noise alone is refused, quickly", async () => {
    const whole = await film("real.mp4", ...X264);
    const cut = unfinish(whole, "noise-cut.mp4", (bytes) => {
      let state = 1;
      for (let i = 48; i < bytes.length; i++) {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        bytes[i] = state >> 16;
      }
      return bytes;
    });
    const options = { rebuildIn: makeTestFolder(), reference: whole };
    await expect(openRecording(ffmpeg, [cut], options)).rejects.toMatchObject({
      message: /no pictures like those/,
    });
  });
});

describe("presentationRanks", () => {
  const picture = (order: number, more: object = {}) => ({
    ...{ from: 0, to: 1, isKey: false, isReset: false, isReference: true, order },
    ...more,
  });

  it("orders B frames, counts on where the order wraps, and begins anew at a reset", () => {
    const key = { isReset: true };
    const b = { isReference: false };
    const orders = [picture(0, key), picture(8), picture(4, b), picture(0), picture(12, b), picture(0, key)];
    expect([...presentationRanks(orders, 16)]).toEqual([0, 2, 1, 4, 3, 5]);
  });

  it("keeps the order of decoding where pictures have none", () => {
    const orders = [picture(NaN, { isReset: true }), picture(NaN), picture(NaN)];
    expect([...presentationRanks(orders, 1)]).toEqual([0, 1, 2]);
  });
});
