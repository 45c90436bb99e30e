import { afterAll, describe, expect, it } from "vitest";
import { createFfmpegReader } from "../../src/frames/readers/ffmpeg-reader.ts";
import { type Ffmpeg, findFfmpeg, startFfmpeg } from "../../src/media/ffmpeg.ts";
import { watchOutput } from "../../src/media/watch-output.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { waitForProcesses } from "../support/child-processes.ts";
import { makeFakeDecoder } from "../support/fake-decoder.ts";
import { makeVideo } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const ffmpeg = await findFfmpeg();
const clip = await makeVideo(folder.path, "clip.mp4", { width: 640, height: 480, frames: 150 });

const fake = (name: string, script: string) => makeFakeDecoder(ffmpeg, folder.path, name, script);

const readAll = async (decoder: Ffmpeg, stallSeconds: number) => {
  const { recording } = await openRecording(ffmpeg, [clip]);
  let count = 0;
  const reader = createFfmpegReader(decoder, recording, { height: 48, stallSeconds });
  for await (const _ of reader.read()) count++;
  return count;
};

describe.skipIf(process.platform === "win32")("a decoder that hangs", () => {
  it.each([
    ["at once", "exec sleep 60"],
    ["after it gave some", `"${ffmpeg.path}" "$@" | head -c 20000; exec sleep 60`],
    ["after it closed its output", `"${ffmpeg.path}" "$@"; exec 1>&-; exec sleep 60`],
  ])("is ended, and named (%s)", async (when, script) => {
    const decoder = fake(`hang-${when.replaceAll(" ", "-")}`, script);
    const begun = performance.now();
    await expect(readAll(decoder, 1)).rejects.toMatchObject({
      code: "decoder-stalled",
      message: /clip\.mp4/,
    });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(await waitForProcesses(decoder.path, 0)).toEqual([]);
  });

  it("is not taken to hang while it is only slow, or its consumer is", async () => {
    const slow = fake("slow", `sleep 0.6; exec "${ffmpeg.path}" "$@"`);
    expect(await readAll(slow, 1.5)).toBe(150);
    const { recording } = await openRecording(ffmpeg, [clip]);
    let count = 0;
    const reader = createFfmpegReader(ffmpeg, recording, { height: 480, channels: 3, stallSeconds: 0.5 });
    for await (const _ of reader.read()) {
      if (count++ === 10) await new Promise((resolve) => setTimeout(resolve, 1200));
    }
    expect(count).toBe(150);
  });

  it("leaves no timer behind", async () => {
    const run = startFfmpeg(ffmpeg, ["-version"]);
    let bytes = 0;
    for await (const chunk of watchOutput(run, "nothing", 3600)) bytes += chunk.length;
    expect(bytes).toBeGreaterThan(100);
  });
});

describe.skipIf(process.platform === "win32")("a decoder that is asked to stop", () => {
  it.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)("fails by name, by %s", async (signal) => {
    const { recording } = await openRecording(ffmpeg, [clip]);
    const reader = createFfmpegReader(ffmpeg, recording, { height: 480, channels: 3 });
    const read = async () => {
      let count = 0;
      for await (const _ of reader.read())
        if (count++ === 3) for (const id of await waitForProcesses(clip, 1)) process.kill(id, signal);
    };
    await expect(read()).rejects.toMatchObject({ code: "decoder-failed", message: /clip\.mp4.*ended/ });
  });
});

describe.skipIf(process.platform === "win32")("a decoder that ends early without a word", () => {
  it("is told of: the packet table knows what is missing", async () => {
    const decoder = fake("early", `"${ffmpeg.path}" "$@" | head -c 200000; exit 0`);
    const { recording } = await openRecording(ffmpeg, [clip]);
    const told: string[] = [];
    const onDamage = (file: { readonly path: string }, messages: string) => told.push(file.path, messages);
    let count = 0;
    for await (const _ of createFfmpegReader(decoder, recording, { height: 48, onDamage }).read()) count++;
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(140);
    expect(told[0]).toBe(clip);
  });
});

describe("what a decoder says", () => {
  it("is kept from its beginning and its end, and no more", async () => {
    const talker = fake("talker", "echo first >&2; yes 'many words' | head -c 3000000 >&2; echo last >&2");
    const run = startFfmpeg(talker, []);
    const { code, messages } = await run.ended;
    expect(code).toBe(0);
    expect(messages.startsWith("first\n")).toBe(true);
    expect(messages.endsWith("last\n")).toBe(true);
    expect(messages.length).toBeLessThan(40_000);
  });
});
