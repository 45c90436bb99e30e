import { describe, expect, it } from "vitest";
import { PALETTES } from "../../src/report/formats/svg/palette.ts";
import { renderTimelineSvg } from "../../src/report/formats/timeline-svg.ts";
import { KIND_WORDS, kindsPresent } from "../../src/report/wording.ts";
import { expectGolden } from "./golden-text.ts";
import { inventNight } from "./invented-night.ts";

const short = inventNight({ seed: 3, duration: 60, events: 6 });
const evening = inventNight({ seed: 4, duration: 5400, events: 25, startedAt: "2026-11-14T23:10:00+01:00" });
const night = inventNight({ seed: 5, duration: 43_200, events: 500, startedAt: "2026-11-14T19:00:00" });

/** Tags that open and close in order: enough to know that the picture is well-formed. */
function findUnbalancedTag(svg: string): string | undefined {
  const open: string[] = [];
  for (const [, isEnd, name, isAlone] of svg.matchAll(/<(\/?)([a-z]+)\b[^>]*?(\/?)>/g)) {
    if (isAlone === "/") continue;
    if (isEnd !== "/") open.push(name!);
    else if (open.pop() !== name) return name;
  }
  return open[0];
}

describe("renderTimelineSvg", () => {
  it("is well-formed, whatever the file is called", () => {
    const odd = inventNight({ seed: 3, duration: 60, events: 2, fileName: '</svg><script>&"\u0001\ud800' });
    for (const report of [short, evening, night, odd])
      expect(findUnbalancedTag(renderTimelineSvg(report))).toBeUndefined();
    expect(renderTimelineSvg(odd)).not.toContain("<script");
    expect(renderTimelineSvg(odd)).not.toContain("\u0001");
    expect(renderTimelineSvg(odd)).not.toMatch(/\p{Surrogate}/u);
  });

  it("holds no number finer than a tenth of a pixel, and nothing that is none", () => {
    const paths = [...renderTimelineSvg(night).matchAll(/ d="([^"]*)"/g)].map(([, path]) => path).join(" ");
    expect(/NaN|Infinity|undefined|\.\d\d/.exec(paths)).toBeNull();
  });

  it("gives every kind that occurs a lane with its name", () => {
    const svg = renderTimelineSvg(night);
    for (const { kind } of kindsPresent(night)) expect(svg).toContain(`>${KIND_WORDS[kind].name}<`);
  });

  it("keeps within the picture an event at either end", () => {
    const [event] = short.events;
    const atEnd = {
      ...short,
      events: [
        { ...event!, onset: 59.99, duration: 0.01 },
        { ...event!, onset: 0, duration: 0.01 },
      ],
    };
    const marks = renderTimelineSvg(atEnd).match(/M(\d+\.?\d*) [\d.]+h2v14h-2z/g) ?? [];
    expect(marks.map((mark) => Number.parseFloat(mark.slice(1)))).toEqual([914, 190]);
  });

  it("says of an unfit recording that it could not be judged, without a count", () => {
    const svg = renderTimelineSvg(inventNight({ seed: 6, duration: 600, events: 9, fitToJudge: false }));
    expect(svg).toContain("could not be judged");
    expect(svg).not.toMatch(/Kicking: \d/);
  });

  it("stays small for a whole night", () => {
    expect(renderTimelineSvg(night).length).toBeLessThan(150_000);
  });

  it("has not changed", () => {
    expectGolden("short.svg", renderTimelineSvg(short));
    expectGolden("evening.svg", renderTimelineSvg(evening));
    expectGolden("evening-dark.svg", renderTimelineSvg(evening, { theme: "dark" }));
  });
});

describe("palettes", () => {
  const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (color: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => channel(Number.parseInt(color.slice(at, at + 2), 16) / 255));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const contrast = (a: string, b: string) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
    return (light + 0.05) / (dark + 0.05);
  };

  it.each(["light", "dark"] as const)("%s: text reaches 4.5:1 and every mark 3:1", (theme) => {
    const { ink, muted, accent, kinds, paper, lane } = PALETTES[theme];
    const pages = theme === "light" ? ["#f7f8f9", "#e9f1f4"] : ["#10161b", "#1b2e37"];
    for (const ground of [paper, ...pages]) {
      for (const text of [ink, muted, accent])
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const [kind, color] of Object.entries(kinds)) {
      for (const ground of [paper, lane])
        expect(contrast(color, ground), `${kind} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });
});
