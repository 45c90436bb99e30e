import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inventNight } from "../report/invented-night.ts";
import { builtCli } from "../support/built-cli.ts";
import { copyFirstPart } from "../support/damage-file.ts";
import { makeVideo, runFfmpeg } from "../support/make-video.ts";
import { type CliRun, runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const CLIP = fileURLToPath(new URL("../../fixtures/clips/patting.mp4", import.meta.url));
const folder = makeTempFolder();
afterAll(folder.remove);
const at = (name: string) => join(folder.path, name);
const put = (name: string, content: string) => {
  writeFileSync(at(name), content);
  return at(name);
};
/** A temporary folder of their own: other tests come and go in the system's. */
const temporary = makeTempFolder();
afterAll(temporary.remove);
const hidden = (name: string) => name.startsWith(".kickline-") || name.startsWith("kickline-");

/** One clear message on stderr, the exit code, nothing on stdout, nothing left behind. */
async function expectRefusal(args: readonly string[], code: number, ...words: readonly (string | RegExp)[]) {
  const before = readdirSync(folder.path);
  const run = await runCli(args, { cwd: folder.path, env: { TMPDIR: temporary.path } });
  expectClear(run, code, ...words);
  expect(readdirSync(folder.path)).toEqual(before);
  // The compiler keeps a cache of its own there.
  expect(readdirSync(temporary.path).filter(hidden)).toEqual([]);
}

function expectClear(run: CliRun, code: number, ...words: readonly (string | RegExp)[]) {
  for (const word of words) expect(run.stderr).toMatch(word);
  expect(run.stderr).not.toMatch(/^\s+at .*:\d+:\d+|node:internal|\[object|should not have|undefined|NaN\b/m);
  expect(run.stderr.trim().split("\n").length).toBeLessThanOrEqual(8);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: "" });
}

beforeAll(() => builtCli().then(() => {}));

describe("analyze refuses recordings", () => {
  const refused = (path: string, ...words: readonly (string | RegExp)[]) =>
    expectRefusal(["analyze", path, "--out", at("out")], 1, path.slice(-20), ...words);

  it("that are text", () => refused(put("notes.mp4", "dear diary\n".repeat(50)), /is not a video/));

  it("that are empty", () => refused(put("empty.mp4", ""), /is empty \(0 bytes\)/));

  it("that have sound only", async () => {
    await runFfmpeg("-f", "lavfi", "-i", "sine=300:duration=1", "-c:a", "aac", at("sound.mp4"));
    await refused(at("sound.mp4"), /holds no video/);
  });

  it("that are not there", () => refused(at("gone.mp4"), /there is no such file/));

  it("that are folders without a video", () => {
    mkdirSync(at("folder.mp4"), { recursive: true });
    return refused(at("folder.mp4"), /holds no video files/);
  });

  it("that were never finished", async () => {
    const whole = await makeVideo(folder.path, "whole.mp4", { frames: 20 });
    await refused(copyFirstPart(whole, at("broken.mp4"), 0.5), /was never finished: its index is missing/);
  });

  it("that are pictures or noise", async () => {
    writeFileSync(
      at("noise.mkv"),
      Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31) >> 4),
    );
    await refused(at("noise.mkv"), /is not a video/);
  });

  it("when one of several is missing", () =>
    expectRefusal(
      ["analyze", CLIP, at("second.mp4"), "--out", at("out")],
      1,
      /second\.mp4: there is no such/,
    ));

  it("of different sizes", async () => {
    const other = await makeVideo(folder.path, "other.mp4", { frames: 5 });
    await expectRefusal(["analyze", CLIP, other, "--out", at("out")], 1, /other\.mp4 shows 96x64/);
  });

  it("that are playlists, without opening the addresses in them", async () => {
    let calls = 0;
    const server = createServer((_, answer) => {
      calls++;
      answer.end("x");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}/part.ts`;
    const list = `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${address}\n#EXT-X-ENDLIST\n`;
    await refused(put("list.m3u8", list), /list\.m3u8/);
    await refused(put("list.ffconcat", `ffconcat version 1.0\nfile '${address}'\n`), /list\.ffconcat/);
    server.close();
    expect(calls).toBe(0);
  });
});

describe("analyze refuses places for results", () => {
  it.each([
    ["below a file", () => join(put("file", "x"), "out"), /file of that name/],
    ["that are a file", () => put("taken", "x"), /file of that name/],
    ["where nothing can be made", () => "/proc/kickline/out", /cannot be written to/],
    ["whose name is too long", () => at("n".repeat(300)), /cannot be written to/],
  ])("%s", (_, out, words) => expectRefusal(["analyze", CLIP, "--out", out()], 1, words, /--out/));

  it("of which only a part can be made, and unmakes it", async () => {
    // As long as a path may be: the folder itself can be made, a work folder in it cannot.
    const deep = join(folder.path, "deep");
    const rest = 4085 - deep.length;
    const long = join(deep, ...Array.from({ length: Math.floor(rest / 200) }, () => "d".repeat(199)));
    await expectRefusal(
      ["analyze", CLIP, "--out", `${long}/${"e".repeat(4085 - long.length - 1)}`],
      1,
      /--out/,
    );
  });

  it("and takes away a folder it made for a recording that cannot be read, however it is written", async () => {
    for (const out of ["out", "./out/", "some/where/out", "some/../out", at("x/y/z")]) {
      if (out.startsWith("some/..")) mkdirSync(at("some"), { recursive: true });
      await expectRefusal(["analyze", "gone.mp4", "-o", out], 1, /gone\.mp4/);
    }
  });
});

