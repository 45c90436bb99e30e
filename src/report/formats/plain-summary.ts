import type { NightReport } from "../night-report.ts";
import { describeDuration, KIND_WORDS, kindsPresent, listInWords } from "../wording.ts";
import { clockAt } from "./recording-words.ts";

/** What a report says to parents, in order: the headline first. */
export interface PlainSummary {
  readonly headline: string;
  readonly sentences: readonly string[];
}

/**
 * Says in plain words what was seen, when, and how much could be judged. It neither alarms nor reassures, and
 * of a recording that is not fit to judge it says only that.
 */
export function summarizePlainly(report: NightReport): PlainSummary {
  return report.fitToJudge ? summarizeSeen(report) : summarizeUnfit(report);
}

function summarizeSeen(report: NightReport): PlainSummary {
  const { recording } = report;
  const present = kindsPresent(report);
  const ofInfant = present.filter(({ kind }) => KIND_WORDS[kind].isOfInfant);
  const others = present.filter(({ kind }) => !KIND_WORDS[kind].isOfInfant);
  const span =
    recording.startedAt === null
      ? `In this recording of ${describeDuration(recording.duration)}`
      : `Between ${clockAt(recording, 0)} and ${clockAt(recording, recording.duration)}`;
  const seen = ofInfant.map(({ kind, count }) => KIND_WORDS[kind].count(count));
  const headline =
    seen.length === 0
      ? `${span}, none of the movements looked for were found in the parts that could be judged.`
      : `${span}, the video showed ${listInWords(seen)}.`;
  const sentences = [describeJudged(report), describeStill(report)];
  if (others.length > 0) {
    const [first = "", ...rest] = others.map(({ kind, count }) => KIND_WORDS[kind].count(count));
    sentences.push(`${listInWords([first[0]!.toUpperCase() + first.slice(1), ...rest])}.`);
  }
  sentences.push(
    "These are descriptions of what the video shows. They do not say what a movement means; someone who sees and examines your baby can.",
  );
  return { headline, sentences: sentences.filter((sentence) => sentence !== "") };
}

function describeJudged({ coverage, recording }: NightReport): string {
  const judged = coverage.observableHours * 3600;
  const left = [
    coverage.carer > 0 ? `${describeDuration(coverage.carer)} with someone else in view` : "",
    coverage.gap > 0 ? `${describeDuration(coverage.gap)} without a picture` : "",
    coverage.unreadable > 0
      ? `${describeDuration(coverage.unreadable)} that cannot be read from the file`
      : "",
  ].filter((part) => part !== "");
  const all = `All ${describeDuration(recording.duration)} could be judged.`;
  const part = `${describeDuration(judged)} of the ${describeDuration(recording.duration)} could be judged`;
  return left.length === 0 ? all : `${part}; left out are ${listInWords(left)}.`;
}

function describeStill({ coverage }: NightReport): string {
  const parts = [`nothing moved for ${describeDuration(coverage.still)}`];
  if (coverage.legsSeen > 0)
    parts.push(`the legs were in view during ${describeDuration(coverage.legsSeen)} of movement`);
  if (coverage.legsNotSeen > 0)
    parts.push(
      `they were not in view, as under a blanket, during ${describeDuration(coverage.legsNotSeen)} of movement`,
    );
  return `Of that time, ${listInWords(parts)}.`;
}

function summarizeUnfit(report: NightReport): PlainSummary {
  const judged = report.coverage.observableHours * 3600;
  const blocking = report.issues.filter(({ severity }) => severity === "blocks");
  const reasons =
    blocking.length > 0
      ? blocking.map(({ message }) => message)
      : [`Only ${describeDuration(judged)} of ${describeDuration(report.recording.duration)} showed enough.`];
  const limiting = report.issues.filter(({ severity }) => severity !== "note");
  return {
    headline: "This recording could not be judged.",
    sentences: [
      ...new Set(reasons),
      "So this report gives no counts, and having none says nothing about how your baby moved.",
      ...new Set(limiting.map(({ suggestion }) => suggestion)),
    ],
  };
}
