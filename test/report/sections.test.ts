import { describe, expect, it } from "vitest";
import { renderReportHtml } from "../../src/report/formats/report-html.ts";
import { renderTimelineSvg } from "../../src/report/formats/timeline-svg.ts";
import { inventNight } from "./invented-night.ts";

const night = { seed: 9, duration: 5400, events: 20, startedAt: "2026-11-14T23:10:00+01:00" };
const silent = inventNight(night);
const loud = inventNight({ ...night, hasSound: true });

describe("the card of what a recording can show", () => {
  it("greys the kinds that cannot be judged, says why, and tells every hour", () => {
    const html = renderReportHtml(silent);
    const rows = html.match(/<table class="can-show">.*?<\/table>/s)![0];
    expect(rows.match(/<tr class="greyed">/g)).toHaveLength(2);
    expect(rows).toContain("no rhythm faster than 8 a second");
    expect(rows).toContain("cannot be judged here");
    expect(html.match(/<h2 id="can-show-title">/g)).toHaveLength(1);
    expect(html).toMatch(/<th scope="row">23:10<\/th>.*<th scope="row">00:10<\/th>/s);
  });
});

describe("the sound of a night", () => {
  it("has a lane and a section when there is sound, and neither when there is none", () => {
    for (const [report, has] of [
      [silent, false],
      [loud, true],
    ] as const) {
      expect(renderTimelineSvg(report).includes(">Sound</text>")).toBe(has);
      expect(renderReportHtml(report).includes("What was heard")).toBe(has);
    }
  });

  it("tells what sounds like crying, and never who or why", () => {
    const html = renderReportHtml(loud);
    expect(html).toContain("One louder sound was heard.");
    expect(html).toContain("Something that sounds like crying was heard once, 42 s together.");
  });
});
