import type { NightReport } from "../../night-report.ts";
import { coordinate } from "../markup.ts";

const [WIDTH, HEIGHT] = [620, 150];
const MARGIN = { left: 34, right: 8, top: 10, bottom: 34 };
const MARKS = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];

/** Histogram of the times between leg movements, 0-90 s; the page's style gives the colours. */
export function intervalHistogram({ intervals }: NightReport["indices"]["series"][0], title: string): string {
  const { histogram, binDuration } = intervals;
  const most = Math.max(1, ...histogram);
  const inner = WIDTH - MARGIN.left - MARGIN.right;
  const floor = HEIGHT - MARGIN.bottom;
  const x = (seconds: number) => MARGIN.left + (inner * seconds) / (histogram.length * binDuration);
  const bars = histogram.flatMap((count, i) => {
    if (count === 0) return [];
    const height = ((floor - MARGIN.top) * count) / most;
    const [from, to] = [x(i * binDuration) + 0.75, x((i + 1) * binDuration) - 0.75];
    return `<rect class="column" x="${coordinate(from)}" y="${coordinate(floor - height)}" width="${coordinate(to - from)}" height="${coordinate(height)}"/>`;
  });
  const ticks = MARKS.map(
    (mark) => `<text x="${coordinate(x(mark))}" y="${floor + 15}" text-anchor="middle">${mark}</text>`,
  );
  const line = (y: number, name: string) =>
    `<line class="${name}" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y}" y2="${y}"/>`;
  return `<svg class="histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${line(MARGIN.top, "grid")}${bars.join("")}${line(floor, "axis")}${ticks.join("")}<text x="${MARGIN.left - 6}" y="${MARGIN.top + 4}" text-anchor="end">${most}</text><text x="${MARGIN.left - 6}" y="${floor + 4}" text-anchor="end">0</text><text x="${WIDTH - MARGIN.right}" y="${HEIGHT - 3}" text-anchor="end">seconds from onset to onset</text></svg>`;
}
