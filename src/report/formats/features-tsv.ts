import type { NightReport } from "../night-report.ts";

/**
 * Every number that was measured of every event, as a tab-separated table: a line for each event and number,
 * whatever its kind, so that the columns are the same in every study.
 */
export function formatFeaturesTsv(report: NightReport): string {
  const lines = report.events.flatMap((event) =>
    Object.entries(event.evidence.features)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${event.id}\t${event.onset}\t${event.kind}\t${name}\t${value}`),
  );
  return `${["id\tonset\tkind\tfeature\tvalue", ...lines].join("\n")}\n`;
}
