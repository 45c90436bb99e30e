import type { NightReport } from "../../night-report.ts";
import { describeDuration, KIND_WORDS, showCount } from "../../wording.ts";
import { clockAt } from "../recording-words.ts";
import { describeRestPlainly } from "../rest-words.ts";
import { restStrip } from "../svg/rest-strip.ts";

/** The states of an epoch, in words, in the order of the legend. */
const STATE_WORDS = [
  ["resting", "Resting", "resting"],
  ["active", "Active", "active"],
  ["caregiver", "Someone else in view", "caregiver"],
  ["not-observable", "Could not be seen", "notObservable"],
] as const;

/** Rest and activity for parents, and how far the counts may be trusted. Nothing of a night unfit to judge. */
export function restSection(report: NightReport): string {
  if (!report.fitToJudge) return "";
  const { recording, indices } = report;
  const legend = STATE_WORDS.map(([state, words, key]) => {
    const seconds = indices.rest.seconds[key];
    const swatch = `<svg viewBox="0 0 18 12" aria-hidden="true"><rect class="is-${state}" width="18" height="12"/></svg>`;
    return seconds > 0 ? `<li>${swatch}${words} ${describeDuration(seconds)}</li>` : "";
  });
  return `<section aria-labelledby="rest-title">
<h2 id="rest-title">Rest and activity</h2>
${describeRestPlainly(report)
  .map((sentence) => `<p>${sentence}</p>`)
  .join("\n")}
<div class="figure">${restStrip(report)}<p class="ends"><span>${clockAt(recording, 0)}</span><span>${clockAt(recording, recording.duration)}</span></p><ul class="legend">${legend.join("")}</ul></div>
<p class="note">Each half minute is called active when your baby moved for a fifth of it or more. Rest means little movement: a baby who lies still and awake rests too, and one who sleeps may move.</p>
${howSure(report)}
</section>`;
}

function howSure({ indices }: NightReport): string {
  const ranges = indices.ranges.filter(({ kind, movedTo }) => KIND_WORDS[kind].isOfInfant && movedTo > 0);
  if (ranges.length === 0) return "";
  const rows = ranges.map(({ kind, count, wellMet, movedFrom, movedTo }) => {
    const moved =
      movedFrom === movedTo ? showCount(movedTo) : `${showCount(movedFrom)} to ${showCount(movedTo)}`;
    return `<tr><th scope="row">${KIND_WORDS[kind].name}</th><td class="number">${showCount(count)}</td><td class="number">${showCount(wellMet)}</td><td class="number">${moved}</td></tr>`;
  });
  return `<h3>How sure the counts are</h3>
<p>A count depends on where the limits of its rule lie. The last column says what the counts would be if every limit were a tenth larger or smaller, easier or harder.</p>
<details class="fold"><summary>Counts and their ranges</summary><table><thead><tr><th scope="col">What was seen</th><th scope="col" class="number">Counted</th><th scope="col" class="number">Well met</th><th scope="col" class="number">With moved limits</th></tr></thead><tbody>${rows.join("")}</tbody></table></details>`;
}
