import { quantile } from "../../../signal/statistics.ts";
import { coordinate, escapeMarkup } from "../markup.ts";

/** Still plots for pages without script. Colours are the page's own, so that they follow its theme. */
const WIDTH = 720;
/** Right of the last mark, whose number is as wide again on each side. */
const MARGIN = 24;
const TEXT = 'fill="var(--muted)" font-size="12"';

interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** A linear scale from zero or below to a round number, with three to six marks. */
function makeScale(from: number, to: number, left: number, right: number): Scale {
  const span = Math.max(to - from, 1e-9);
  const raw = span / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((candidate) => candidate >= raw)!;
  const low = Math.floor(from / step + 1e-9) * step;
  const high = Math.max(low + step, Math.ceil(to / step - 1e-9) * step);
  const count = Math.round((high - low) / step);
  return {
    ticks: Array.from({ length: count + 1 }, (_, i) => Number((low + i * step).toPrecision(12))),
    at: (value) => left + ((value - low) / (high - low)) * (right - left),
  };
}

const svg = (height: number, label: string, content: string) =>
  `<svg class="histogram" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeMarkup(label)}">${content}</svg>`;
const words = (x: number, y: number, text: string, anchor: "start" | "middle" | "end" = "middle") =>
  `<text x="${coordinate(x)}" y="${coordinate(y)}" text-anchor="${anchor}" ${TEXT}>${escapeMarkup(text)}</text>`;
const line = (x1: number, y1: number, x2: number, y2: number, kind: string, more = "") =>
  `<line class="${kind}" x1="${coordinate(x1)}" y1="${coordinate(y1)}" x2="${coordinate(x2)}" y2="${coordinate(y2)}" ${more}/>`;

// One by one: as arguments of a call, the values of a hundred thousand nights would be too many.
const lowest = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const highest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** Columns of how many values lie in each bin. */
export function histogram(values: readonly number[], what: string, bins = 24): string {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return "";
  const [left, right, top, bottom] = [44, WIDTH - MARGIN, 10, 150];
  const x = makeScale(Math.min(0, lowest(finite)), highest(finite), left, right);
  const [low, high] = [x.ticks[0]!, x.ticks.at(-1)!];
  const counts = new Array<number>(bins).fill(0);
  for (const value of finite) {
    const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    counts[bin] = counts[bin]! + 1;
  }
  const most = Math.max(...counts);
  const wide = (right - left) / bins;
  const columns = counts.map((count, i) =>
    count === 0
      ? ""
      : `<rect class="column" x="${coordinate(left + i * wide + 1)}" y="${coordinate(bottom - (count / most) * (bottom - top))}" width="${coordinate(wide - 2)}" height="${coordinate((count / most) * (bottom - top))}"><title>${count} from ${showEdge(low + (i * (high - low)) / bins)} to ${showEdge(low + ((i + 1) * (high - low)) / bins)}</title></rect>`,
  );
  const marks = x.ticks.map((tick) => words(x.at(tick), bottom + 18, showEdge(tick)));
  const axis = line(left, bottom, right, bottom, "axis");
  return svg(
    190,
    `How ${what} is spread over ${finite.length} nights`,
    `${words(left - 6, top + 10, String(most), "end")}${words(left - 6, bottom, "0", "end")}${columns.join("")}${axis}${marks.join("")}${words((left + right) / 2, bottom + 36, what)}`,
  );
}

/** One lane a group: each value a dot, the middle half a box, the median a bar. */
export function stripPlot(
  groups: readonly { readonly name: string; readonly color: string; readonly values: readonly number[] }[],
  what: string,
): string {
  const [left, right, lane] = [210, WIDTH - MARGIN, 30];
  const all = groups.flatMap(({ values }) => values.filter(Number.isFinite));
  if (all.length === 0) return "";
  const bottom = groups.length * lane + 6;
  const x = makeScale(0, highest(all), left, right);
  const grid = x.ticks.map((tick) => line(x.at(tick), 4, x.at(tick), bottom, "grid"));
  const marks = x.ticks.map((tick) => words(x.at(tick), bottom + 18, showEdge(tick)));
  const lanes = groups.map(({ name, color, values }, i) => {
    const middle = i * lane + lane / 2 + 3;
    const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
    if (sorted.length === 0) return words(left - 12, middle + 4, name, "end");
    const at = (q: number) => x.at(quantile(sorted, q));
    const box = `<rect x="${coordinate(at(0.25))}" y="${coordinate(middle - 8)}" width="${coordinate(Math.max(1, at(0.75) - at(0.25)))}" height="16" rx="3" fill="${color}" opacity="0.2"/>`;
    const dots = thin(sorted).map(
      (value, n) =>
        `<circle cx="${coordinate(x.at(value))}" cy="${coordinate(middle + ((n * 7) % 11) - 5)}" r="3" fill="${color}" opacity="0.75"/>`,
    );
    const bar = `<line x1="${coordinate(at(0.5))}" x2="${coordinate(at(0.5))}" y1="${coordinate(middle - 10)}" y2="${coordinate(middle + 10)}" stroke="var(--ink)" stroke-width="2"/>`;
    return `${words(left - 12, middle + 4, name, "end")}${box}${dots.join("")}${bar}`;
  });
  return svg(
    bottom + 44,
    `${what}, by kind`,
    `${grid.join("")}${lanes.join("")}${marks.join("")}${words((left + right) / 2, bottom + 36, what)}`,
  );
}

