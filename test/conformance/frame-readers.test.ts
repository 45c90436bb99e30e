import { copyFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { afterAll } from "vitest";
import { createFfmpegReader, type FfmpegReaderOptions } from "../../src/frames/readers/ffmpeg-reader.ts";
import { createMemoryReader } from "../../src/frames/readers/memory-reader.ts";
import { type Ffmpeg, findFfmpeg } from "../../src/media/ffmpeg.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { findAllFfmpegs } from "../support/ffmpegs.ts";
import { grayOf, makeVideo, remux, truthOf, type VideoShape } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { describeFrameReader, type ReaderCase } from "./frame-readers.ts";

const folder = makeTempFolder();
afterAll(folder.remove);

interface FileCase {
  readonly title: string;
  readonly make: () => Promise<string>;
  readonly shape?: VideoShape;
  /** Exact to this, seconds: what the container can say. */
  readonly tick?: number;
  readonly options?: FfmpegReaderOptions;
}

const VARIABLE = { variable: true };
const constant = makeVideo(folder.path, "constant.mp4");
const variable = makeVideo(folder.path, "variable.mp4", VARIABLE);
/** Where a transport stream's 33-bit clock starts anew, less 3 s, seconds. */
const BEFORE_WRAP = 2 ** 33 / 90_000 - 3;

const CASES: readonly FileCase[] = [
  { title: "mp4, constant rate", make: () => constant },
  { title: "mp4, variable rate", make: () => variable, shape: VARIABLE },
  {
    title: "mkv, variable rate, starting at 100 s",
    make: async () => remux(await variable, "late.mkv", "-output_ts_offset", "100"),
    shape: VARIABLE,
    tick: 0.001,
  },
  {
    title: "ts starting at 1000 s",
    make: async () => remux(await constant, "late.ts", "-output_ts_offset", "1000"),
    options: { height: 64, skipLoopFilter: true },
  },
  {
    title: "ts whose clock wraps",
    make: async () => remux(await constant, "wrap.ts", "-output_ts_offset", String(BEFORE_WRAP)),
  },
  {
    title: "mp4 turned by 90 degrees, in colour",
    make: async () => remux(await constant, "turned.mp4", "-metadata:s:v", "rotate=90"),
    options: { height: 48, channels: 3 },
  },
];

async function openCase(ffmpeg: Ffmpeg, one: FileCase, copy: string): Promise<ReaderCase> {
  const made = await one.make();
  // A name of its own for each case, by which its processes are told from the others'.
  const path = join(folder.path, copy + extname(made));
  await copyFile(made, path);
  const { recording } = await openRecording(ffmpeg, [path]);
  const { numbers, times } = truthOf(one.shape);
  const table = recording.files[0]!.frames.time;
  // The packet table is checked against what was filmed; frames are checked against the packet table.
  for (const [i, time] of times.entries()) {
    if (Math.abs(time - table[i]!) > (one.tick ?? 1e-6))
      throw new Error(`frame ${i}: ${table[i]} not ${time}`);
  }
  return {
    reader: createFfmpegReader(ffmpeg, recording, one.options ?? { height: 64 }),
    times: [...table],
    grays: numbers.map((n) => (grayOf(n) - 16) * (255 / 219)),
    processMark: path,
  };
}

const system = await findFfmpeg();
const others = (await findAllFfmpegs()).filter(({ path }) => path !== system.path);
for (const [i, one] of CASES.entries()) {
  describeFrameReader(`ffmpeg (${system.source}): ${one.title}`, () => openCase(system, one, `case-${i}`));
}
for (const other of others) {
  for (const i of [1, 3, 5]) {
    const one = CASES[i]!;
    describeFrameReader(`ffmpeg (${other.source}): ${one.title}`, () => openCase(other, one, `old-${i}`));
  }
}

describeFrameReader("memory", async () => {
  const { numbers, times } = truthOf(VARIABLE);
  const size = { width: 8, height: 6, channels: 1 } as const;
  const picture = (i: number) => new Uint8Array(48).fill(grayOf(numbers[i]!));
  return {
    reader: createMemoryReader(size, Float64Array.from(times), picture),
    times,
    grays: numbers.map(grayOf),
    processMark: undefined,
  };
});
