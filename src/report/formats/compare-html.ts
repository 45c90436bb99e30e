import type { BlandAltman } from "../../agreement/bland-altman.ts";
import type { Comparison, KindComparison } from "../../agreement/compare-annotations.ts";
import type { Range } from "../../signal/exact-range.ts";
import { renderFacts, renderPlainPage, renderTable, showNumber } from "./html/plain-page.ts";
import { escapeMarkup } from "./markup.ts";
import { scatter } from "./svg/plots.ts";

/** Rates of one kind of event by recording, and how far they lie apart. */
export interface RateComparison {
  readonly kind: string;
  readonly recordings: readonly { readonly name: string; readonly first: number; readonly second: number }[];
  readonly agreement: BlandAltman;
}

/** What {@link renderComparePage} draws. */
export interface ComparePage {
  /** What the two views are called. */
  readonly first: string;
  readonly second: string;
  readonly comparison: Comparison;
  /** Events an hour; empty with a single recording. */
  readonly rates: readonly RateComparison[];
  /** Recordings that only one of both has. */
  readonly unpaired: readonly string[];
  readonly version: string;
}

/** Renders a comparison of two views as one self-contained page: tables, and a Bland-Altman plot a kind. */
export function renderComparePage(page: ComparePage): string {
  const { comparison, first, second, version, unpaired } = page;
  const { any, options, recordings, hours } = comparison;
  const facts = renderFacts([
    ["recordings compared", String(recordings)],
    ["hours", showNumber(hours)],
    [`events of ${first}`, String(any.first)],
    [`events of ${second}`, String(any.second)],
    ["seen by both, whatever they called it", String(any.both)],
  ]);
  const left =
    unpaired.length === 0 ? "" : `<p>Only one of both has: ${escapeMarkup(unpaired.join(", "))}.</p>`;
  const rules = `Two events are one when they overlap by at least ${options.overlap} of what both cover together. Epochs are ${options.epochSeconds} s long; kappa is 1 for full agreement and 0 for what chance gives. Numbers in brackets are 95 % ranges; differences are ${second} less ${first}, with their middle half.`;
  return renderPlainPage({
    ...{ title: `${first} and ${second}`, about: "comparison of two views of the same recordings", version },
    body: `<section><h1>${escapeMarkup(first)} and ${escapeMarkup(second)}</h1>${facts}<p>${escapeMarkup(rules)}</p>${left}</section>
<section><h2>Events</h2>${kindTable([any, ...comparison.kinds], first, second)}</section>
<section><h2>What one calls what</h2>${confusionTable(comparison, first, second)}</section>
${rateSections(page)}
<section><h2>What this cannot say</h2><p>Agreement is no proof of being right: two views may share a mistake, and a view that is taken as the reference has mistakes of its own. Events that touch count as different when they overlap too little.</p></section>`,
  });
}

function kindTable(kinds: readonly KindComparison[], first: string, second: string): string {
  return renderTable(
    ["kind", first, second, "both", "precision", "recall", "F1", "onset apart s", "length apart s", "kappa"],
    kinds.map((kind) => [
      ...[kind.kind === "any" ? "any kind" : kind.kind, kind.first, kind.second, kind.both],
      ...[
        withRange(kind.precision, kind.precision95),
        withRange(kind.recall, kind.recall95),
        showNumber(kind.f1),
      ],
      ...[showSpread(kind.onset), showSpread(kind.duration)],
      withRange(kind.epochs.kappa, kind.epochs.kappa95),
    ]),
    "Agreement by kind of event",
  );
}

function confusionTable({ confusion }: Comparison, first: string, second: string): string {
  return renderTable(
    [first, second, "events"],
    confusion.map((row) => [row.first, row.second, row.count]),
    "What the second view calls the events of the first",
  );
}

function rateSections({ rates, first, second }: ComparePage): string {
  if (rates.length === 0) return "";
  const plots = rates.map(({ kind, recordings, agreement }) => {
    const { bias, limits } = agreement;
    const points = recordings.map((one) => ({
      ...{ x: (one.first + one.second) / 2, y: one.second - one.first, name: one.name },
    }));
    const levels = [
      { y: bias, name: `mean ${showNumber(bias)}`, dashed: false },
      { y: limits.from, name: showNumber(limits.from), dashed: true },
      { y: limits.to, name: showNumber(limits.to), dashed: true },
    ];
    const axes = { x: `${kind} an hour, mean of both`, y: `${second} less ${first}` };
    return `<h3>${escapeMarkup(kind)}</h3>${scatter(points, levels, axes)}<p>Mean difference ${withRange(bias, agreement.bias95)}; 95 of 100 differences lie between ${withRange(limits.from, agreement.lower95)} and ${withRange(limits.to, agreement.upper95)}, if they are spread normally.</p>`;
  });
  return `<section><h2>Events an hour (Bland-Altman)</h2>${plots.join("")}</section>`;
}

function withRange(value: number, range: Range): string {
  if (!Number.isFinite(value)) return "–";
  if (!Number.isFinite(range.from)) return showNumber(value);
  return `${showNumber(value)} (${showNumber(range.from)} to ${showNumber(range.to)})`;
}

function showSpread({ median, from, to }: { median: number; from: number; to: number }): string {
  return Number.isFinite(median) ? `${median.toFixed(2)} (${from.toFixed(2)} to ${to.toFixed(2)})` : "–";
}
