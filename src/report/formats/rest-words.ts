import { endOf } from "../../signal/intervals.ts";
import type { NightReport } from "../night-report.ts";
import { describeDuration, showCount } from "../wording.ts";
import { clockAt } from "./recording-words.ts";

/** Rest and activity in plain words. It never says asleep or awake. */
export function describeRestPlainly(report: NightReport): string[] {
  const { rest } = report.indices;
  const { longestRest, firstLongRest } = rest;
  if (longestRest === null) return ["No half minute of rest was found in the parts that could be judged."];
  const from = clockAt(report.recording, longestRest.onset);
  const to = clockAt(report.recording, endOf(longestRest));
  const sentences = [
    `The longest rest lasted ${describeDuration(longestRest.duration)}, from ${from} to ${to}.`,
  ];
  if (firstLongRest === null) {
    sentences.push("No rest lasted for five minutes or more.");
    return sentences;
  }
  const at = clockAt(report.recording, firstLongRest.onset);
  const waited =
    rest.timeToRest === 0
      ? "The recording began with a long rest (five minutes or more)."
      : `The first long rest (five minutes or more) began at ${at}, after ${describeDuration(rest.timeToRest ?? 0)} that could be judged.`;
  sentences.push(waited, describeInterruptions(rest));
  return sentences;
}

function describeInterruptions({
  interruptions: n,
  interruptedSeconds,
}: NightReport["indices"]["rest"]): string {
  if (n === 0) return "From then on no activity of the infant’s own interrupted its rest.";
  const often = n === 1 ? "once" : n === 2 ? "twice" : `${showCount(n)} times`;
  return `From then on activity interrupted rest ${often}, together for ${describeDuration(interruptedSeconds)}.`;
}
