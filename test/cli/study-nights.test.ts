import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatAnnotations } from "../../src/interop/annotations/formats.ts";
import { nightPlace } from "../../src/store/study-folder.ts";
import { runCli } from "../support/run-cli.ts";
import { makeShortNight } from "../support/short-night.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const at = (...names: readonly string[]) => join(folder.path, ...names);
const night = nightPlace("01", "01", "night");

beforeAll(async () => {
  mkdirSync(at("videos"));
  const { video } = await makeShortNight(folder.path);
  cpSync(video, at("videos", "sub-01_ses-01.mp4"));
  cpSync(video, at("videos", "sub-02_ses-01.mp4"));
  const analysis = { pose: { model: "movenet-lightning", rateHz: 1 } };
  writeFileSync(at("options.json"), JSON.stringify({ analysis }));
  const run = await runCli(["batch", at("videos"), "-o", at("study"), "--options", at("options.json")]);
  expect(run.code).toBe(0);
}, 120_000);

/** Runs a command that must end well, and gives what it said. */
async function good(...words: readonly string[]): Promise<string> {
  const run = await runCli(words);
  expect([run.code, run.stderr]).toEqual([0, ""]);
  return run.stdout;
}

describe("a night of a study", () => {
  it("is compared, one by one or the whole study, with another study and with a rater's files", async () => {
    cpSync(at("study"), at("again"), { recursive: true });
    const same = JSON.parse(await good("compare", at("study"), at("again"), "--json"));
    expect(same.comparison.any).toMatchObject({ precision: 1, recall: 1 });
    expect(same.comparison.any.first).toBeGreaterThan(0);
    expect(same.unpaired).toEqual([]);

    const rater = at("rater", "sub-01", "ses-01", "beh");
    mkdirSync(rater, { recursive: true });
    cpSync(at("study", night.events), join(rater, "sub-01_ses-01_task-night_events.tsv"));
    writeFileSync(at("rater", "participants.tsv"), "participant_id\nsub-01\n");
    const set = { annotations: [{ onset: 1, duration: 1, kind: "kicking" }], duration: 60, media: "x.mp4" };
    writeFileSync(at("rater", "sub-02_ses-01.eaf"), formatAnnotations(set, "elan"));
    symlinkSync(at("rater"), at("rater", "sub-01", "back"));
    const human = JSON.parse(await good("compare", at("rater"), at("study"), "--json"));
    expect(human.unpaired).toEqual([]);
    expect(human.rates[0].recordings.length).toBe(2);

    const one = JSON.parse(await good("compare", at("study", "sub-01", "ses-01"), rater, "--json"));
    expect(one.comparison.any).toMatchObject({ precision: 1, recall: 1 });
  });

  it("is converted, rendered again elsewhere, passed on without pictures, and gives its poses", async () => {
    const session = at("study", "sub-01", "ses-01");
    expect(await good("convert", session, at("x.eaf"))).toMatch(/annotations written/);
    await good("report", session, "--out", at("page"));
    expect(readdirSync(at("page"))).toContain("report.html");
    await good("share", session, "--out", at("shared"));
    expect(readdirSync(at("shared"))).toContain("skeleton.tsv");
    for (const [i, path] of [session, at("study", night.folder), at("study", night.report)].entries()) {
      expect(await good("poses", path, at(`poses-${i}.csv`))).toMatch(/frames written/);
      expect(readFileSync(at(`poses-${i}.csv`))).toEqual(readFileSync(at("poses-0.csv")));
    }
  });

  it("is not written over by a night's report, nor guessed among several", async () => {
    const before = readdirSync(at("study", night.folder));
    const over = await runCli(["report", at("study", "sub-01", "ses-01")]);
    expect(over).toMatchObject({ code: 2 });
    expect(over.stderr).toMatch(/--out: .* is a night of a study/);
    expect(readdirSync(at("study", night.folder))).toEqual(before);
    cpSync(at("study", night.report), at("study", nightPlace("01", "01", "nap").report));
    const several = await runCli(["share", at("study", "sub-01", "ses-01"), "--out", at("none")]);
    expect(several).toMatchObject({ code: 1 });
    expect(several.stderr).toMatch(
      /holds 2 nights\nName the one that is meant, such as .*_task-nap_night\.json/,
    );
    const study = await runCli(["report", at("study"), "--out", at("none")]);
    expect(study.stderr).toMatch(/cannot be read\nGive the folder .* one night of a study/);
  });
});
