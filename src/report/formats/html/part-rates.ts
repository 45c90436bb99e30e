import { SHORTEST_FOR_RATES_H } from "../../build-indices.ts";
import type { NightReport } from "../../night-report.ts";
import { KIND_WORDS } from "../../wording.ts";
import { showRate } from "../index-words.ts";

/** Counts of every kind with their ranges, per hour that could be judged; nothing of an unfit night. */
export function ratesPart(report: NightReport): string {
  const hours = report.coverage.observableHours;
  if (!report.fitToJudge) return "";
  if (hours < SHORTEST_FOR_RATES_H)
    return `<p class="note">No hourly figures are given: less than one hour could be judged.</p>`;
  const rows = report.indices.ranges
    .filter(({ kind, possible, movedTo }) => KIND_WORDS[kind].isOfInfant && Math.max(possible, movedTo) > 0)
    .map(
      ({ kind, count, wellMet, possible, movedFrom, movedTo, perHour }) =>
        `<tr><th scope="row">${KIND_WORDS[kind].name}</th><td class="number">${count}</td><td class="number">${wellMet} to ${possible}</td><td class="number">${movedFrom} to ${movedTo}</td><td class="number">${showRate(perHour)}</td></tr>`,
    );
  if (rows.length === 0) return "";
  return `<details class="fold"><summary>Counts per judged hour</summary>
<p class="note">“By evidence” runs from events well inside their rule to those as well that are only just another kind and nearest to this one. “Moved limits” is what the count would be with every limit a tenth larger, smaller, easier or harder. The hourly range is the exact 95 % Poisson range of counting alone.</p>
<table class="wide"><thead><tr><th scope="col">Video-detected</th><th scope="col" class="number">Count</th><th scope="col" class="number">By evidence</th><th scope="col" class="number">Moved limits</th><th scope="col" class="number">Per hour judged (${hours.toFixed(1)} h)</th></tr></thead><tbody>${rows.join("")}</tbody></table></details>`;
}
