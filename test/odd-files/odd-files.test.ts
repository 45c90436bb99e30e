import { afterAll, describe, expect, it } from "vitest";
import { createFfmpegReader } from "../../src/frames/readers/ffmpeg-reader.ts";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { findUnreadable } from "../../src/report/unreadable.ts";
import { ODD_FILES, type OddFile } from "../support/odd-files.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const ffmpeg = await findFfmpeg();

/** Opens an odd file and reads all of it as the survey does. */
async function yieldOf(name: OddFile) {
  const path = await ODD_FILES[name](folder.path);
  const { recording, issues } = await openRecording(ffmpeg, [path]);
  const damage: string[] = [];
  const onDamage = (_: unknown, messages: string) => damage.push(messages);
  const reader = createFfmpegReader(ffmpeg, recording, { height: 60, skipLoopFilter: true, onDamage });
  const seen: number[] = [];
  for await (const { time } of reader.read()) seen.push(time);
  const found = issues.map(({ code }) => code).filter((code) => code !== "clock-unknown");
  const lost = findUnreadable(recording, Float64Array.from(seen));
  const [file] = recording.files;
  return { recording, file: file!, seen, found, lost, isDamaged: damage.length > 0 };
}

/** What is kept, within the 200 frames and 8 seconds of a sound file. */
interface Kept {
  readonly frames?: readonly [least: number, most: number];
  readonly seconds?: number;
  readonly found?: readonly string[];
  readonly isDamaged?: boolean;
  readonly lost?: readonly (readonly [onset: number, duration: number])[];
}

const SHORT = ["file-shorter-than-stated"];
const KEPT: readonly (readonly [OddFile, Kept])[] = [
  ["sound", {}],
  ["cut short, index in front", { frames: [115, 120], seconds: 4.76, found: SHORT, isDamaged: true }],
  ["cut short, fragmented", { frames: [115, 120], seconds: 4.88, isDamaged: true }],
  ["cut short, Matroska", { frames: [115, 120], seconds: 4.76, found: SHORT, isDamaged: true }],
  ["cut short, transport stream", { frames: [115, 120], seconds: 4.88, isDamaged: true }],
  ["bytes flipped, MP4", { frames: [195, 200], isDamaged: true }],
  ["bytes flipped, transport stream", { frames: [190, 200], isDamaged: true }],
  ["zeros at the end, MP4", { frames: [115, 120], isDamaged: true, lost: [[4.76, 3.24]] }],
  ["zeros at the end, Matroska", { frames: [115, 121], seconds: 4.88, found: SHORT, isDamaged: true }],
  ["zeros at the end, transport stream", { frames: [115, 121], seconds: 4.88, isDamaged: true }],
  ["zeros in the middle, MP4", { frames: [115, 125], isDamaged: true, lost: [[2.4, 3.12]] }],
  ["begins between key frames", { frames: [170, 176], seconds: 7, isDamaged: true }],
  ["clock wraps (33 bits)", {}],
  ["clock starts at 1.4 s", {}],
  ["clock restarts", { frames: [400, 400], seconds: 16, found: ["clock-restarted"] }],
  ["a timestamp astray", { found: ["clock-restarted"] }],
  ["clock jumps back, Matroska", { found: ["clock-restarted"] }],
  ["a timestamp astray by days, Matroska", { found: ["clock-restarted"] }],
  ["clock jumps ahead by 30 s, Matroska", { seconds: 38, found: ["gap"] }],
  ["clock jumps ahead by 20 days, Matroska", { found: ["clock-restarted"] }],
  ["edit list", { frames: [167, 167], seconds: 6.68 }],
  ["turned by 90", {}],
  ["turned by 180", {}],
  ["interlaced", { found: ["interlaced"] }],
  ["4:2:2", {}],
  ["10-bit HEVC", {}],
  ["Motion JPEG", {}],
  ["each picture twice", {}],
  ["frame rate misstated", { seconds: 8.03, found: ["frame-rate-misstated"] }],
  ["one picture", { frames: [1, 1], seconds: 0.04 }],
  ["another name than its kind", {}],
];

describe("an odd file", () => {
  it.each(KEPT)("gives what can be read of it: %s", async (name, kept) => {
    const { recording, seen, found, lost, isDamaged } = await yieldOf(name);
    const [least, most] = kept.frames ?? [200, 200];
    expect(seen.length).toBeGreaterThanOrEqual(least);
    expect(seen.length).toBeLessThanOrEqual(most);
    expect(recording.duration).toBeCloseTo(kept.seconds ?? 8, 1);
    expect(found).toEqual(kept.found ?? []);
    expect(isDamaged).toBe(kept.isDamaged ?? false);
    expect(lost.length).toBe(kept.lost?.length ?? 0);
    for (const [i, [onset, duration]] of (kept.lost ?? []).entries()) {
      expect(lost[i]!.onset).toBeCloseTo(onset, 1);
      expect(lost[i]!.duration).toBeCloseTo(duration, 1);
    }
    expect(seen[0]).toBeCloseTo(0, 1);
    for (let i = 1; i < seen.length; i++) expect(seen[i]).toBeGreaterThan(seen[i - 1]!);
    expect(seen.at(-1)).toBeLessThan(recording.duration);
  });

  it("with flipped bytes in Matroska loses clusters, and shows the gap", async () => {
    const { seen, found, recording, isDamaged } = await yieldOf("bytes flipped, Matroska");
    expect(seen.length).toBeGreaterThan(90);
    expect(recording.duration).toBeCloseTo(8, 1);
    expect(found).toContain("gap");
    expect(isDamaged).toBe(true);
  });

  it("that changes its size goes on in the first one", async () => {
    const { seen, recording, file } = await yieldOf("size changes");
    expect(seen.length).toBe(400);
    expect(recording.duration).toBeCloseTo(16.12, 1);
    expect([file.width, file.height]).toEqual([160, 120]);
  });

  it("that is turned is shown upright; that is interlaced is said to be", async () => {
    expect((await yieldOf("turned by 90")).file).toMatchObject({ width: 120, height: 160 });
    expect((await yieldOf("interlaced")).file).toMatchObject({ interlaced: true });
  });

  it("without its index is refused, and says why", async () => {
    const path = await ODD_FILES["cut short, index at the end"](folder.path);
    await expect(openRecording(ffmpeg, [path])).rejects.toMatchObject({
      code: "recording-unreadable",
      message: `${path} was never finished: its index is missing`,
      advice: /lost power/,
    });
  });

  it.each([
    "clock restarts",
    "a timestamp astray",
    "clock wraps (33 bits)",
    "clock jumps back, Matroska",
    "clock jumps ahead by 20 days, Matroska",
  ] as const)("is read in parts as it is in whole: %s", async (name) => {
    const { recording, seen } = await yieldOf(name);
    const reader = createFfmpegReader(ffmpeg, recording, { height: 60 });
    const parts: number[] = [];
    for (const [from, to] of [
      [0, 3.4],
      [3.4, 6],
      [6, 99],
    ] as const)
      for await (const { time } of reader.read({ from, to })) parts.push(time);
    expect(parts.map((time) => time.toFixed(4))).toEqual(seen.map((time) => time.toFixed(4)));
  });
});
