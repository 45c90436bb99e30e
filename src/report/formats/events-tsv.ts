import type { NightReport, ReportEvent } from "../night-report.ts";

type Column = readonly [name: string, read: (event: ReportEvent) => string | number | boolean | null];

/** The columns in order; BIDS wants onset and duration first. */
const COLUMNS: readonly Column[] = [
  ["onset", (event) => event.onset],
  ["duration", (event) => event.duration],
  ["kind", (event) => event.kind],
  ["detail", (event) => event.detail],
  ["limb", (event) => event.limb],
  ["confidence", (event) => event.confidence],
  ["frequency_hz", (event) => event.frequencyHz],
  ["cycles", (event) => event.cycles],
  ["regularity", (event) => event.regularity],
  ["amplitude", (event) => event.amplitude],
  ["amplitude_shanks", (event) => event.amplitudeShanks],
  ["strokes", (event) => event.strokes],
  ["strokes_left", (event) => event.strokesOf?.left ?? null],
  ["strokes_right", (event) => event.strokesOf?.right ?? null],
  ["provoked_by", (event) => event.provokedBy],
  ["around", (event) => event.around],
  ["wall_time", (event) => event.wallTime],
  ["file", (event) => event.file],
  ["file_time", (event) => event.fileTime],
  ["id", (event) => event.id],
  ["flow_pose_agree", (event) => event.evidence.witnesses.agree],
  ["nearest_kind", (event) => event.evidence.nearest?.kind ?? null],
  ["members", (event) => event.members.join(" ")],
];

/** Names of the columns of events.tsv, in order. */
export const EVENT_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/**
 * The events as a tab-separated table in the style of BIDS: a header line, one line an event, "n/a" for what
 * is missing. Tabs, line breaks and backslashes inside a value are written as `\t`, `\n`, `\r` and `\\`.
 */
export function formatEventsTsv(report: NightReport): string {
  const lines = report.events.map((event) => COLUMNS.map(([, read]) => formatCell(read(event))).join("\t"));
  return `${[EVENT_COLUMNS.join("\t"), ...lines].join("\n")}\n`;
}

function formatCell(value: string | number | boolean | null): string {
  if (value === null || value === "" || Number.isNaN(value)) return "n/a";
  return String(value)
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}
