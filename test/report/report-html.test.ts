import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { Script } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { SCRIPT_HASH, STYLE_HASH } from "../../src/report/formats/html/content-hashes.ts";
import { collectThumbnails } from "../../src/report/formats/html/embedded-data.ts";
import { SCRIPT } from "../../src/report/formats/html/script.ts";
import { STYLE } from "../../src/report/formats/html/style.ts";
import { renderReportHtml } from "../../src/report/formats/report-html.ts";
import { inventNight } from "./invented-night.ts";

const hashOf = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
const night = inventNight({ seed: 7, duration: 36_000, events: 500, startedAt: "2026-11-14T21:40:00+01:00" });
const PICTURE = "data:image/jpeg;base64,/9j/4AAQ";

/** The page without its script, style and data: what is read, or could run when it should not. */
function markupOf(html: string): string {
  return html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
}

beforeAll(() => {
  if (process.env["UPDATE_GOLDEN"] !== "1") return;
  const file = new URL("../../src/report/formats/html/content-hashes.ts", import.meta.url);
  const text = readFileSync(file, "utf8");
  const named = (name: string, hash: string) => (before: string) =>
    before.replace(new RegExp(`${name} = ".*"`), `${name} = "${hash}"`);
  writeFileSync(file, named("STYLE_HASH", hashOf(STYLE))(named("SCRIPT_HASH", hashOf(SCRIPT))(text)));
});

