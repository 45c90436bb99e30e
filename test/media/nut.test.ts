import { execFile } from "node:child_process";
import { promisify } from "node:util";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Ffmpeg } from "../../src/media/ffmpeg.ts";
import { type NutFrame, readNut } from "../../src/media/nut.ts";
import { cutChunks } from "../support/cut-chunks.ts";
import { findAllFfmpegs } from "../support/ffmpegs.ts";

const WIDTH = 16;
const HEIGHT = 8;
const FRAMES = 14;
const SIZE = WIDTH * HEIGHT;
/** Ticks of 1/90000 s: uneven, with a leap of 40 minutes that no delta of a frame header can say. */
const PTS_WORDS = "PTS+mod(N*37,11)*60+gte(N,8)*90000*2400+12345678";
const ptsOf = (n: number) => n * 3600 + ((n * 37) % 11) * 60 + (n >= 8 ? 90_000 * 2400 : 0) + 12_345_678;

describe.each((await findAllFfmpegs()).map((ffmpeg) => [ffmpeg.source, ffmpeg] as const))(
  "readNut on the output of ffmpeg (%s)",
  (_, ffmpeg) => {
    let stream: Uint8Array;
    let pictures: Uint8Array;
    beforeAll(async () => {
      [stream, pictures] = await Promise.all([paint(ffmpeg, "nut"), paint(ffmpeg, "rawvideo")]);
    });

    it("gives every frame with its exact time and bytes", async () => {
      const frames = await collect(readNut(cutChunks(stream, [65_536])));
      expect(frames.map(({ pts }) => pts)).toEqual(Array.from({ length: FRAMES }, (_, n) => ptsOf(n)));
      for (const [n, frame] of frames.entries()) {
        expect(frame.seconds).toBeCloseTo(ptsOf(n) / 90_000, 9);
        expect(Buffer.compare(frame.data, pictures.subarray(n * SIZE, (n + 1) * SIZE))).toBe(0);
      }
    });

    it("gives the same byte by byte", async () => {
      const whole = await collect(readNut(cutChunks(stream, [stream.length])));
      expect(await collect(readNut(cutChunks(stream, [1])))).toEqual(whole);
    });

    it("gives the same however the stream is cut into chunks", async () => {
      const whole = await collect(readNut(cutChunks(stream, [stream.length])));
      const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 400 })), {
        minLength: 1,
        maxLength: 30,
      });
      await fc.assert(
        fc.asyncProperty(sizes, async (cuts) => {
          expect(await collect(readNut(cutChunks(stream, cuts)))).toEqual(whole);
        }),
        { numRuns: 60 },
      );
    });

    it("ends cleanly wherever the stream is cut off, with the frames that are whole", async () => {
      const whole = await collect(readNut(cutChunks(stream, [stream.length])));
      let most = 0;
      for (let length = 0; length < stream.length; length++) {
        const frames = await collect(readNut(cutChunks(stream.subarray(0, length), [1000])));
        const isSame = frames.every(
          ({ pts, data }, n) => pts === whole[n]!.pts && Buffer.compare(data, whole[n]!.data) === 0,
        );
        if (!isSame || frames.length < most) expect(frames).toEqual(whole.slice(0, most));
        most = frames.length;
      }
      expect(most).toBe(FRAMES);
    });

    it("fills the memory it is given", async () => {
      const memory = new Uint8Array(SIZE);
      for await (const { data } of readNut(cutChunks(stream, [777]), () => memory)) expect(data).toBe(memory);
      expect(Buffer.compare(memory, pictures.subarray(-SIZE))).toBe(0);
    });

    it("passes on the error of its source", async () => {
      async function* failing() {
        yield stream.subarray(0, 600);
        throw new Error("the pipe broke");
      }
      await expect(collect(readNut(failing()))).rejects.toThrow("the pipe broke");
    });

    it("refuses a frame code that the stream did not announce", async () => {
      const [first] = await collect(readNut(cutChunks(stream, [stream.length])));
      const at = Buffer.from(stream).indexOf(Buffer.from(first!.data)) + SIZE;
      const altered = stream.slice();
      altered[at] = 0xff;
      await expect(collect(readNut(cutChunks(altered, [4096])))).rejects.toThrow(/not a NUT stream/);
    });
  },
);

describe("readNut on anything else", () => {
  it("gives nothing for nothing", async () => {
    expect(await collect(readNut(cutChunks(new Uint8Array(0), [1])))).toEqual([]);
  });

  it("refuses bytes that are no NUT stream, however they begin", async () => {
    const bytes = fc.uint8Array({ minLength: 25, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (garbage, isLikeNut) => {
        if (isLikeNut) garbage[0] = 0x4e;
        await expect(collect(readNut(cutChunks(garbage, [50])))).rejects.toThrow(/not a NUT stream/);
      }),
    );
  });

  it("refuses a header of absurd length instead of waiting for it", async () => {
    const id = new TextEncoder().encode("nut/multimedia container\0");
    const header = [0x4e, 0x4d, 0x7a, 0x56, 0x1f, 0x5f, 0x04, 0xad, 0xff, 0xff, 0xff, 0xff, 0x7f];
    const stream = Uint8Array.from([...id, ...header, ...new Array(40).fill(0)]);
    await expect(collect(readNut(cutChunks(stream, [7])))).rejects.toThrow(/not a NUT stream/);
  });
});

async function collect(frames: AsyncIterable<NutFrame>): Promise<NutFrame[]> {
  const all: NutFrame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

async function paint(ffmpeg: Ffmpeg, format: string): Promise<Uint8Array> {
  const { stdout } = await promisify(execFile)(
    ffmpeg.path,
    [
      ...["-nostdin", "-v", "error", "-copyts", "-f", "lavfi"],
      ...["-i", `testsrc=size=${WIDTH}x${HEIGHT}:rate=25:duration=${FRAMES / 25}`],
      ...["-vf", `format=gray,settb=1/90000,setpts='${PTS_WORDS}'`, "-c:v", "rawvideo"],
      ...[...ffmpeg.passthrough, "-enc_time_base", "1:90000", "-f", format, "pipe:1"],
    ],
    { encoding: "buffer", maxBuffer: 1 << 24 },
  );
  return stdout;
}
