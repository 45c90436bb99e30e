import type { NightReport } from "../index.ts";
import { formatMoment, formatSpan } from "../time.ts";

const MOST_LINES = 12;

/** What a night's report says, in a few lines for a terminal. */
export function describeNight(report: NightReport): string {
  const { recording, coverage, summary, events } = report;
  const lines: string[] = [];
  const judged = coverage.observableHours * 3600;
  lines.push(`${formatSpan(recording.duration)} recorded, ${formatSpan(judged)} of it could be judged.`);
  if (!report.fitToJudge) lines.push("Too little could be seen to say what the legs did.");
  const counts = summary.filter(({ count }) => count > 0).map(({ kind, count }) => `${count} ${kind}`);
  lines.push(counts.length > 0 ? `Found: ${counts.join(", ")}.` : "Nothing moved.");
  for (const event of events.slice(0, MOST_LINES)) {
    lines.push(
      `  ${formatMoment(recording.startedAt ?? undefined, event.onset, recording.clockChanges)}  ${event.kind}: ${event.evidence.because}`,
    );
  }
  if (events.length > MOST_LINES) lines.push(`  ... and ${events.length - MOST_LINES} more in the report.`);
  for (const { code, message } of report.issues.filter(({ severity }) => severity !== "note").slice(0, 5)) {
    lines.push(`Note (${code}): ${message}`);
  }
  return lines.join("\n");
}
