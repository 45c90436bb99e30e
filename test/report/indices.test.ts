import { describe, expect, it } from "vitest";
import { formatIndicesTsv, INDEX_COLUMNS } from "../../src/report/formats/indices-tsv.ts";
import { renderReportHtml } from "../../src/report/formats/report-html.ts";
import { describeRestPlainly } from "../../src/report/formats/rest-words.ts";
import type { NightReport } from "../../src/report/night-report.ts";
import { inventNight } from "./invented-night.ts";

const night = inventNight({ seed: 7, duration: 36_000, events: 500, startedAt: "2026-11-14T21:40:00+01:00" });
const short = inventNight({ seed: 2, duration: 180, events: 8 });
const unfit = inventNight({ seed: 9, duration: 3600, events: 40, fitToJudge: false });
const markupOf = (report: NightReport) =>
  renderReportHtml(report).replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
const withRest = (rest: Partial<NightReport["indices"]["rest"]>): NightReport => ({
  ...night,
  indices: { ...night.indices, rest: { ...night.indices.rest, ...rest } },
});

describe("indices.tsv", () => {
  const lines = formatIndicesTsv(night).trimEnd().split("\n");
  const rows = lines.slice(1).map((line) => line.split("\t"));
  const numberAt = (...wanted: string[]) =>
    rows.find((row) => wanted.every((word, i) => row[i] === word))?.[INDEX_COLUMNS.indexOf("value")];

  it("is a table with the formula beside every number", () => {
    expect(lines[0]!.split("\t")).toEqual([...INDEX_COLUMNS]);
    for (const row of rows) {
      expect(row, row.join(" ")).toHaveLength(INDEX_COLUMNS.length);
      expect(row[3]).toMatch(/^(-?\d+(\.\d+)?|n\/a)$/);
      expect(row.at(-1)).not.toBe("n/a");
    }
    expect(new Set(rows.map((row) => row.slice(0, 3).join(" "))).size).toBe(rows.length);
  });

  it("says what night.json says", () => {
    const [wasm] = night.indices.series;
    expect(numberAt("candidates", "WASM_2016", "all")).toBe(String(wasm!.night.candidates));
    expect(numberAt("candidates_per_hour", "WASM_2016", "all")).toBe(
      String(wasm!.night.candidatesPerHour!.rate),
    );
    expect(numberAt("time", "n/a", "active")).toBe(String(night.indices.rest.seconds.active));
  });

  it("knows of no hourly figure below an hour, and of none at all in a night unfit to judge", () => {
    expect(formatIndicesTsv(short)).toMatch(/candidates_per_hour\tAASM\tall\tn\/a\tn\/a\tn\/a/);
    expect(formatIndicesTsv(unfit)).toBe(`${INDEX_COLUMNS.join("\t")}\n`);
  });
});

describe("the words of rest", () => {
  const plain = (rest: Partial<NightReport["indices"]["rest"]>) =>
    describeRestPlainly(withRest(rest)).join(" ");

  it("tell of the longest and the first long rest, and of what interrupts it", () => {
    const first = { onset: 1200, duration: 600 };
    const all = { longestRest: { onset: 3600, duration: 7200 }, firstLongRest: first, timeToRest: 1200 };
    expect(plain({ ...all, interruptions: 3, interruptedSeconds: 150 })).toBe(
      "The longest rest lasted 2 h, from 22:40 to 00:40. The first long rest (five minutes or more) began at 22:00, after 20 min that could be judged. From then on activity interrupted rest 3 times, together for 2 min 30 s.",
    );
    expect(plain({ ...all, timeToRest: 0, interruptions: 0 })).toMatch(/began with a long rest.*no activity/);
    expect(plain({ longestRest: first, firstLongRest: null })).toContain("No rest lasted for five minutes");
    expect(plain({ longestRest: null, firstLongRest: null })).toContain("No half minute of rest");
  });

  it("never say asleep or awake of the infant", () => {
    expect(describeRestPlainly(night).join(" ")).not.toMatch(/sleep|awake|woke|waking/i);
  });
});

describe("the report's indices", () => {
  const markup = markupOf(night);

  it("stand in the page with both rule sets, histograms, ranges and stays", () => {
    for (const words of ["Rest and activity", "WASM 2016", "AASM", "Ferri 2006", "How sure the counts are"])
      expect(markup).toContain(words);
    expect(markup.match(/class="histogram"/g)).toHaveLength(2);
    expect(markup).toContain("Before and after someone came");
    expect(markup).toContain("not observable");
  });

  it("call leg movements video-detected, and no number an index of periodic ones", () => {
    const series = /<summary>Series of leg movements[\s\S]*?<\/details>/.exec(markup)![0];
    expect(series).toContain("Video-detected leg movements");
    expect(markup + formatIndicesTsv(night) + formatIndicesTsv(short)).not.toMatch(/\bPLM|periodic limb/i);
  });

  it("are left out of a night that is not fit to judge", () => {
    expect(markupOf(unfit)).not.toMatch(/Rest and activity|class="histogram"|Before and after someone/);
  });

  it("hold nothing that is no number", () => {
    for (const report of [night, short, unfit]) {
      expect(markupOf(report)).not.toMatch(/NaN|undefined|Infinity|\[object/);
      expect(JSON.stringify(report.indices)).not.toMatch(/NaN|Infinity/);
    }
  });
});
