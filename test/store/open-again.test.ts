import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { openNight } from "../../src/night/open-night.ts";
import { openJournal } from "../../src/store/journal.ts";
import { makeShortNight } from "../support/short-night.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
const at = (...names: readonly string[]) => join(folder.path, ...names);
const before = process.env["KICKLINE_FFMPEG"];

/** How often a file was given to ffmpeg since last asked. */
function opened(): number {
  const lines = readFileSync(at("log"), "utf8").split("\n");
  writeFileSync(at("log"), "");
  return lines.filter((line) => / -i /.test(line)).length;
}

beforeAll(async () => {
  const { path } = await findFfmpeg();
  writeFileSync(at("ffmpeg"), `#!/bin/sh\necho " $* " >> ${at("log")}\nexec ${path} "$@"\n`);
  chmodSync(at("ffmpeg"), 0o755);
  writeFileSync(at("log"), "");
  const { video } = await makeShortNight(folder.path);
  mkdirSync(at("night"));
  mkdirSync(at("milestones"));
  for (const name of ["cam-1.mp4", "cam-2.mp4"]) copyFileSync(video, at("night", name));
  process.env["KICKLINE_FFMPEG"] = at("ffmpeg");
});
afterAll(() => {
  if (before === undefined) delete process.env["KICKLINE_FFMPEG"];
  else process.env["KICKLINE_FFMPEG"] = before;
  folder.remove();
});

describe.skipIf(process.platform === "win32")("a night that was opened before", () => {
  const journal = openJournal(at("milestones", "journal"));
  const open = (more: object = {}) => openNight([at("night")], { model: undefined, journal, ...more });
  beforeEach(() => {
    writeFileSync(at("log"), "");
  });

  it("is the same, without reading its packets again", async () => {
    const first = await open();
    expect(opened()).toBeGreaterThan(0);
    const second = await open();
    expect(opened()).toBe(0);
    expect(second).toEqual({ ...first, ffmpeg: second.ffmpeg });
  });

  it("is opened anew when something else is asked of it, or it lies elsewhere", async () => {
    await open();
    opened();
    const dated = await open({ startedAt: "2026-11-22T21:30:00" });
    expect(dated.recording.startedAt).toMatch(/21:30:00/);
    expect(opened()).toBeGreaterThan(0);
    await open();
    expect(opened()).toBeGreaterThan(0);
    await openNight([at("night", "cam-1.mp4")], { model: undefined, journal });
    expect(opened()).toBeGreaterThan(0);
  });

  it("is opened anew when a file has other content of the same size, or one more has come", async () => {
    const first = await open();
    opened();
    const bytes = readFileSync(at("night", "cam-2.mp4"));
    const changed = Buffer.from(bytes);
    changed[bytes.length - 1] = bytes.at(-1)! ^ 1;
    writeFileSync(at("night", "cam-2.mp4"), changed);
    expect((await open()).recording.id).not.toBe(first.recording.id);
    expect(opened()).toBeGreaterThan(0);
    writeFileSync(at("night", "cam-3.mp4"), "no film at all");
    const more = await open();
    expect(more.issues.map(({ code }) => code)).toContain("file-unreadable");
    opened();
    // The one that cannot be read is known as well.
    expect((await open()).issues).toEqual(more.issues);
    expect(opened()).toBe(0);
  });

  it("never takes up a piece that another version or a killed run left", async () => {
    await open();
    opened();
    for (const file of execFileSync("find", [at("milestones"), "-name", "*.milestone"], { encoding: "utf8" })
      .trim()
      .split("\n")) {
      writeFileSync(file, "half a piece");
    }
    await open();
    expect(opened()).toBeGreaterThan(0);
  });
});
