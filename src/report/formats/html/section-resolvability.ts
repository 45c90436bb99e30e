import type { NightReport } from "../../night-report.ts";
import { listInWords } from "../../wording.ts";
import { escapeMarkup as esc } from "../markup.ts";
import { clockAt } from "../recording-words.ts";

type Card = NightReport["resolvability"];

const STATES = { yes: "can be judged", partly: "in part", no: "cannot be judged here" } as const;

/** The card "What this recording can show": by kind, then by the hour. */
export function resolvabilitySection(report: NightReport): string {
  const { hours, kinds } = report.resolvability;
  const rows = kinds.map(
    (kind) =>
      `<tr${kind.judged === "yes" ? "" : ' class="greyed"'}><th scope="row">${esc(kind.what)}</th><td>${STATES[kind.judged]}${whenNot(report, kind)}</td><td>${esc(kind.reason ?? "")}</td></tr>`,
  );
  return `<section aria-labelledby="can-show-title">
<h2 id="can-show-title">What this recording can show</h2>
<p>Where a kind of movement cannot be judged, finding none of it says nothing.</p>
<table class="can-show"><thead><tr><th scope="col">Movement</th><th scope="col">Here</th><th scope="col">Why not</th></tr></thead><tbody>${rows.join("")}</tbody></table>
<details class="fold"><summary>By the hour</summary>
<table><thead><tr><th scope="col">From</th><th scope="col" class="number">Pictures a second</th><th scope="col" class="number">Fastest rhythm, a second</th><th scope="col" class="number">Shank, px</th><th scope="col" class="number">Smallest swing, px</th><th scope="col" class="number">in shanks</th></tr></thead><tbody>${hours.map((hour) => hourRow(report, hour)).join("")}</tbody></table>
<p class="note">The smallest swing (to one side) is for a rhythm of five a second, or the fastest there is. How long each picture was exposed is not in the file: the longest possible time, one frame interval, is assumed.</p>
</details>
</section>`;
}

function hourRow(report: NightReport, hour: Card["hours"][number]): string {
  const cells = [hour.frameRate, hour.highestHz, hour.shankPx, hour.smallestPx, hour.smallestShanks].map(
    (value) => `<td class="number">${value === null ? "–" : showNumber(value)}</td>`,
  );
  return `<tr><th scope="row">${clockAt(report.recording, hour.onset)}</th>${cells.join("")}</tr>`;
}

/** Names the hours when it is some of them only. */
function whenNot(report: NightReport, { judged, hours }: Card["kinds"][number]): string {
  const all = report.resolvability.hours;
  if (judged !== "partly" || hours.length === all.length) return "";
  return `, not from ${listInWords(hours.map((i) => clockAt(report.recording, all[i]!.onset)))}`;
}

/** A number with two or three digits that count. */
function showNumber(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)));
}
