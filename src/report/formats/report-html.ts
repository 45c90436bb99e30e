import type { NightReport } from "../night-report.ts";
import { SCRIPT_HASH, STYLE_HASH } from "./html/content-hashes.ts";
import { collectData, collectThumbnails } from "./html/embedded-data.ts";
import { glyphSymbols } from "./html/glyph-symbols.ts";
import { renderPageHead } from "./html/page-head.ts";
import { SCRIPT } from "./html/script.ts";
import { doctorSection } from "./html/section-doctor.ts";
import { eventsSection } from "./html/section-events.ts";
import { limitsSection } from "./html/section-limits.ts";
import { provenanceSection } from "./html/section-provenance.ts";
import { resolvabilitySection } from "./html/section-resolvability.ts";
import { restSection } from "./html/section-rest.ts";
import { soundSection } from "./html/section-sound.ts";
import { summarySection } from "./html/section-summary.ts";
import { timelineSection } from "./html/section-timeline.ts";
import { embedJson, escapeMarkup } from "./markup.ts";
import { describeWhen, nameRecording } from "./recording-words.ts";

/** How to call {@link renderReportHtml}. */
export interface ReportHtmlOptions {
  /** One picture an event, by its id, as a data URI (JPEG, PNG or WebP); anything else is left out. */
  readonly thumbnails?: Readonly<Record<string, string>>;
}

/**
 * The page may load nothing and run nothing but its own script and style. Both are the same text in every
 * report, so they are named by hash and no 'unsafe-inline' is needed: markup smuggled in by a file name could
 * neither run nor call home, even if it were not escaped. Pictures come as data URIs.
 */
const POLICY = `default-src 'none'; script-src '${SCRIPT_HASH}'; style-src '${STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

/**
 * Renders the night's report as one HTML file that opens from disk, without a network, on a phone too: plain
 * words for parents first, then the timeline, rest and activity, every event with its evidence, the limits, a note for the doctor
 * and the provenance. Without script (as in a mail's preview) the words, a still timeline and a plain list of
 * events remain.
 */
export function renderReportHtml(report: NightReport, options: ReportHtmlOptions = {}): string {
  const thumbnails = collectThumbnails(report, options.thumbnails ?? {});
  const title = `${describeWhen(report)} · ${nameRecording(report)}`;
  return `${renderPageHead({ policy: POLICY, title, version: report.provenance.kickline })}
<body>
<a class="skip" href="#main">To the report</a>
${glyphSymbols()}
<header class="top"><span><b>Kickline</b> report of leg movements on video</span><button type="button" id="theme" aria-pressed="false" hidden>Dark</button></header>
<main id="main">
${summarySection(report)}
${timelineSection(report)}
${restSection(report)}
${eventsSection(report)}
${soundSection(report)}
${resolvabilitySection(report)}
${limitsSection(report)}
${doctorSection(report)}
${provenanceSection(report)}
</main>
<footer class="end">Made by Kickline ${escapeMarkup(report.provenance.kickline)} from video alone. This file holds everything it shows and loads nothing.</footer>
<script type="application/json" id="night">${embedJson(collectData(report))}</script>
<script type="application/json" id="thumbnails">${embedJson(thumbnails)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
