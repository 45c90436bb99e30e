import { ISSUE_CATALOGUE, type IssueCode } from "../../issues.ts";
import { renderPlainPage, renderTable, showNumber } from "../../report/formats/html/plain-page.ts";
import { histogram } from "../../report/formats/svg/plots.ts";
import { median, quantile } from "../../signal/statistics.ts";
import type { Row } from "../tables.ts";
import { asNumber, MOST_LISTED, nameOfRow } from "./study-page.ts";

/** What the cameras of a study could show: which nights may be compared, and which stand apart. */
export function renderQualityPage(rows: readonly Row[], version: string): string {
  const seen = rows.filter((row) => row["status"] === "done" || row["status"] === "partial");
  const body = `<section aria-labelledby="title"><h1 id="title">Quality of ${seen.length} ${seen.length === 1 ? "recording" : "recordings"}</h1>
<p class="file">Back to the <a href="study.html">study</a>.</p></section>
${MEASURES.map(([name, title, note]) => measureSection(seen, name, title, note)).join("\n")}
${findingsSection(seen)}
${apartSection(seen)}
${twiceSection(seen)}`;
  return renderPlainPage({
    title: "Kickline study: quality",
    about: "quality of a study's recordings",
    version,
    body,
  });
}

const MEASURES = [
  ["frame_rate", "Frames a second", "Rhythms up to 0.4 of it can be seen."],
  [
    "trunk_length_px",
    "Shoulders to hips, px as filmed",
    "The smaller, the larger a movement must be to be seen.",
  ],
  [
    "smallest_amplitude",
    "Smallest rhythm above the noise, trunk lengths",
    "Rates of fine rhythms can be compared only between nights that are alike here.",
  ],
  ["brightness", "Brightness, of 255", "Below 12 a picture is very dark."],
  ["noise", "Noise, gray levels", "Above 8 small movements drown in it."],
] as const;

function measureSection(rows: readonly Row[], column: string, title: string, note: string): string {
  const values = rows.map((row) => asNumber(row, column)).filter(Number.isFinite);
  if (values.length === 0) return "";
  return `<section aria-labelledby="${column}"><h2 id="${column}">${title}</h2>
<p>${note} Median ${showNumber(median(values))}, from ${showNumber(quantile(values, 0))} to ${showNumber(quantile(values, 1))}${values.length < rows.length ? `; not known for ${rows.length - values.length}` : ""}.</p>
<div class="figure">${histogram(values, title)}</div></section>`;
}

function findingsSection(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const code of String(row["issues"] ?? "").split(" "))
      if (code !== "") counts.set(code, (counts.get(code) ?? 0) + 1);
  if (counts.size === 0) return "";
  const table = [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([code, count]) => {
      const entry = ISSUE_CATALOGUE[code as IssueCode];
      return [code, String(count), entry?.message ?? "", entry?.suggestion ?? ""];
    });
  return `<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${renderTable(["Finding", "Nights", "What it means", "What can be done"], table, "Findings by number of nights")}</section>`;
}

/** Nights that differ from the study's middle by more than its spread explains. */
function apartSection(rows: readonly Row[]): string {
  const list = MEASURES.flatMap(([column, title]) => {
    const values = rows.map((row) => asNumber(row, column));
    const middle = median(values);
    const spread = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
    if (!(spread > 0)) return [];
    return rows.flatMap((row, i) =>
      Math.abs(values[i]! - middle) > 4 * spread
        ? [[nameOfRow(row), title, showNumber(values[i]), showNumber(middle)]]
        : [],
    );
  }).slice(0, MOST_LISTED);
  if (list.length === 0) return "";
  return `<section aria-labelledby="apart"><h2 id="apart">Nights that stand apart</h2>
<p>More than four robust standard deviations from the study's median.</p>
${renderTable(["Night", "Measure", "Here", "Median"], list, "Nights that stand apart")}</section>`;
}

/** The same pictures under two names would count twice. */
function twiceSection(rows: readonly Row[]): string {
  const byId = new Map<string, string[]>();
  for (const row of rows) {
    const id = String(row["recording_id"] ?? "");
    if (id === "") continue;
    const names = byId.get(id);
    if (names) names.push(nameOfRow(row));
    else byId.set(id, [nameOfRow(row)]);
  }
  const twice = [...byId.values()].filter((names) => names.length > 1);
  if (twice.length === 0) return "";
  return `<section aria-labelledby="twice"><h2 id="twice">Recordings given more than once</h2>
${renderTable(
  ["The same recording as"],
  twice.slice(0, MOST_LISTED).map((names) => [names.join(", ")]),
  "Recordings given more than once",
)}</section>`;
}
