import { describe, expect, it } from "vitest";
import { PacketTable, parseDescription } from "../../src/recording/parse-probe.ts";

const HEAD =
  "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:a.mp4':\n  Duration: 00:01:02.50, start: 0.000000, bitrate: 1 kb/s\n";
const withVideo = (line: string, more = "") =>
  parseDescription(`${HEAD}  Stream #0:0(und): Video: ${line}\n${more}Output #0, framecrc, to 'pipe:1':\n`);

describe("parseDescription", () => {
  it("knows nothing of words that are no description", () => {
    for (const words of [
      "",
      "Invalid data found",
      "Input #0, wav, from 'a':\n  Stream #0:0: Audio: pcm_s16le, 8000 Hz",
    ])
      expect(parseDescription(words)).toBeUndefined();
  });

  it("reads interlaced pictures, a pixel shape of 0:1, and a rate in thousands", () => {
    const line =
      "h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709, top first), 720x576 [SAR 0:1 DAR 0:1], 1k fps";
    expect(withVideo(line)).toMatchObject({
      ...{ codec: "h264", pixelFormat: "yuv420p", width: 720, height: 576, interlaced: true },
      ...{ claimedFrameRate: 1000, claimedDuration: 62.5 },
    });
  });

  it("reads the old way to say a turn", () => {
    const turned = withVideo("h264, yuv420p, 640x360, 25 fps", "    Metadata:\n      rotate          : 90\n");
    expect(turned).toMatchObject({ rotation: -90, width: 360, height: 640 });
  });

  it("says nothing of a duration or time the container does not state", () => {
    const words =
      "Input #0, h264, from 'a':\n  Duration: N/A, bitrate: N/A\n  Stream #0:0: Video: h264, gray, 64x48\n";
    expect(parseDescription(words)).toMatchObject({
      ...{
        claimedDuration: undefined,
        claimedFrameRate: undefined,
        creationTime: undefined,
        audio: undefined,
      },
      pixelFormat: "gray",
    });
  });

  it("is not misled by what the output repeats", () => {
    const words = `${HEAD}Output #0, framecrc, to 'pipe:1':\n  Stream #0:0: Video: h264, yuv420p, 64x48\n`;
    expect(parseDescription(words)).toBeUndefined();
  });
});

describe("PacketTable", () => {
  it("sorts by presentation, counts from the first, and keeps key flags and sizes with their frames", () => {
    const { frames, firstTimestamp, lastDuration } = tableOf(
      "#tb 0: 1/1000",
      "0, 0, 100, 40, 900, 0x0",
      "0, 40, 220, 40, 30, 0x0, F=0x0",
      "0, 80, 140, 40, 20, 0x0, F=0x0, S=1, 1",
      "0, 120, 180, 40, 10, 0x0, S=1, 1",
    );
    expect([...frames.time].map((time) => time.toFixed(3))).toEqual(["0.000", "0.040", "0.080", "0.120"]);
    expect([...frames.bytes]).toEqual([900, 20, 10, 30]);
    expect([...frames.key]).toEqual([1, 0, 1, 0]);
    expect([firstTimestamp, lastDuration]).toEqual([0.1, 0.04]);
  });

  it("leaves out what is not shown and what it does not know", () => {
    const { frames } = tableOf(
      "#tb 0: 1/10",
      "",
      "nonsense",
      "0, 1, x, 1, 5, 0x0",
      "0, 0, 0, 1, 5, 0x0, F=0x5",
      "0, 1, 1, 1, 6, 0x0",
    );
    expect([...frames.bytes]).toEqual([5, 6]);
  });

  it("takes the decoding time where no other is told", () => {
    const { frames } = tableOf(
      "#tb 0: 1/25",
      `0, 0, ${-(2n ** 63n)}, 1, 5, 0x0`,
      `0, 2, ${-(2n ** 63n)}, 1, 5, 0x0, F=0x0`,
    );
    expect([...frames.time]).toEqual([0, 0.08]);
  });

  it("may stay empty", () => {
    expect(tableOf().frames.time.length).toBe(0);
  });
});

function tableOf(...lines: readonly string[]) {
  const table = new PacketTable();
  for (const line of lines) table.add(line);
  return table.finish();
}
