import type { NightReport } from "../../night-report.ts";
import { describeDuration, KIND_WORDS, kindsPresent, showCount } from "../../wording.ts";
import { escapeMarkup as esc } from "../markup.ts";
import { summarizePlainly } from "../plain-summary.ts";
import { clockAt, describeWhen, nameRecording } from "../recording-words.ts";
import { glyphOf } from "./glyph-symbols.ts";

/** First section: what was seen, when, and how much could be judged, in plain words. */
export function summarySection(report: NightReport): string {
  const { headline, sentences } = summarizePlainly(report);
  return `<section aria-labelledby="title">
<h1 id="title">${esc(describeWhen(report))}</h1>
<p class="file">${esc(nameRecording(report))}</p>
<p class="lead">${esc(headline)}</p>
${sentences.map((sentence) => `<p>${esc(sentence)}</p>`).join("\n")}
${facts(report)}
${report.fitToJudge ? kindTable(report) : ""}
</section>`;
}

function facts({ recording, coverage, fitToJudge }: NightReport): string {
  const entries: [string, number][] = [
    ["filmed", recording.duration],
    [fitToJudge ? "could be judged" : "showed enough", coverage.observableHours * 3600],
    ["moving, legs in view", coverage.legsSeen],
    ["moving, legs not in view", coverage.legsNotSeen],
  ];
  const cells = entries.map(
    ([name, seconds]) => `<div><dt>${name}</dt><dd>${describeDuration(seconds)}</dd></div>`,
  );
  return `<dl class="facts">${cells.join("")}</dl>`;
}

function kindTable(report: NightReport): string {
  const present = kindsPresent(report);
  if (present.length === 0) return "";
  const rows = present.map(({ kind, count, seconds }) => {
    const { name, definition } = KIND_WORDS[kind];
    const own = report.events.filter((event) => event.kind === kind);
    const first = clockAt(report.recording, own[0]?.onset ?? 0);
    const last = clockAt(report.recording, own.at(-1)?.onset ?? 0);
    const when = count === 1 || first === last ? `at ${first}` : `${first} to ${last}`;
    return `<tr><th scope="row">${glyphOf(kind)}<span>${name}<small>${definition}</small></span></th><td class="number" data-label="How often">${showCount(count)}</td><td class="number" data-label="Together">${describeDuration(seconds)}</td><td class="number" data-label="When">${when}</td></tr>`;
  });
  return `<table class="kinds"><caption class="sr">What was seen, by kind</caption><thead><tr><th scope="col">What was seen</th><th scope="col" class="number">How often</th><th scope="col" class="number">Together</th><th scope="col" class="number">First to last</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
