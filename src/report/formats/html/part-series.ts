import { endOf } from "../../../signal/intervals.ts";
import type { NightReport } from "../../night-report.ts";
import { describeDuration } from "../../wording.ts";
import { type IndexRate, RULE_SET_WORDS, showRate, showShare } from "../index-words.ts";
import { clockAt } from "../recording-words.ts";
import { intervalHistogram } from "../svg/interval-histogram.ts";

type SeriesIndices = NightReport["indices"]["series"][0];
const MOST_SERIES = 20;

/** Series of leg movements under every rule set, folded, with the intervals drawn. */
export function seriesPart(report: NightReport): string {
  const { series } = report.indices;
  if (series.every(({ night }) => night.candidates === 0)) return "";
  const heads = series.map(
    ({ ruleSet }) => `<th scope="col" class="number">${RULE_SET_WORDS[ruleSet].name}</th>`,
  );
  const row = (name: string, cell: (one: SeriesIndices) => string) =>
    `<tr><th scope="row">${name}</th>${series.map((one) => `<td class="number">${cell(one)}</td>`).join("")}</tr>`;
  const rate = (name: string, read: (one: SeriesIndices) => IndexRate) =>
    row(name, (one) => showRate(read(one)));
  return `<details class="fold"><summary>Series of leg movements</summary>
<p class="note">Video-detected leg movements of both legs together, sorted by rules that were made for electromyograms of older people. No figure here has a norm in infants, and none is an index of periodic leg movements. Ranges are exact 95 % Poisson ranges; movements come in bouts, so the true ranges are wider.</p>
<table class="wide"><thead><tr><th scope="col">Video-detected leg movements</th>${heads.join("")}</tr></thead><tbody>
${row("Hours in which the legs could be judged", ({ night }) => night.hours.toFixed(2))}
${row("Candidate leg movements", ({ night }) => String(night.candidates))}
${row("Other leg movements (too long, rhythmic, or of the whole body)", ({ others }) => String(others))}
${row("Series of four or more; movements in them", (one) => `${one.series.length}; ${one.night.inSeries}`)}
${rate("Candidates an hour", ({ night }) => night.candidatesPerHour)}
${rate("– while resting", ({ resting }) => resting.candidatesPerHour)}
${rate("– while active", ({ active }) => active.candidatesPerHour)}
${rate("In series an hour", ({ night }) => night.inSeriesPerHour)}
${rate("At short intervals an hour", ({ night }) => night.shortIntervalPerHour)}
${rate("Isolated an hour", ({ night }) => night.isolatedPerHour)}
${row("Periodicity: candidates in series / all candidates", ({ periodicity }) => showShare(periodicity.seriesShare))}
${row("Periodicity: intervals in runs of three or more within the rules / all intervals (Ferri 2006)", ({ periodicity }) => showShare(periodicity.runShare))}
${row("Intervals within the rules: mean and SD of ln(s)", ({ intervals }) => (intervals.logMean === null ? "–" : `${intervals.logMean.toFixed(2)} ± ${intervals.logSd?.toFixed(2) ?? "–"}`))}
</tbody></table>
${series.map((one) => histogram(one)).join("")}
${series.map((one) => list(report, one)).join("")}
<p class="note">${series.map(({ ruleSet }) => `${RULE_SET_WORDS[ruleSet].name}: ${RULE_SET_WORDS[ruleSet].rules}`).join(" ")} Rest and activity are told by the same movements, so fewer while resting is no finding. Time without picture, with someone else in view, or moving with the legs out of view is left out and ends a series.</p>
</details>`;
}

function histogram(one: SeriesIndices): string {
  const { known, longer } = one.intervals;
  if (known === 0) return "";
  const { name } = RULE_SET_WORDS[one.ruleSet];
  return `<h4>Times between candidates, ${name}: ${known}, of which ${longer} longer than 90 s</h4>${intervalHistogram(one, `Times between leg movements under ${name}`)}`;
}

function list({ recording }: NightReport, { ruleSet, series }: SeriesIndices): string {
  if (series.length === 0) return "";
  const words = series.slice(0, MOST_SERIES).map((one) => {
    const from = clockAt(recording, one.onset);
    const mean = describeDuration(one.duration);
    return `${from} to ${clockAt(recording, endOf(one))} (${one.movements} in ${mean})`;
  });
  const rest = series.length > MOST_SERIES ? `, and ${series.length - MOST_SERIES} more` : "";
  return `<p>Series under ${RULE_SET_WORDS[ruleSet].name}: ${words.join(", ")}${rest}.</p>`;
}
