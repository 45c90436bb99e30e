import {
  renderFacts,
  renderPlainPage,
  renderTable,
  showNumber,
} from "../../report/formats/html/plain-page.ts";
import { escapeMarkup } from "../../report/formats/markup.ts";
import { histogram, stackedBars, stripPlot } from "../../report/formats/svg/plots.ts";
import { describeDuration, KIND_ORDER, KIND_WORDS } from "../../report/wording.ts";
import { quantile } from "../../signal/statistics.ts";
import type { NightState } from "../ledger.ts";
import type { Row } from "../tables.ts";

/** Most nights drawn or listed one by one; the tables beside the page hold all. */
export const MOST_LISTED = 200;

export interface StudyPageInput {
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<NightState, number>>;
  readonly version: string;
  readonly optionsDigest: string;
}

const isJudged = (row: Row) =>
  row["status"] === "done" || (row["status"] === "partial" && row["n_kicking"] != null);
export const asNumber = (row: Row, name: string): number => {
  const value = row[name];
  return typeof value === "number" ? value : NaN;
};
export const nameOfRow = (row: Row) => `${row["participant_id"]} ${row["session_id"]}`;

/** The study in one page: what became of every input, how movements and coverage are spread, what failed. */
export function renderStudyPage(input: StudyPageInput): string {
  const { rows, counts, version, optionsDigest } = input;
  const seen = rows.filter((row) => row["status"] === "done" || row["status"] === "partial");
  const hours = seen.reduce((sum, row) => sum + (asNumber(row, "observable_hours") || 0), 0);
  const infants = new Set(rows.map((row) => row["participant_id"])).size;
  const facts = renderFacts([
    ["nights given", String(rows.length)],
    ["done", String(counts.done)],
    ["partial", String(counts.partial)],
    ["failed", String(counts.failed)],
    ["skipped", String(counts.skipped)],
    ["infants", String(infants)],
    ["could be judged", describeDuration(3600 * hours)],
  ]);
  const body = `<section aria-labelledby="title">
<h1 id="title">Study of ${rows.length} ${rows.length === 1 ? "night" : "nights"}</h1>
<p class="file">Video-detected movements; conventions and limits as in each night's own report. Counts of different cameras are comparable only as far as the <a href="quality.html">quality page</a> says.</p>
${facts}</section>
${ratesSection(seen.filter(isJudged))}
${coverageSection(seen)}
${failuresSection(rows)}
${filesSection(optionsDigest)}`;
  return renderPlainPage({ title: "Kickline study", about: "study of many nights", version, body });
}

function ratesSection(rows: readonly Row[]): string {
  if (rows.length === 0) return `<section><h2>Movements</h2><p>No night could be judged.</p></section>`;
  const groups = KIND_ORDER.filter((kind) => KIND_WORDS[kind].isOfInfant)
    .map((kind) => {
      const column = `per_hour_${kind.replaceAll("-", "_")}`;
      const values = rows.map((row) => asNumber(row, column)).filter(Number.isFinite);
      return { kind, name: KIND_WORDS[kind].name, color: `var(--kind-${kind})`, values };
    })
    .filter(({ values }) => values.some((value) => value > 0));
  const table = groups.map(({ name, values }) => [
    name,
    String(values.filter((value) => value > 0).length),
    ...[0, 0.25, 0.5, 0.75, 1].map((q) => showNumber(quantile(values, q))),
  ]);
  return `<section aria-labelledby="rates"><h2 id="rates">Movements per observable hour</h2>
<p>Each dot is a night, the box its middle half, the bar the median. ${rows.length} ${rows.length === 1 ? "night" : "nights"} that could be judged.</p>
<div class="figure">${stripPlot(groups, "per observable hour")}</div>
${renderTable(["Kind", "Nights with any", "Lowest", "Quarter below", "Median", "Quarter above", "Highest"], table, "Movements per observable hour")}</section>`;
}

const PARTS = [
  ["legs_still", "judged, nothing moved", "var(--soft)"],
  ["legs_seen", "legs in view", "var(--accent)"],
  ["legs_not_seen", "moving, legs not in view", "var(--kind-large-movement)"],
  ["carer", "a carer", "var(--kind-caregiver)"],
  ["lost", "no picture", "var(--line)"],
] as const;

function coverageSection(rows: readonly Row[]): string {
  if (rows.length === 0) return "";
  const shares = rows.map((row) => asNumber(row, "observable_share"));
  const listed = [...rows]
    .sort((a, b) => asNumber(a, "observable_share") - asNumber(b, "observable_share"))
    .slice(0, MOST_LISTED);
  const bars = listed.map((row) => {
    const of = (name: string) => asNumber(row, name) || 0;
    const seen = [of("legs_seen"), of("legs_not_seen"), of("carer")];
    const lost = of("gap") + of("unreadable");
    const still = Math.max(0, of("duration") - seen.reduce((a, b) => a + b, 0) - lost);
    return { name: nameOfRow(row), parts: [still, ...seen, lost] };
  });
  const legend = PARTS.map(
    ([, word, color]) =>
      `<li><svg viewBox="0 0 18 12" aria-hidden="true"><rect width="18" height="12" rx="2" fill="${color}" stroke="var(--line)"/></svg>${word}</li>`,
  ).join("");
  return `<section aria-labelledby="coverage"><h2 id="coverage">What could be judged</h2>
<div class="figure">${histogram(shares, "share of the night that could be judged")}</div>
<h3>Night by night, the least seen first${rows.length > listed.length ? ` (${listed.length} of ${rows.length})` : ""}</h3>
<div class="figure">${stackedBars(
    bars,
    PARTS.map(([, , color]) => color),
    "What could be judged in each night",
  )}<ul class="legend">${legend}</ul></div></section>`;
}

function failuresSection(rows: readonly Row[]): string {
  const others = rows.filter((row) => row["status"] !== "done");
  if (others.length === 0)
    return `<section aria-labelledby="failures"><h2 id="failures">What is missing</h2><p>Every night is done.</p></section>`;
  const byCode = new Map<string, number>();
  for (const row of others) {
    const key = `${row["status"]}\t${row["code"] ?? ""}`;
    byCode.set(key, (byCode.get(key) ?? 0) + 1);
  }
  const codes = [...byCode]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([key, count]) => [...key.split("\t"), String(count)]);
  const list = others
    .slice(0, MOST_LISTED)
    .map((row) => [
      nameOfRow(row),
      String(row["status"]),
      String(row["why"] ?? ""),
      String(row["files"] ?? ""),
    ]);
  return `<section aria-labelledby="failures"><h2 id="failures">What is missing</h2>
${renderTable(["Ended as", "Code", "Nights"], codes, "Why nights are not whole")}
<h3>Night by night${others.length > list.length ? ` (${list.length} of ${others.length})` : ""}</h3>
${renderTable(["Night", "Ended as", "Why", "Files"], list, "Nights that are not whole")}</section>`;
}

function filesSection(digest: string): string {
  return `<section aria-labelledby="files"><h2 id="files">The tables</h2>
<p><code>nights</code>, <code>events</code> and <code>indices</code> lie beside this page as TSV and Parquet; <code>ledger.tsv</code> says what became of every input; each night's own report lies under its infant. Options <code>${escapeMarkup(digest)}</code> are in <code>study.json</code>.</p></section>`;
}
