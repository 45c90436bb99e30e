import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { analysisOptionsSchema, DEFAULT_OPTIONS } from "../../src/options.ts";
import { type NightReport, nightReportSchema } from "../../src/report/night-report.ts";
import { NIGHT_FILES } from "../../src/store/night-folder.ts";
import { type CliRun, runCli } from "../support/run-cli.ts";
import { makeShortNight } from "../support/short-night.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const at = (name: string) => join(folder.path, name);
let video: string;
let options: string;
let first: CliRun;

const analyze = (out: string, env: Record<string, string> = {}, ...more: string[]) =>
  runCli(["analyze", video, "--out", at(out), "--options", options, ...more], { env });
const readReport = (out: string): NightReport =>
  nightReportSchema.parse(JSON.parse(readFileSync(at(join(out, NIGHT_FILES.report)), "utf8")));
const withoutTiming = ({ timing: _, ...rest }: NightReport) => rest;

beforeAll(async () => {
  ({ video, options } = await makeShortNight(folder.path));
  first = await analyze("first", {}, "--json", "--progress", "json");
});

describe("kickline analyze", () => {
  it("ends well and prints nothing but its report on stdout", () => {
    expect([first.code, first.stderr.replace(/^\{.*\}\n/gm, "")]).toEqual([0, ""]);
    expect(first.stdout.trimEnd().split("\n").length).toBe(1);
    const printed = nightReportSchema.parse(JSON.parse(first.stdout));
    expect(printed).toEqual(readReport("first"));
  });

  it("tells its progress as JSON, one stage after the other, to the end of each", () => {
    const lines = first.stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect([...new Set(lines.map(({ stage }) => stage))]).toEqual([
      "opening",
      "survey",
      "movement",
      "report",
    ]);
    for (const { done, total } of lines) {
      expect(done).toBeGreaterThanOrEqual(0);
      expect(done).toBeLessThanOrEqual(total + 0.1);
    }
    for (const stage of ["survey", "movement"]) {
      const told = lines.filter((line) => line.stage === stage).map(({ done }) => done as number);
      expect(told).toEqual([...told].sort((a, b) => a - b));
    }
  });

  it("finds the tremor that is there, at its time", () => {
    const { events, recording } = readReport("first");
    const tremor = events.find(({ kind }) => kind === "tremor-like");
    expect(tremor?.frequencyHz).toBeCloseTo(7, 0);
    expect(tremor?.file).toBe(basename(video));
    expect(recording).toMatchObject({ startedAt: "2026-11-22T21:30:00", startedAtSource: "file name" });
    expect(tremor?.wallTime).toMatch(/^2026-11-22T21:30:0\d/);
  });

  it("writes every file of a night and leaves nothing else", () => {
    const { report, events, sidecar, indices, timeline, page, thumbnails, milestones } = NIGHT_FILES;
    const wanted = [report, events, sidecar, indices, timeline, page, thumbnails, milestones];
    expect(readdirSync(at("first")).sort()).toEqual([...wanted].sort());
    const ids = readReport("first").events.map(({ id }) => `${id}.jpg`);
    expect(readdirSync(at("first/thumbnails")).sort()).toEqual(ids.sort());
    for (const name of ids)
      expect(
        readFileSync(at(`first/thumbnails/${name}`))
          .subarray(0, 2)
          .toString("hex"),
      ).toBe("ffd8");
    expect(readFileSync(at("first/events.tsv"), "utf8").startsWith("onset\tduration\t")).toBe(true);
    expect(Object.keys(JSON.parse(readFileSync(at("first/events.json"), "utf8")))).toContain("onset");
    expect(readFileSync(at("first/indices.tsv"), "utf8").startsWith("index\tof\tstate\t")).toBe(true);
    expect(readFileSync(at("first/timeline.svg"), "utf8")).toMatch(/^(<\?xml[^>]*>\s*)?<svg /);
  });

  it("writes a page that loads nothing from anywhere", () => {
    const html = readFileSync(at("first/report.html"), "utf8");
    for (const name of ["src", "href", "action", "data", "poster", "srcset", "content"]) {
      expect(html).not.toMatch(new RegExp(`\\s${name}\\s*=\\s*["']?\\s*(https?:)?//`, "i"));
    }
    expect(html).not.toMatch(
      /url\(\s*["']?\s*(https?:)?\/\/|@import|<link|<iframe|<base|import\(|fetch\(|XMLHttp/i,
    );
    expect(html).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none'/);
    expect(html).toContain("data:image/jpeg;base64,");
  });

  it("names no folder of this computer in what it writes", () => {
    for (const name of [
      "night.json",
      "report.html",
      "events.tsv",
      "events.json",
      "indices.tsv",
      "timeline.svg",
    ]) {
      expect(readFileSync(at(`first/${name}`), "utf8")).not.toContain(folder.path);
    }
  });

  it("finds the same again, whatever the number of jobs", async () => {
    const again = await analyze("again", {}, "--jobs", "1", "--progress", "none");
    expect([again.code, again.stderr]).toEqual([0, ""]);
    expect(again.stdout).toMatch(/1 tremor-like/);
    expect(again.stdout).toContain(at("again/report.html"));
    expect(withoutTiming(readReport("again"))).toEqual(withoutTiming(readReport("first")));
  });

  it("goes on from an earlier run in the same folder, to the same end", async () => {
    const before = readReport("first");
    const again = await analyze("first");
    expect(again.code).toBe(0);
    expect(withoutTiming(readReport("first"))).toEqual(withoutTiming(before));
  });
});

describe("kickline analyze with the decoder of the npm package", () => {
  const sameEvents = (out: string, reference: NightReport) => {
    const { events, provenance } = readReport(out);
    const plain = (report: NightReport["events"]) =>
      report.map(({ kind, limb, onset, duration }) => [kind, limb, onset.toFixed(1), duration.toFixed(1)]);
    expect(plain(events)).toEqual(plain(reference.events));
    return provenance.decoder;
  };

  it("finds the same events when it is named, and when nothing else is there", async () => {
    const old = await findFfmpeg({ PATH: "" });
    expect(old.source).toBe("bundled");
    const named = await analyze("named", { KICKLINE_FFMPEG: old.path });
    expect([named.code, named.stderr]).toEqual([0, ""]);
    expect(sameEvents("named", readReport("first"))).toContain(old.version);

    const alone = await runCli(["info", "--json"], { env: { PATH: "", KICKLINE_FFMPEG: undefined } });
    expect(JSON.parse(alone.stdout).ffmpeg).toMatchObject({ source: "bundled", version: old.version });
    const fallen = await analyze("fallen", { PATH: "", KICKLINE_FFMPEG: "" });
    expect([fallen.code, fallen.stderr]).toEqual([0, ""]);
    expect(withoutTiming(readReport("fallen"))).toEqual(withoutTiming(readReport("named")));
  });
});

describe("kickline report", () => {
  const bytes = (out: string, name: string) => readFileSync(at(join(out, name)));

  it("renders byte for byte what analyze rendered", async () => {
    const names = ["report.html", "timeline.svg", "events.tsv", "events.json", "indices.tsv"];
    const report = readReport("first");
    const before = names.map((name) => bytes("first", name));
    for (const night of [at("first"), at("first/night.json")]) {
      const run = await runCli(["report", night]);
      expect([run.code, run.stderr]).toEqual([0, ""]);
      for (const [i, name] of names.entries())
        expect([name, Buffer.compare(bytes("first", name), before[i]!)]).toEqual([name, 0]);
      expect(readReport("first")).toEqual(report);
    }
  });

  it("renders into another folder, with the pictures, and prints JSON on demand", async () => {
    const run = await runCli(["report", at("first"), "--out", at("elsewhere"), "--json"]);
    expect(run.code).toBe(0);
    expect(nightReportSchema.parse(JSON.parse(run.stdout))).toEqual(readReport("first"));
    expect(Buffer.compare(bytes("elsewhere", "report.html"), bytes("first", "report.html"))).toBe(0);
    expect(readdirSync(at("elsewhere/thumbnails"))).toEqual(readdirSync(at("first/thumbnails")));
  });
});

describe("kickline info", () => {
  it("prints versions, the decoder and the models, in words and as JSON", async () => {
    const json = JSON.parse((await runCli(["info", "--json"])).stdout);
    expect(json).toMatchObject({ kickline: "0.1.0", node: process.version });
    expect(Object.keys(json.ffmpeg).sort()).toEqual(["path", "source", "version"]);
    expect(json.models.map(({ name }: { name: string }) => name)).toContain("movenet-thunder");
    const words = await runCli(["info"]);
    expect([words.code, words.stderr]).toEqual([0, ""]);
    for (const word of [json.kickline, json.node, json.ffmpeg.version, "movenet-thunder"]) {
      expect(words.stdout).toContain(word);
    }
  });

  it("prints options that analyze takes", async () => {
    const { stdout } = await runCli(["info", "--options"]);
    expect(analysisOptionsSchema.parse(JSON.parse(stdout))).toEqual(DEFAULT_OPTIONS);
  });

  it("says what a recording is, without analysing it", async () => {
    const clip = fileURLToPath(new URL("../../fixtures/clips/patting.mp4", import.meta.url));
    const zone = ["--started-at", "2026-11-22T21:30:00", "--time-zone", "Europe/Berlin"];
    const words = await runCli(["info", clip, ...zone]);
    expect([words.code, words.stderr]).toEqual([0, ""]);
    expect(words.stdout).toMatch(/^from {7}2026-11-22T21:30:00\+01:00$/m);
    expect(words.stdout).toMatch(/^pauses {5}none$/m);
    const { recording, clock } = JSON.parse((await runCli(["info", clip, "--json"])).stdout);
    expect(recording.files).toMatchObject([{ name: "patting.mp4", onset: 0, frames: clock.frames }]);
    expect(clock.frameRate).toBeCloseTo(recording.frameRate, 6);
  });

  it("says so when there is no decoder", async () => {
    const { code, stdout } = await runCli(["info", "--json"], {
      env: { KICKLINE_FFMPEG: "/nowhere/ffmpeg" },
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).ffmpeg.missing).toContain("/nowhere/ffmpeg");
  });

  it("bears a reader that has seen enough", async () => {
    const { code, stderr } = await runCli(["info"], { under: ["sh", "-c", '"$@" | true', "sh"] });
    expect([code, stderr]).toEqual([0, ""]);
  });
});
