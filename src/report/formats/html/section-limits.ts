import { endOf } from "../../../signal/intervals.ts";
import type { NightReport } from "../../night-report.ts";
import { describeDuration } from "../../wording.ts";
import { escapeMarkup as esc } from "../markup.ts";
import { clockAt } from "../recording-words.ts";

const LISTED_TIMES = 8;
type Finding = NightReport["issues"][number];

/** Fifth section: what this recording could not show, and what would make the next one better. */
export function limitsSection(report: NightReport): string {
  const { limits } = report;
  return `<section aria-labelledby="limits-title">
<h2 id="limits-title">What this recording could not show</h2>
<ul>${limits.cannotShow.map((line) => `<li>${esc(line)}</li>`).join("")}</ul>
<dl class="meta">
<dt>Fastest rhythm it can show</dt><dd>${showNumber(limits.highestHz)} a second, at ${showNumber(report.recording.frameRate)} frames a second</dd>
<dt>Smallest rhythm above its noise</dt><dd>${limits.smallestAmplitude === null ? "not measured" : `a swing of ${showNumber(limits.smallestAmplitude)} trunk lengths, at 5 a second`}</dd>
<dt>Size of the infant in the picture</dt><dd>${limits.trunkLengthPx === null ? "not measured" : `${Math.round(limits.trunkLengthPx)} px from shoulders to hips`}</dd>
</dl>
${findings(report)}
</section>`;
}

function findings(report: NightReport): string {
  if (report.issues.length === 0) return "";
  const byCode = new Map<string, Finding[]>();
  for (const found of report.issues) byCode.set(found.code, [...(byCode.get(found.code) ?? []), found]);
  const blocks = [...byCode.values()].map(
    (group) =>
      `<div class="finding ${group[0]!.severity}"><p><strong>${esc(group[0]!.message)}</strong></p><p>${esc(group[0]!.suggestion)}</p>${times(report, group)}</div>`,
  );
  return `<h3>Remarks on the recording</h3>${blocks.join("")}`;
}

function times(report: NightReport, group: readonly Finding[]): string {
  const spans = group.flatMap(({ onset, duration }) =>
    onset === undefined ? [] : [{ onset, duration: duration ?? 0 }],
  );
  if (spans.length === 0) return "";
  const words = spans.map((span) => {
    const from = clockAt(report.recording, span.onset);
    const to = clockAt(report.recording, endOf(span));
    return from === to ? from : `${from} to ${to}`;
  });
  const total = describeDuration(spans.reduce((sum, { duration }) => sum + duration, 0));
  const [shown, folded] = [words.slice(0, LISTED_TIMES), words.slice(LISTED_TIMES)];
  const rest =
    folded.length > 0
      ? `<details class="fold"><summary>${folded.length} more times</summary><p>${folded.join(", ")}</p></details>`
      : "";
  return `<p class="note">${shown.join(", ")} (together ${total})</p>${rest}`;
}

/** A number with two or three digits that count. */
function showNumber(value: number): string {
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}
