import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { makeShortNight } from "../support/short-night.ts";
import { studyContents } from "../support/study-contents.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const at = (...names: readonly string[]) => join(folder.path, ...names);
const batch = (out: string, ...more: readonly string[]) =>
  runCli([
    "batch",
    at("videos"),
    "--out",
    at(out),
    "--options",
    at("study-options.json"),
    "--progress",
    "none",
    ...more,
  ]);

const contents = (study: string) => studyContents(at(study));

beforeAll(async () => {
  for (const name of ["sub-01", "sub-02"]) mkdirSync(at("videos", name), { recursive: true });
  const { video } = await makeShortNight(folder.path);
  cpSync(video, at("videos", "sub-01", "first.mp4"));
  cpSync(video, at("videos", "sub-02", "first.mp4"));
  writeFileSync(at("videos", "sub-02", "spoilt.mp4"), "no film at all");
  const analysis = { pose: { model: "movenet-lightning", rateHz: 1 } };
  writeFileSync(at("study-options.json"), JSON.stringify({ analysis }));
  const late = { analysis: { ...analysis, events: { tremorFrom: 7.6 } } };
  writeFileSync(at("late-options.json"), JSON.stringify(late));
  writeFileSync(at("wrong-options.json"), JSON.stringify({ analysis: { events: { tremorFrom: "fast" } } }));
});

describe("kickline batch", () => {
  it("ends every input as something, and lets no bad file stop the others", async () => {
    const run = await batch("study", "--json");
    expect(run.code).toBe(1);
    const ledger = readFileSync(at("study", "ledger.tsv"), "utf8").trim().split("\n").slice(1);
    expect(ledger).toHaveLength(3);
    expect(ledger.filter((line) => line.includes("\tdone\t"))).toHaveLength(2);
    expect(ledger.filter((line) => line.includes("\tfailed\t") && line.includes("spoilt.mp4"))).toHaveLength(
      1,
    );
  });

  it("writes the same tables as TSV and as Parquet, for readers others wrote", async () => {
    for (const name of ["nights", "events", "indices"]) {
      const lines = readFileSync(at("study", `${name}.tsv`), "utf8")
        .trim()
        .split("\n");
      const file = readFileSync(at("study", `${name}.parquet`));
      const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
      const rows = await parquetReadObjects({ file: buffer });
      expect(rows.length).toBe(lines.length - 1);
      expect(Object.keys(rows[0]!)).toEqual(lines[0]!.split("\t"));
    }
  });

  it("does nothing again that is done, and gives the same bytes", async () => {
    const before = contents("study");
    await batch("study");
    expect(contents("study")).toEqual(before);
  });

  it("analyses again what another film of the same name and size has taken the place of", async () => {
    const path = at("videos", "sub-01", "first.mp4");
    const film = readFileSync(path);
    const other = Buffer.from(film);
    // Past the end of the film's last box nothing is read: a change there changes only the file.
    other[other.length - 1] = film.at(-1)! ^ 1;
    const done = async () => JSON.parse((await batch("study", "--json")).stdout) as { content: string }[];
    const [before] = await done();
    writeFileSync(path, other);
    const [changed] = await done();
    expect(changed!.content).not.toBe(before!.content);
    writeFileSync(path, film);
    expect((await done())[0]).toEqual(before);
  });

  it("makes a night again whose results were taken away", async () => {
    const before = contents("study");
    const report = Object.keys(before).find((name) => name.endsWith("_night.json"))!;
    rmSync(at("study", report));
    await batch("study");
    expect(contents("study")).toEqual(before);
  });

  it("gives the same bytes on two machines that share the work", async () => {
    for (const part of ["1", "2"]) await batch(`part-${part}`, "--shard", `${part}/2`);
    const run = await runCli(["merge", at("part-1"), at("part-2"), "--out", at("joined")]);
    expect(run.code).toBe(1);
    expect(contents("joined")).toEqual(contents("study"));
  });

  it("judges again a night whose report is spoilt, and lets no other wait for it", async () => {
    cpSync(at("study"), at("spoilt"), { recursive: true });
    const report = Object.keys(contents("spoilt")).find((name) => name.endsWith("_night.json"))!;
    writeFileSync(at("spoilt", report), "{");
    await runCli(["redo", at("spoilt"), "--out", at("mended")]);
    const whole = (study: string) => JSON.parse(readFileSync(at(study, report), "utf8")).events;
    expect(whole("mended")).toEqual(whole("study"));
  });

  it("judges again without the video, and says which counts differ", async () => {
    const words = ["redo", at("study"), "--options", at("late-options.json"), "--out", at("again")];
    cpSync(at("videos"), at("elsewhere"), { recursive: true });
    const run = await runCli(words);
    expect(run.stdout).toMatch(/sub-01\tses-first\ttremor-like\t1\t0\t-1/);
    expect(contents("again")["events.tsv"]).not.toBe(contents("study")["events.tsv"]);
    // What had failed has not vanished: ledger, words and exit code tell of the same nights.
    expect(run.code).toBe(1);
    const states = (study: string) =>
      readFileSync(at(study, "ledger.tsv"), "utf8").match(/\t(done|partial|failed|skipped)\t/g);
    expect(states("again")).toEqual(states("study"));
    expect(run.stderr).toMatch(/3 nights: 2 done, 0 partial, 1 failed/);
  });

  it("is the same study when nothing is judged otherwise, pictures included", async () => {
    const run = await runCli([
      "redo",
      at("study"),
      "--options",
      at("study", "study.json"),
      "--out",
      at("same"),
    ]);
    expect(run.stderr).toMatch(/No count differs/);
    const before = contents("study");
    const page = Object.keys(before).find((name) => name.endsWith("_report.html"))!;
    expect(Buffer.from(before[page]!, "base64").toString()).toContain("data:image/jpeg");
    expect(contents("same")).toEqual(before);
  });

  it("names what is wrong with the options, a manifest, or a list of nothing", async () => {
    writeFileSync(at("manifest.csv"), "path,subjekt\nx.mp4,1\n");
    mkdirSync(at("empty"));
    for (const [words, code, says] of [
      [["batch", at("videos"), "--out", at("x"), "--options", at("wrong-options.json")], 2, /tremorFrom/],
      [["batch", at("manifest.csv"), "--out", at("x")], 1, /unknown column "subjekt"/],
      [["batch", at("empty"), "--out", at("x")], 1, /kickline: /],
      [["batch", at("videos"), "--out", at("x"), "--shard", "3/2"], 2, /3\/2/],
      [["batch", at("videos"), "--out", at("x"), "--no-wait"], 2, /no queue to leave the nights to/],
      [["redo", at("empty"), "--out", at("y")], 1, /kickline: /],
      [["redo", at("study"), "--out", at("study")], 2, /is the study itself/],
    ] as const) {
      const run = await runCli(words);
      expect({ words, code: run.code }).toEqual({ words, code });
      expect(run.stderr).toMatch(says);
    }
  });
});
