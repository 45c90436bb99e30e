import { expect, it } from "vitest";
import { histogram, stripPlot } from "../../src/report/formats/svg/plots.ts";
import { quantile } from "../../src/signal/statistics.ts";

/** Where marks of a plot lie across, by the number beside them. */
function marksOf(svg: string): { value: number; x: number }[] {
  const marks = [...svg.matchAll(/<text x="([\d.]+)" y="[\d.]+" text-anchor="middle"[^>]*>([\d.]+)</g)];
  return marks.map(([, x, value]) => ({ value: Number(value), x: Number(x) }));
}

it("draws the middle half where the table says it lies", () => {
  const values = [0, 0, 0, 100, 100, 400];
  const svg = stripPlot([{ name: "Kicking", color: "red", values }], "per hour");
  const [first, last] = [marksOf(svg)[0]!, marksOf(svg).at(-1)!];
  const across = (value: number) =>
    first.x + ((value - first.value) / (last.value - first.value)) * (last.x - first.x);
  const [, left, width] = /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(svg)!.map(Number);
  expect(left).toBeCloseTo(across(quantile(values, 0.25)), 0);
  expect(left! + width!).toBeCloseTo(across(quantile(values, 0.75)), 0);
});

it("leaves room for the number at the right end", () => {
  for (const most of [1, 30, 100, 1250, 98_000]) {
    for (const svg of [
      histogram([0, most], "length"),
      stripPlot([{ name: "a", color: "red", values: [most] }], "x"),
    ]) {
      const right = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]);
      const last = marksOf(svg).at(-1)!;
      // A digit is about 0.6 of 12 px wide.
      expect(last.x + (String(last.value).length * 12 * 0.6) / 2).toBeLessThanOrEqual(right);
    }
  }
});
