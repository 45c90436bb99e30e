import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFfmpegReader } from "../../src/frames/readers/ffmpeg-reader.ts";
import { findFfmpeg, INPUT_GUARD, startFfmpeg } from "../../src/media/ffmpeg.ts";
import { allowedSeconds } from "../../src/media/watch-output.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { makeFakeDecoder } from "../support/fake-decoder.ts";
import { findAllFfmpegs } from "../support/ffmpegs.ts";
import { makeVideo } from "../support/make-video.ts";
import { makeEndlessIndex, makeHugePicture } from "../support/overclaiming-files.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const ffmpeg = await findFfmpeg();
const clip = await makeVideo(folder.path, "clip.mp4", { frames: 50 });

describe.each((await findAllFfmpegs()).map((one) => [one.source, one] as const))(
  "a header that claims too much, with ffmpeg (%s)",
  (_, decoder) => {
    it.each([
      [30_000, 30_000],
      [16_000, 8_000],
    ])("is refused by name: a picture of %ix%i", async (width, height) => {
      const path = await makeHugePicture(folder.path, width, height);
      await expect(openRecording(decoder, [path])).rejects.toMatchObject({
        code: "recording-unreadable",
        message: `${path} says that its picture is ${width}x${height}, which no camera films`,
      });
    });

    it("is refused by name: four thousand million pictures", async () => {
      const path = await makeEndlessIndex(folder.path);
      await expect(openRecording(decoder, [path])).rejects.toMatchObject({ code: "recording-unreadable" });
    });

    it("costs its own file only, among several", async () => {
      const path = await makeHugePicture(folder.path, 30_000, 30_000);
      const { recording, issues } = await openRecording(decoder, [clip, path]);
      expect(recording.files.length).toBe(1);
      expect(issues).toContainEqual(
        expect.objectContaining({
          code: "file-unreadable",
          message: expect.stringMatching(/30000x30000/) as string,
        }),
      );
    });
  },
);

describe.skipIf(process.platform !== "linux" || !existsSync("/usr/bin/prlimit"))(
  "the decoder's process",
  () => {
    /** The limits of a process that is started as the decoder is. */
    const limitsOf = async (script: string) => {
      const decoder = makeFakeDecoder(ffmpeg, folder.path, "limits", script);
      const run = startFfmpeg(decoder, []);
      const { messages } = await run.ended;
      return messages;
    };

    it("has limits on its memory, on core dumps, and may write no file", async () => {
      const limits = await limitsOf("cat /proc/self/limits >&2");
      expect(limits).toMatch(/^Max address space +4294967296 +4294967296/m);
      expect(limits).toMatch(/^Max core file size +0 +0/m);
      expect(limits).toMatch(/^Max file size +0 +0/m);
      const target = join(folder.path, "written");
      await limitsOf(`echo secret > "${target}"`);
      expect(existsSync(target) ? readFileSync(target, "utf8") : "").toBe("");
    });

    it("is started without a shell or a helper that stays", async () => {
      const decoder = makeFakeDecoder(ffmpeg, folder.path, "who", "exec cat /proc/self/status >&2");
      const run = startFfmpeg(decoder, []);
      const { messages } = await run.ended;
      expect(messages).toMatch(new RegExp(`^PPid:\\s+${process.pid}$`, "m"));
    });

    it("fails by name when its memory is short", async () => {
      const short = { ...ffmpeg, limiter: ["/usr/bin/prlimit", "--as=130000000", "--"] };
      const { recording } = await openRecording(ffmpeg, [clip]);
      const read = async () => {
        for await (const _ of createFfmpegReader(short, recording, { height: 48 }).read());
      };
      await expect(read()).rejects.toMatchObject({ code: "decoder-failed", message: /clip\.mp4/ });
    });

    it("is used without limits when it does not start within them", async () => {
      const decoder = makeFakeDecoder(
        ffmpeg,
        folder.path,
        "needy",
        `[ "$(ulimit -f)" = 0 ] && exit 1; exec "${ffmpeg.path}" "$@"`,
      );
      const found = await findFfmpeg({ KICKLINE_FFMPEG: decoder.path });
      expect(found.limiter).toBeUndefined();
      expect(found.version).toBe(ffmpeg.version);
    });
  },
);

describe.skipIf(process.platform === "win32")("a decoder that never comes to its end", () => {
  it("is ended when it gives far more pictures than the film has", async () => {
    const { recording } = await openRecording(ffmpeg, [clip]);
    const endless = `"${ffmpeg.path}" -v error -f lavfi -i color=gray:s=72x48:r=100000 -pix_fmt gray -c:v rawvideo -f nut pipe:1`;
    const decoder = makeFakeDecoder(ffmpeg, folder.path, "endless", `exec ${endless}`);
    const told: string[] = [];
    const options = { height: 48, onDamage: (file: { readonly path: string }) => told.push(file.path) };
    let count = 0;
    for await (const _ of createFfmpegReader(decoder, recording, options).read()) count++;
    expect(count).toBeLessThanOrEqual(200);
    expect(told).toEqual([clip]);
  });

  it("is ended when it trickles", async () => {
    const { recording } = await openRecording(ffmpeg, [clip]);
    const trickle = `"${ffmpeg.path}" "$@" | head -c 20000; while :; do sleep 0.2; printf x; done`;
    const decoder = makeFakeDecoder(ffmpeg, folder.path, "trickle", trickle);
    const read = async () => {
      const options = { height: 48, mostSeconds: 1.5 };
      for await (const _ of createFfmpegReader(decoder, recording, options).read());
    };
    await expect(read()).rejects.toMatchObject({
      code: "decoder-stalled",
      message: /took more than 2 seconds for a part of .*clip\.mp4/,
    });
  });

  it("is given time by the length of what it reads", () => {
    expect(allowedSeconds(0)).toBe(600);
    expect(allowedSeconds(3600)).toBeGreaterThan(20 * 3600);
  });
});

describe("every ffmpeg that opens a recording", () => {
  it("is told what a header may make it take", () => {
    for (const word of ["-max_alloc", "-max_pixels"]) expect(INPUT_GUARD).toContain(word);
  });
});
