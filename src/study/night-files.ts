import { formatEventsSidecar } from "../report/formats/events-sidecar.ts";
import { formatEventsTsv } from "../report/formats/events-tsv.ts";
import { formatFeaturesTsv } from "../report/formats/features-tsv.ts";
import { formatIndicesTsv } from "../report/formats/indices-tsv.ts";
import { renderReportHtml } from "../report/formats/report-html.ts";
import { renderTimelineSvg } from "../report/formats/timeline-svg.ts";
import type { NightReport } from "../report/night-report.ts";
import type { nightPlace } from "../store/study-folder.ts";

/** Without what differs between two runs on the same input: a study's files are the same byte for byte. */
export function withoutTiming(report: NightReport): NightReport {
  return { ...report, timing: { finishedAt: "", node: "", stages: {} } };
}

/** Every file of a night in a study, by its place. */
export function formatNight(
  report: NightReport,
  place: ReturnType<typeof nightPlace>,
  thumbnails: ReadonlyMap<string, Uint8Array>,
): Record<string, string> {
  const same = withoutTiming(report);
  const pictures = [...thumbnails].map(([id, data]) => [
    id,
    `data:image/jpeg;base64,${Buffer.from(data).toString("base64")}`,
  ]);
  return {
    [place.events]: formatEventsTsv(same),
    [place.sidecar]: formatEventsSidecar(same),
    [place.indices]: formatIndicesTsv(same),
    [place.features]: formatFeaturesTsv(same),
    [place.timeline]: renderTimelineSvg(same),
    [place.page]: renderReportHtml(same, { thumbnails: Object.fromEntries(pictures) }),
    // Last: whoever finds it finds the others too.
    [place.report]: `${JSON.stringify(same, null, 1)}\n`,
  };
}
