import type { NightReport, ReportEvent } from "../night-report.ts";

type Column = readonly [
  name: string,
  read: (event: ReportEvent, seriesOf: SeriesOf) => string | number | boolean | null,
];

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
  ["nearest_flip", (event) => event.evidence.nearest?.flip ?? null],
  ["steadiness", (event) => event.steadiness],
  ["series_wasm", (event, seriesOf) => seriesOf(event, "WASM_2016")],
  ["series_aasm", (event, seriesOf) => seriesOf(event, "AASM")],
];

type RuleSetName = NightReport["indices"]["series"][0]["ruleSet"];
/** The number of the series that an event is part of under a rule set, counted from 1. */
type SeriesOf = (event: ReportEvent, name: RuleSetName) => number | null;

function findSeriesOf({ indices }: NightReport): SeriesOf {
  const numbers = new Map<string, number>();
  for (const { ruleSet, series } of indices.series)
    for (const [i, { events }] of series.entries())
      for (const id of events) numbers.set(`${ruleSet} ${id}`, i + 1);
  return ({ id }, name) => numbers.get(`${name} ${id}`) ?? null;
}

/** Names of the columns of events.tsv, in order. */
export const EVENT_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/**
 * The events as a tab-separated table in the style of BIDS: a header line, one line an event, "n/a" for what
 * is missing. Tabs, line breaks and backslashes inside a value are written as `\t`, `\n`, `\r` and `\\`.
 */
export function formatEventsTsv(report: NightReport): string {
  const seriesOf = findSeriesOf(report);
  const lines = report.events.map((event) =>
    COLUMNS.map(([, read]) => formatCell(read(event, seriesOf))).join("\t"),
  );
  return `${[EVENT_COLUMNS.join("\t"), ...lines].join("\n")}\n`;
}

/** The same values by column, for tables that hold events of many nights. */
export function readEventRows(
  report: NightReport,
): Readonly<Record<string, string | number | boolean | null>>[] {
  const seriesOf = findSeriesOf(report);
  return report.events.map((event) =>
    Object.fromEntries(COLUMNS.map(([name, read]) => [name, read(event, seriesOf)])),
  );
}

/** A value as a cell: "n/a" for what is missing; tabs, line breaks and backslashes escaped. */
export function formatCell(value: string | number | boolean | null): string {
  if (value === null || value === "" || Number.isNaN(value)) return "n/a";
  return String(value)
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}