describe("the page's policy", () => {
  it("names the script and the style by the hash they have (else UPDATE_GOLDEN=1, then again)", () => {
    expect(SCRIPT_HASH).toBe(hashOf(SCRIPT));
    expect(STYLE_HASH).toBe(hashOf(STYLE));
  });

  it("lets nothing load and nothing else run", () => {
    const html = renderReportHtml(night);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
    expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\/|url\((?!#)|@import/);
  });

  it("needs no style or handler inside a tag", () => {
    expect(markupOf(renderReportHtml(night))).not.toMatch(/<[^>]+\s(style|on\w+)=/i);
  });

  it("holds a script that parses", () => {
    expect(() => new Script(SCRIPT)).not.toThrow();
    expect(SCRIPT).not.toContain("</");
    expect(SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|XMLHttp/,
    );
  });
});

describe("untrusted text", () => {
  const fileName = "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>\u2028.mp4";
  const hostile = inventNight({ seed: 3, duration: 60, events: 4, fileName });
  const report = {
    ...hostile,
    events: hostile.events.map((event) => ({
      ...event,
      id: `${event.id}"><b>`,
      evidence: { ...event.evidence, because: fileName, features: { ["</script><i>"]: 1 } },
    })),
    options: { "<u>": { "<s>": "<img>" } },
    provenance: { ...hostile.provenance, decoder: fileName, kickline: "<x>" },
    timing: { ...hostile.timing, stages: { "<h1>": 2 } },
    issues: [{ code: "x", severity: "note" as const, message: fileName, suggestion: fileName }],
    limits: { ...hostile.limits, cannotShow: [fileName] },
  };
  const html = renderReportHtml(report, { thumbnails: { [report.events[0]!.id]: '"><script>' } });

  it("never becomes markup", () => {
    expect(html).not.toMatch(/<img|<script>alert|<b>"|<i>|<u>|<s>|<x>|<h1>2/);
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&lt;/script&gt;");
    expect(html.match(/<script\b/g)).toHaveLength(3);
    expect(html.match(/<\/script>/g)).toHaveLength(3);
  });

  it("survives as data", () => {
    const data = JSON.parse(/id="night">(.*?)<\/script>/s.exec(html)![1]!);
    expect(data.files[0]).toBe(fileName);
    expect(data.events[0].why).toBe(fileName);
  });

  it("leaves out thumbnails that are no picture or belong to no event", () => {
    const [one, two, three] = night.events.map(({ id }) => id) as [string, string, string];
    const kept = collectThumbnails(night, {
      [one]: PICTURE,
      [two]: "https://example.org/a.jpg",
      [three]: "data:image/svg+xml;base64,AAAA",
      "leg-movement-999999": PICTURE,
    });
    expect(kept).toEqual({ [one]: PICTURE });
  });
});

describe("renderReportHtml", () => {
  const html = renderReportHtml(night);
  const markup = markupOf(html);

  it("comes in the order parents, recording, events, limits, doctor, provenance", () => {
    const places = [
      "title",
      "timeline-title",
      "events-title",
      "limits-title",
      "doctor-title",
      "provenance-title",
    ].map((id) => html.indexOf(`id="${id}"`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it("tells of the camera's clock, and of clocks that were changed", () => {
    const markup = markupOf(renderReportHtml(night));
    expect(markup).toContain("The camera’s clock");
    expect(markup).toContain("20; the file states 25, off by 20 %");
    expect(markup).toContain("usually 50 ms, from 40 to 110 ms");
    expect(markup.match(/<tr><td>\d\d:\d\d<\/td><td>12,000<\/td><td>20<\/td>/g)).toHaveLength(60);
    expect(markup).not.toContain("Clocks changed");
    const recording = {
      ...night.recording,
      timeZone: "Europe/Berlin",
      clockChanges: [{ onset: 6000, shift: -3600 }],
    };
    const changed = markupOf(renderReportHtml({ ...night, recording }));
    expect(changed).toContain("to 22:20, 1 h back");
    expect(changed).toContain("Europe/Berlin");
  });

  it("has landmarks, one first heading, labelled controls, and a way round the top", () => {
    expect(markup.match(/<h1\b/g)).toHaveLength(1);
    for (const landmark of ["<header", "<main", "<nav", "<footer", 'lang="en"', 'class="skip"'])
      expect(markup).toContain(landmark);
    const labelled = [...markup.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)].flatMap(([, ids]) =>
      ids!.split(" "),
    );
    for (const id of labelled) expect(markup).toContain(`id="${id}"`);
    const ids = [...markup.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("gives the script every element it asks for", () => {
    for (const [, id] of SCRIPT.matchAll(/byId\("([\w-]+)"\)/g)) expect(html, id).toContain(`id="${id}"`);
    const empty = renderReportHtml({ ...night, events: [], summary: [] });
    for (const [, id] of SCRIPT.matchAll(/byId\("([\w-]+)"\)/g)) expect(empty, id).toContain(`id="${id}"`);
  });

  it("says what a video count is not, and uses no word of a verdict", () => {
    expect(markup).toMatch(/video-detected/i);
    expect(markup).toContain("A leg movement on video is not a leg movement on EMG");
    expect(markup).toContain("No adult norm is given");
    expect(markup + SCRIPT).not.toMatch(/diagnosis|abnormal|patient|risk|seizure/i);
  });

  it("gives no counts, and says so first, when the recording is not fit to judge", () => {
    const unfit = markupOf(
      renderReportHtml(inventNight({ seed: 9, duration: 3600, events: 40, fitToJudge: false })),
    );
    expect(unfit).toMatch(/class="lead">This recording could not be judged\./);
    expect(unfit).not.toMatch(/class="kinds"|class="count"|Per hour judged/);
  });

  it("names the options that were changed", () => {
    expect(markup).toContain("<code>pose.rateHz</code> is 4, usually 5");
  });

  it("gives hourly figures only when an hour could be judged", () => {
    expect(markup).toContain("Counts per judged hour");
    expect(renderReportHtml(inventNight({ seed: 2, duration: 180, events: 8 }))).toContain(
      "No hourly figures are given",
    );
  });

  it("stays small: a night below 1 MB, 5,000 events below 6 MB", () => {
    expect(html.length).toBeLessThan(1_000_000);
    expect(renderReportHtml(inventNight({ seed: 8, duration: 43_200, events: 5000 })).length).toBeLessThan(
      6_000_000,
    );
  });
});