describe("analyze refuses options", () => {
  const refused = (content: string, ...words: readonly (string | RegExp)[]) =>
    expectRefusal(["analyze", CLIP, "-o", at("out"), "--options", put("o.json", content)], 2, ...words);

  it.each([
    ["an unknown key", '{"poes":{"rateHz":5}}', [/poes/]],
    ["an unknown key within", '{"pose":{"rate":5}}', [/pose: .*rate/]],
    ["a wrong type", '{"pose":{"rateHz":"fast"}}', [/pose\.rateHz: .*number/]],
    ["a part that is no object", '{"pose":5}', [/pose: /]],
    ["out of range", '{"pose":{"rateHz":1000}}', [/pose\.rateHz: .*30/]],
    ["a model there is not", '{"pose":{"model":"resnet"}}', [/pose\.model: .*movenet-thunder/]],
    ["several at once", '{"pose":{"rateHz":0},"survey":{"width":1}}', [/pose\.rateHz/, /survey\.width/]],
    ["no JSON", "{pose: 5", [/o\.json is not JSON/]],
    ["an empty file", "", [/o\.json is not JSON/]],
    ["null", "null", [/o\.json holds no JSON object/]],
    ["a list", "[]", [/o\.json holds no JSON object/]],
    ["a number", "7", [/o\.json holds no JSON object/]],
  ])("%s", (_, content, words) => refused(content, ...words));

  it("that cannot be read", async () => {
    await expectRefusal(
      ["analyze", CLIP, "-o", "out", "--options", "none.json"],
      2,
      /none\.json cannot be read/,
    );
    await expectRefusal(["analyze", CLIP, "-o", "out", "--options", folder.path], 2, /cannot be read/);
  });

  it("though a flag would set the same field", () =>
    expectRefusal(
      ["analyze", CLIP, "-o", "out", "--options", put("p.json", '{"pose":"x"}'), "--pose-rate", "3"],
      2,
      /pose: /,
    ));
});

describe("the command line refuses", () => {
  it.each<[string, string[], RegExp]>([
    ["a start that is no time", ["analyze", CLIP, "-o", "out", "--started-at", "last night"], /last night/],
    ["a start on no day", ["analyze", CLIP, "-o", "out", "--started-at", "2026-02-30T10:00"], /2026-02-30/],
    ["a zone there is not", ["analyze", CLIP, "-o", "out", "--time-zone", "Middle/Earth"], /Middle.Earth/],
    ["no jobs", ["analyze", CLIP, "-o", "out", "--jobs", "0"], /--jobs: "0"/],
    ["half a job", ["analyze", CLIP, "-o", "out", "--jobs", "1.5"], /--jobs/],
    ["jobs in words", ["analyze", CLIP, "-o", "out", "--jobs", "many"], /--jobs: "many"/],
    ["clips below one", ["analyze", CLIP, "-o", "out", "--clips", "-1"], /--clips|unknown option/],
    ["a rate that is no number", ["analyze", CLIP, "-o", "out", "--pose-rate", "x"], /--pose-rate: "x"/],
    ["a rate out of range", ["analyze", CLIP, "-o", "out", "--pose-rate", "99"], /pose\.rateHz/],
    ["a model there is not", ["analyze", CLIP, "-o", "out", "--model", "x"], /--model.*movenet-thunder/],
    ["another way to tell progress", ["analyze", CLIP, "-o", "out", "--progress", "x"], /--progress/],
    ["analyze without a place", ["analyze", CLIP], /--out/],
    ["analyze without a recording", ["analyze", "--out", "out"], /recording/],
    ["an unknown option", ["analyze", CLIP, "-o", "out", "--fast"], /--fast/],
    ["an unknown command", ["dance"], /dance/],
    ["an unknown option of its own", ["--dance"], /--dance/],
    ["report without a night", ["report"], /night/],
    ["too many nights", ["report", "a", "b"], /report|argument/],
  ])("%s", (_, args, words) => expectRefusal(args, 2, words));

  it("no arguments at all, and says what there is", async () => {
    const run = await runCli([], { cwd: folder.path });
    expect(run.code).toBe(2);
    expect(run.stdout).toBe("");
    for (const command of ["analyze", "report", "info"]) expect(run.stderr).toContain(command);
  });

  it("a decoder that is none", async () => {
    for (const path of [put("no-ffmpeg", "#!/bin/sh\n"), "/bin/true", at("nothing")]) {
      const run = await runCli(["analyze", CLIP, "-o", at("out")], { env: { KICKLINE_FFMPEG: path } });
      expectClear(run, 1, /KICKLINE_FFMPEG/, path);
    }
    expect(readdirSync(folder.path)).not.toContain("out");
  });
});

describe("report refuses", () => {
  it.each<[string, () => string, RegExp]>([
    ["what is not there", () => at("no-night"), /no-night.night\.json cannot be read/],
    ["a folder without a report", () => folder.path, /night\.json cannot be read/],
    ["text", () => put("text.json", "good night"), /text\.json is not JSON/],
    ["JSON of another kind", () => put("kind.json", '{"a":1}'), /kind\.json is not a night report.*: /],
    ["a list", () => put("list.json", "[]"), /list\.json is not a night report/],
    ["null", () => put("null.json", "null"), /null\.json is not a night report/],
    ["another version", () => put("v.json", '{"schemaVersion":"9.0"}'), /schemaVersion/],
  ])("%s", (_, night, words) => expectRefusal(["report", night()], 1, words));

  it("a place that cannot be written to", async () => {
    const night = inventNight({ seed: 1, duration: 600, events: 3 });
    const path = put("night.json", JSON.stringify(night));
    await expectRefusal(["report", path, "--out", join(put("solid", "x"), "out")], 1, /file of that name/);
  });
});
