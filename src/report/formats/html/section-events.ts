import type { NightReport } from "../../night-report.ts";
import { KIND_WORDS, kindsPresent, showCount } from "../../wording.ts";
import { escapeMarkup as esc } from "../markup.ts";
import { clockAt } from "../recording-words.ts";
import { glyphOf } from "./glyph-symbols.ts";

/** Without script only so many events are listed: it is the fallback, not the list. */
const LISTED_WITHOUT_SCRIPT = 300;

/** Fourth section: every event with its evidence. The script fills the list; without it a plain one shows. */
export function eventsSection(report: NightReport): string {
  if (report.events.length === 0) {
    return (
      '<section aria-labelledby="events-title"><h2 id="events-title">Events</h2><p>No events were found in this recording.</p><div hidden>' +
      `${listMarkup(report)}</div></section>`
    );
  }
  const note = report.fitToJudge
    ? "Open a row to see why it was named so: what was measured, what the rule asks, and what else it could have been. “Clearly met”, “well met” and “just met” say how far the measurements lie inside the rule. They are no probability."
    : "The marks below come from a recording that could not be judged. They are here so that it can be checked, not as counts of anything.";
  return `<section aria-labelledby="events-title">
<h2 id="events-title">Events</h2>
<p class="note">${note}</p>
${listMarkup(report)}
<noscript>${plainList(report)}</noscript>
</section>`;
}

function listMarkup(report: NightReport): string {
  const count = (n: number) => (report.fitToJudge ? ` <span class="count">${showCount(n)}</span>` : "");
  const filters = kindsPresent(report).map(
    (entry) =>
      `<button type="button" data-kind="${entry.kind}" aria-pressed="false">${glyphOf(entry.kind)}${KIND_WORDS[entry.kind].name}${count(entry.count)}</button>`,
  );
  return `<div id="list-tools" hidden>
<div id="filters" role="group" aria-label="Show kinds"><button type="button" data-kind="" aria-pressed="true">All${count(report.events.length)}</button>${filters.join("")}</div>
<div class="list-bar"><span id="range" role="status" aria-live="polite"></span><label>Sort by <select id="order"><option value="time">time</option><option value="clear">most clearly met</option><option value="unclear">least clearly met</option><option value="long">longest</option></select></label></div>
</div>
<ol id="events"></ol>
<nav id="pages" aria-label="Pages of the list" hidden><button type="button" id="page-previous">Previous</button><button type="button" id="page-next">Next</button></nav>`;
}

function plainList(report: NightReport): string {
  const rows = report.events
    .slice(0, LISTED_WITHOUT_SCRIPT)
    .map(
      (event) =>
        `<li>${clockAt(report.recording, event.onset)} <strong>${KIND_WORDS[event.kind].name}</strong>. ${esc(event.evidence.because)}</li>`,
    );
  const rest = report.events.length - rows.length;
  return `<ul>${rows.join("")}</ul>${rest > 0 ? `<p>And ${showCount(rest)} more, in the file events.tsv.</p>` : ""}`;
}
