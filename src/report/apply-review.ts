import type { ReviewedEvent } from "../agreement/review-state.ts";
import { EVENT_KINDS } from "../events/movement-event.ts";
import { endOf } from "../signal/intervals.ts";
import { wallTimeAt } from "../time.ts";
import type { NightReport, ReportEvent } from "./night-report.ts";

/**
 * The report of a night as a reviewer left it: rejected events are gone, changed ones are as changed, added ones
 * are there. Counts are of these events; a finding says who reviewed and how much is still open.
 *
 * Series, ranges and soothing stay as detected: they hang on measurements that a reviewer does not touch. The
 * finding says so.
 */
export function applyReview(
  report: NightReport,
  events: readonly ReviewedEvent[],
  reviewer: string,
): NightReport {
  const detected = new Map(report.events.map((event) => [event.id, event]));
  const kept = events.filter(({ decision }) => decision !== "rejected");
  const open = events.filter(({ decision }) => decision === "open").length;
  const reviewed = kept.map((event) => toReportEvent(event, detected, report));
  const { observableHours } = report.coverage;
  return {
    ...report,
    events: reviewed,
    summary: EVENT_KINDS.map((kind) => {
      const same = reviewed.filter((event) => event.kind === kind);
      return {
        ...{
          kind,
          count: same.length,
          seconds: round(same.reduce((sum, { duration }) => sum + duration, 0)),
        },
        perObservableHour: observableHours > 0 ? round(same.length / observableHours) : 0,
      };
    }),
    issues: [
      ...report.issues,
      {
        ...{ code: "reviewed", severity: "note" },
        message: `Events as reviewed by ${reviewer}: ${events.length - open} of ${events.length} decided.`,
        suggestion: "Series, ranges and soothing are those of the original detections, which are kept.",
      },
    ],
  };
}

function toReportEvent(
  event: ReviewedEvent,
  detected: ReadonlyMap<string, ReportEvent>,
  report: NightReport,
): ReportEvent {
  const { recording } = report;
  const original = event.from.map((id) => detected.get(id)).find((one) => one !== undefined);
  const file = recording.files.findLast(({ onset }) => onset <= event.onset) ?? recording.files[0]!;
  const place = {
    ...{ id: event.key, onset: round(event.onset), duration: round(event.duration) },
    ...{ kind: event.kind, limb: event.limb },
    wallTime: wallTimeAt(recording.startedAt ?? undefined, event.onset, recording.clockChanges) ?? null,
    ...{ file: file.name, fileTime: round(event.onset - file.onset) },
  };
  if (original && !event.isChanged) return original;
  if (original) {
    const isSameKind = original.kind === event.kind;
    return { ...original, ...place, detail: isSameKind ? original.detail : null };
  }
  return {
    ...NOTHING_MEASURED,
    ...place,
    evidence: {
      ...{ rule: event.kind, because: `Marked by a reviewer, ${round(endOf(event) - event.onset)} s long.` },
      ...{ measures: [], nearest: null, features: {} },
      witnesses: { flow: "Not measured", pose: "Not measured", agree: null },
    },
  };
}

const NOTHING_MEASURED = {
  ...{ detail: null, confidence: 1, frequencyHz: null, cycles: null, regularity: null, amplitude: null },
  ...{ amplitudeShanks: null, strokes: null, strokesOf: null, provokedBy: null, around: null },
  ...{ members: [] as string[], steadiness: null },
};

function round(value: number): number {
  return Number(value.toFixed(3));
}
