import { EVENT_KINDS } from "../events/movement-event.ts";
import { EVENT_COLUMNS, readEventRows } from "../report/formats/events-tsv.ts";
import { INDEX_COLUMNS, readIndexRows } from "../report/formats/indices-tsv.ts";
import type { NightReport } from "../report/night-report.ts";
import type { LedgerEntry } from "./ledger.ts";

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;
export type ColumnType = "string" | "number" | "integer" | "boolean";

/** A column of a study's table: typed, so that every night's rows fit it. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

const text = (name: string): Column => ({ name, type: "string" });
const number = (name: string): Column => ({ name, type: "number" });
const integer = (name: string): Column => ({ name, type: "integer" });
const isText = (name: string) =>
  /^(kind|detail|limb|provoked_by|around|wall_time|file|id|nearest_kind|members|nearest_flip|index|of|state|unit|formula)$/.test(
    name,
  );
const isWhole = (name: string) => /^(strokes|series_)/.test(name);
const typed = (name: string): Column =>
  name === "flow_pose_agree"
    ? { name, type: "boolean" }
    : isText(name)
      ? text(name)
      : isWhole(name)
        ? integer(name)
        : number(name);

const OF_NIGHT = [text("participant_id"), text("session_id")];
export const EVENT_TABLE: readonly Column[] = [...OF_NIGHT, ...EVENT_COLUMNS.map(typed)];
export const INDEX_TABLE: readonly Column[] = [...OF_NIGHT, ...INDEX_COLUMNS.map(typed)];

const snake = (kind: string) => kind.replaceAll("-", "_");

export const NIGHT_TABLE: readonly Column[] = [
  ...OF_NIGHT,
  ...[text("status"), text("code"), text("why"), number("age_weeks")],
  ...[text("started_at"), number("duration"), number("observable_hours"), number("observable_share")],
  ...[number("legs_seen"), number("legs_not_seen"), number("carer"), number("gap"), number("unreadable")],
  ...[number("frame_rate"), integer("width"), integer("height"), number("highest_hz")],
  ...[number("smallest_amplitude"), number("trunk_length_px"), number("brightness"), number("noise")],
  ...[integer("events"), number("resting"), number("active"), number("longest_rest")],
  ...EVENT_KINDS.flatMap((kind) => [
    integer(`n_${snake(kind)}`),
    number(`per_hour_${snake(kind)}`),
    integer(`n_${snake(kind)}_from`),
    integer(`n_${snake(kind)}_to`),
  ]),
  ...[text("issues"), text("recording_id"), text("files"), text("kickline"), text("options")],
];

const middle = (values: readonly number[]): number | null => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[Math.floor(sorted.length / 2)]!;
};
const idsOf = ({ subject, night }: LedgerEntry) => ({
  participant_id: `sub-${subject}`,
  session_id: `ses-${night}`,
});

/** One row for a night, whatever became of it. */
export function nightRow(entry: LedgerEntry, report: NightReport | undefined): Row {
  const row: Record<string, Cell> = {
    ...idsOf(entry),
    ...{ status: entry.state, code: entry.code, why: entry.why, age_weeks: entry.ageWeeks },
    ...{ recording_id: entry.recordingId, kickline: entry.kickline, options: entry.options },
    files: entry.paths.map((path) => path.replace(/^.*[/\\]/, "")).join(" "),
  };
  if (!report) return row;
  const { recording, coverage, limits, timeline, indices } = report;
  return {
    ...row,
    ...{ started_at: recording.startedAt, duration: recording.duration, events: report.events.length },
    observable_hours: coverage.observableHours,
    observable_share: observableShare(report),
    ...{ legs_seen: coverage.legsSeen, legs_not_seen: coverage.legsNotSeen, carer: coverage.carer },
    ...{ gap: coverage.gap, unreadable: coverage.unreadable, frame_rate: recording.frameRate },
    ...{ width: recording.width, height: recording.height, highest_hz: limits.highestHz },
    ...{ smallest_amplitude: limits.smallestAmplitude, trunk_length_px: limits.trunkLengthPx },
    ...{ brightness: middle(timeline.brightness), noise: middle(timeline.noise) },
    ...{ resting: indices.rest.seconds.resting, active: indices.rest.seconds.active },
    longest_rest: indices.rest.longestRest?.duration ?? null,
    issues: [...new Set(report.issues.map(({ code }) => code))].join(" "),
    // Counts of a night that is not fit to judge would look like a quiet one.
    ...(report.fitToJudge ? countCells(report) : {}),
  };
}

/** To a ten-thousandth: its parts are kept to the millisecond, and no night is seen by more than the whole of it. */
function observableShare({ recording, coverage }: NightReport): number | null {
  if (!(recording.duration > 0)) return null;
  const seconds = coverage.still + coverage.legsSeen + coverage.legsNotSeen;
  return Math.min(1, Math.round((1e4 * seconds) / recording.duration) / 1e4);
}

function countCells(report: NightReport): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  const ranges = new Map(report.indices.ranges.map((one) => [one.kind, one]));
  for (const { kind, count, perObservableHour } of report.summary) {
    cells[`n_${snake(kind)}`] = count;
    cells[`per_hour_${snake(kind)}`] = perObservableHour;
    cells[`n_${snake(kind)}_from`] = ranges.get(kind)?.movedFrom ?? null;
    cells[`n_${snake(kind)}_to`] = ranges.get(kind)?.movedTo ?? null;
  }
  return cells;
}

export function eventRows(entry: LedgerEntry, report: NightReport): Row[] {
  return readEventRows(report).map((row) => ({ ...idsOf(entry), ...row }));
}

export function indexRows(entry: LedgerEntry, report: NightReport): Row[] {
  return readIndexRows(report).map((row) => ({
    ...idsOf(entry),
    ...Object.fromEntries(INDEX_COLUMNS.map((name) => [name, row[name] ?? null])),
  }));
}