/** Shares of a whole, a bar for each night. */
export function stackedBars(
  bars: readonly { readonly name: string; readonly parts: readonly number[] }[],
  colors: readonly string[],
  label: string,
): string {
  const [left, right, lane] = [210, WIDTH - 12, 18];
  const rows = bars.map(({ name, parts }, i) => {
    const whole = parts.reduce((sum, part) => sum + part, 0) || 1;
    let at = left;
    const pieces = parts.map((part, n) => {
      const width = (part / whole) * (right - left);
      const piece = `<rect x="${coordinate(at)}" y="${i * lane + 3}" width="${coordinate(width)}" height="12" fill="${colors[n]}"/>`;
      at += width;
      return width < 0.05 ? "" : piece;
    });
    const short = name.length > 32 ? `${name.slice(0, 31)}…` : name;
    return `${words(left - 10, i * lane + 13, short, "end")}${pieces.join("")}`;
  });
  return svg(bars.length * lane + 6, label, rows.join(""));
}

/** Points of two numbers, with levels drawn across. */
export function scatter(
  points: readonly { readonly x: number; readonly y: number; readonly name: string }[],
  levels: readonly { readonly y: number; readonly name: string; readonly dashed: boolean }[],
  axes: { readonly x: string; readonly y: string },
): string {
  const [left, right, top, bottom] = [64, WIDTH - 120, 12, 250];
  if (points.length === 0) return "";
  const ys = [...points.map(({ y }) => y), ...levels.map(({ y }) => y), 0].filter(Number.isFinite);
  const xs = points.map(({ x }) => x);
  const x = makeScale(Math.min(0, lowest(xs)), highest(xs), left, right);
  const y = makeScale(lowest(ys), highest(ys), bottom, top);
  const grid = y.ticks.map((tick) => line(left, y.at(tick), right, y.at(tick), "grid"));
  const marks = [
    ...y.ticks.map((tick) => words(left - 8, y.at(tick) + 4, showEdge(tick), "end")),
    ...x.ticks.map((tick) => words(x.at(tick), bottom + 18, showEdge(tick))),
  ];
  const across = levels
    .filter((level) => Number.isFinite(level.y))
    .map(
      (level) =>
        `<line x1="${left}" x2="${right}" y1="${coordinate(y.at(level.y))}" y2="${coordinate(y.at(level.y))}" stroke="var(--accent)" stroke-width="1.5"${level.dashed ? ' stroke-dasharray="5 4"' : ""}/>${words(right + 8, y.at(level.y) + 4, level.name, "start")}`,
    );
  const dots = thin(points).map(
    (point) =>
      `<circle cx="${coordinate(x.at(point.x))}" cy="${coordinate(y.at(point.y))}" r="4" fill="var(--accent)" opacity="0.7"><title>${escapeMarkup(point.name)}</title></circle>`,
  );
  const turned = `<text transform="translate(14 ${coordinate((top + bottom) / 2)}) rotate(-90)" text-anchor="middle" ${TEXT}>${escapeMarkup(axes.y)}</text>`;
  return svg(
    bottom + 48,
    `${axes.y} against ${axes.x}`,
    `${grid.join("")}${across.join("")}${dots.join("")}${marks.join("")}${words((left + right) / 2, bottom + 38, axes.x)}${turned}`,
  );
}

/** At most so many marks, evenly taken: a page of a hundred thousand dots opens nowhere. */
function thin<T>(values: readonly T[], most = 1500): readonly T[] {
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, i) => values[Math.floor((i * values.length) / most)]!);
}

function showEdge(value: number): string {
  return String(Number(value.toPrecision(4))).replace("-", "−");
}
