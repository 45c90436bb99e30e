import { type Issue, issue } from "../issues.ts";
import type { ProbeDescription } from "./parse-probe.ts";
import type { Recording } from "./recording.ts";

/** A pause between two frames longer than this many usual intervals (and seconds) is a gap. */
const GAP_INTERVALS = 5;
const GAP_SECONDS = 0.5;
/** Intervals that differ from the usual one by more than this share make the rate variable. */
const VARIABLE_SHARE = 0.25;
/** A header's frame rate that is off the measured one by more than this share is wrong. */
const MISSTATED_SHARE = 0.1;

/**
 * Findings about the recording's clock: gaps, variable or wrongly stated frame rate, a shorter file than
 * its header promised.
 */
export function describeClock(recording: Recording, descriptions: readonly ProbeDescription[]): Issue[] {
  const issues: Issue[] = [];
  let previousEnd = 0;
  for (const [i, file] of recording.files.entries()) {
    if (file.onset > previousEnd + GAP_SECONDS) {
      issues.push(issue("gap", { onset: previousEnd, duration: file.onset - previousEnd }));
    }
    previousEnd = file.onset + file.duration;
    const steps = intervals(file.frames.time);
    const usual = median(steps);
    let uneven = 0;
    for (const [at, step] of steps.entries()) {
      if (Math.abs(step - usual) > VARIABLE_SHARE * usual) uneven++;
      if (step > Math.max(GAP_SECONDS, GAP_INTERVALS * usual)) {
        issues.push(issue("gap", { onset: file.onset + file.frames.time[at]!, duration: step }));
      }
    }
    if (uneven > 0.05 * steps.length) issues.push(issue("frame-rate-variable", spanOf(file)));
    if (file.isClockJoined) issues.push(issue("clock-restarted", spanOf(file)));
    const claimed = descriptions[i]?.claimedDuration;
    const whole = file.duration + (file.skipped ?? 0);
    if (claimed !== undefined && claimed - whole > Math.max(1, 0.02 * claimed)) {
      issues.push(issue("file-shorter-than-stated", spanOf(file)));
    }
    const claimedRate = descriptions[i]?.claimedFrameRate;
    const mean = file.frames.time.at(-1)! / steps.length;
    // A camera that drops frames keeps its stated rate between them, or on average.
    const isOff = [usual, mean].every((step) => Math.abs((claimedRate ?? NaN) * step - 1) > MISSTATED_SHARE);
    if (isOff) {
      issues.push(issue("frame-rate-misstated", spanOf(file)));
    }
  }
  if (recording.frameRate < 15) {
    issues.push(issue("frame-rate-low", { onset: 0, duration: recording.duration }));
  }
  return issues;
}

function spanOf(file: { readonly onset: number; readonly duration: number }) {
  return { onset: file.onset, duration: file.duration };
}

function intervals(time: Float64Array): Float64Array {
  return time.slice(1).map((value, i) => value - time[i]!);
}

function median(values: Float64Array): number {
  return values.length === 0 ? NaN : values.slice().sort()[values.length >> 1]!;
}
