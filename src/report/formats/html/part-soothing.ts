import { endOf } from "../../../signal/intervals.ts";
import type { NightReport } from "../../night-report.ts";
import { describeDuration } from "../../wording.ts";
import { showRate } from "../index-words.ts";
import { clockAt } from "../recording-words.ts";

type Together = NonNullable<NightReport["indices"]["soothing"]["together"]>;
const MOST_STAYS = 40;

/** Leg movements before, during and after each stay of a carer, folded. */
export function soothingPart({ indices, recording }: NightReport): string {
  const { stays, together } = indices.soothing;
  if (stays.length === 0) return "";
  const rows = stays.slice(0, MOST_STAYS).map((stay) => {
    const [from, to] = [clockAt(recording, stay.onset), clockAt(recording, endOf(stay))];
    return row(from === to ? from : `${from} to ${to}`, stay);
  });
  if (together && stays.length > 1) rows.push(row("All that could be judged", together));
  const rest =
    stays.length > MOST_STAYS ? `<p>And ${stays.length - MOST_STAYS} more, in night.json.</p>` : "";
  return `<details class="fold"><summary>Before and after someone came</summary>
<p class="note">Video-detected leg movements a minute in the five minutes before and after each stay, with exact 95 % Poisson ranges. Movement while someone else is in view is not counted as the infant’s, so it is mostly not observable. Someone comes when an infant moves much, and much movement ebbs by itself: fewer afterwards does not show that the stay was the reason.</p>
<table class="wide"><thead><tr><th scope="col">Someone in view</th><th scope="col" class="number">Before</th><th scope="col" class="number">During</th><th scope="col" class="number">After</th><th scope="col" class="number">After / before</th></tr></thead><tbody>${rows.join("")}</tbody></table>${rest}
</details>`;
}

function row(name: string, { before, during, after, ratio }: Together): string {
  const cells = [showCell(before), showCell(during), showCell(after), showRatio(ratio)];
  return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td class="number">${cell}</td>`).join("")}</tr>`;
}

function showCell({ perMinute, observable, duration }: Together["before"]): string {
  if (perMinute === null)
    return observable === 0 ? "not observable" : `only ${describeDuration(observable)} observable`;
  const part =
    observable < duration - 1
      ? `<small>${describeDuration(observable)} of ${describeDuration(duration)} observable</small>`
      : "";
  return `${showRate(perMinute)}${part}`;
}

function showRatio(ratio: Together["ratio"]): string {
  if (ratio === null) return "–";
  const from = ratio.from.toFixed(2);
  if (ratio.ratio === null || ratio.to === null) return `${from} or more`;
  return `${ratio.ratio.toFixed(2)} (${from} to ${ratio.to.toFixed(2)})`;
}
