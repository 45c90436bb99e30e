import { escapeMarkup } from "../markup.ts";
import { STYLE_HASH } from "./content-hashes.ts";
import { renderPageHead } from "./page-head.ts";

/** A page without script: loads nothing, runs nothing, and says so to the browser. */
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

export interface PlainPage {
  readonly title: string;
  /** What the header says the page is, after the tool's name. */
  readonly about: string;
  readonly version: string;
  /** Sections, as markup. */
  readonly body: string;
}

/** One self-contained HTML file in the look of the night's report, for tables and still plots. */
export function renderPlainPage({ title, about, version, body }: PlainPage): string {
  return `${renderPageHead({ policy: POLICY, title, version })}
<body>
<a class="skip" href="#main">To the content</a>
<header class="top"><span><b>Kickline</b> ${escapeMarkup(about)}</span></header>
<main id="main">
${body}
</main>
<footer class="end">Made by Kickline ${escapeMarkup(version)} from video alone. This file holds everything it shows and loads nothing.</footer>
</body>
</html>
`;
}

/** A table; numbers stand to the right. Cells are escaped. */
export function renderTable(
  names: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  caption: string,
): string {
  const isNumber = names.map((_, i) => rows.length > 0 && rows.every((row) => isFigure(row[i] ?? "")));
  const cell = (tag: "th" | "td", value: string | number, i: number) =>
    `<${tag}${tag === "th" ? ' scope="col"' : ""}${isNumber[i] ? ' class="number"' : ""}>${escapeMarkup(String(value))}</${tag}>`;
  const head = names.map((name, i) => cell("th", name, i)).join("");
  const body = rows
    .map((row) => `<tr>${row.map((value, i) => cell("td", value, i)).join("")}</tr>`)
    .join("\n");
  return `<table><caption class="sr">${escapeMarkup(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function isFigure(value: string | number): boolean {
  return typeof value === "number" || /^([-−]?[\d.,]+( ?%)?|–|)$/.test(value);
}

/** Short facts side by side: a number and what it is. */
export function renderFacts(facts: readonly (readonly [what: string, value: string])[]): string {
  const items = facts
    .map(([what, value]) => `<div><dt>${escapeMarkup(what)}</dt><dd>${escapeMarkup(value)}</dd></div>`)
    .join("");
  return `<dl class="facts">${items}</dl>`;
}

/** A number to three digits that count; a dash for none. */
export function showNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
