import type { NightReport } from "../../night-report.ts";
import { COVERAGE_WORDS } from "../../wording.ts";
import { renderTimelineSvg } from "../timeline-svg.ts";

/**
 * Second section: the whole recording. The still picture is what a page without script, and every print,
 * shows; the script puts the one that can be zoomed in its place.
 */
export function timelineSection(report: NightReport): string {
  return `<section aria-labelledby="timeline-title">
<h2 id="timeline-title">The whole recording</h2>
<p class="note">Each row shows one thing over time. The higher it rises, the more there was of it.</p>
<figure class="figure">
<div class="still">${renderTimelineSvg(report)}</div>
<div class="interactive">
<div class="tools" role="group" aria-label="Timeline">
<span class="fill" id="span" aria-live="polite"></span>
<button type="button" id="event-previous" aria-label="Previous event">‹ Event</button>
<button type="button" id="event-next" aria-label="Next event">Event ›</button>
<button type="button" id="zoom-out" aria-label="Zoom out">−</button>
<button type="button" id="zoom-in" aria-label="Zoom in">+</button>
<button type="button" id="zoom-all" aria-label="Whole recording">All</button>
</div>
<canvas id="lanes" tabindex="0" role="application" aria-roledescription="timeline" aria-label="Timeline of the recording: motion, both legs, events by kind, what could be judged, brightness and noise" aria-describedby="keys"></canvas>
<p id="readout" role="status" aria-live="polite">Point at the timeline, or tap it, to read it.</p>
<canvas id="overview" aria-hidden="true"></canvas>
<ul class="legend" aria-label="What could be judged">${legend()}</ul>
<details class="fold"><summary>How to move in it</summary><p id="keys">Drag to move, pinch to zoom, double-click to look closer. Click the timeline once and the wheel zooms; with Ctrl it always does. Keys: arrows move, plus and minus zoom, 0 shows the whole recording, N and P go to the next and previous event, Enter opens it in the list.</p><p>“Motion” is drawn on a logarithmic scale, 1 being rest. Speeds of the legs are in trunk lengths a second (shoulders to hips) on a square-root scale, so that small movements show beside large ones; where a row is empty, that leg was not measured.</p></details>
</div>
</figure>
</section>`;
}

const SWATCHES: Readonly<Record<NightReport["timeline"]["coverage"][number], string>> = {
  still: '<rect width="18" height="12" fill="var(--line)"/>',
  "legs-seen": '<rect width="18" height="12" fill="var(--accent)"/>',
  "legs-not-seen": '<path d="M-2 12L10 0M4 12L16 0M10 12L22 0" stroke="var(--accent)" stroke-width="1.5"/>',
  carer: '<rect width="18" height="12" fill="var(--muted)"/>',
  light: '<path d="M3 0v12M9 0v12M15 0v12" stroke="var(--muted)" stroke-width="1.5"/>',
  gap: '<path d="M0 12L12 0M6 12L18 0M0 0l12 12M6 0l12 12" stroke="var(--ink)" stroke-width="1.3"/>',
  unreadable: '<path d="M0 3h18M0 9h18" stroke="var(--ink)" stroke-width="1.3"/>',
};

function legend(): string {
  return Object.entries(COVERAGE_WORDS)
    .map(([state, words]) => {
      const swatch = SWATCHES[state as keyof typeof SWATCHES];
      return `<li><svg viewBox="0 0 18 12" aria-hidden="true">${swatch}<rect x=".5" y=".5" width="17" height="11" fill="none" stroke="var(--muted)" stroke-opacity=".5"/></svg>${words}</li>`;
    })
    .join("");
}
