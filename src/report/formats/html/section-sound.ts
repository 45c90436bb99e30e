import type { NightReport } from "../../night-report.ts";
import { describeDuration, showCount } from "../../wording.ts";
import { clockAt } from "../recording-words.ts";

const LISTED = 40;

/** What was heard, when the recording has sound: context for the movements. Empty otherwise. */
export function soundSection(report: NightReport): string {
  const { sound } = report;
  if (!sound) return "";
  const cries = sound.stretches.filter(({ kind }) => kind === "cry-like");
  const loud = sound.stretches.length - cries.length;
  const rows = cries
    .slice(0, LISTED)
    .map(
      (cry) =>
        `<tr><th scope="row">${clockAt(report.recording, cry.onset)}</th><td class="number">${describeDuration(cry.duration)}</td></tr>`,
    );
  const rest =
    cries.length > LISTED ? `<p class="note">and ${showCount(cries.length - LISTED)} more</p>` : "";
  const list =
    cries.length === 0
      ? ""
      : `<details class="fold"><summary>When</summary><table><thead><tr><th scope="col">From</th><th scope="col" class="number">Length</th></tr></thead><tbody>${rows.join("")}</tbody></table>${rest}</details>`;
  return `<section aria-labelledby="sound-title">
<h2 id="sound-title">What was heard</h2>
<p>${loudWords(loud)} ${cryWords(cries.length, sound.cryLike)} Sound is only told beside the movements: it names none of them, and nobody can be told by it.</p>
${list}
</section>`;
}

function loudWords(count: number): string {
  if (count === 0) return "Nothing loud was heard.";
  return count === 1 ? "One louder sound was heard." : `${showCount(count)} louder sounds were heard.`;
}

function cryWords(count: number, seconds: number): string {
  if (count === 0) return "Nothing that sounds like crying was heard.";
  const times = count === 1 ? "once" : `${showCount(count)} times`;
  return `Something that sounds like crying was heard ${times}, ${describeDuration(seconds)} together.`;
}
