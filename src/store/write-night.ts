import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { KicklineError } from "../errors.ts";
import { formatEventsSidecar } from "../report/formats/events-sidecar.ts";
import { formatEventsTsv } from "../report/formats/events-tsv.ts";
import { formatIndicesTsv } from "../report/formats/indices-tsv.ts";
import { renderReportHtml } from "../report/formats/report-html.ts";
import { renderTimelineSvg } from "../report/formats/timeline-svg.ts";
import { type NightReport, nightReportSchema } from "../report/night-report.ts";
import { findNight, NIGHT_FILES } from "./night-folder.ts";
import { type OutFolder, readFolder } from "./out-folder.ts";

/**
 * Writes everything a report is rendered into.
 *
 * @param thumbnails JPEG strip by event id.
 */
export async function writeNight(
  folder: OutFolder,
  report: NightReport,
  thumbnails: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const images = [...thumbnails].map(([id, data]) => [pictureOf(id), data] as const);
  // The folder may hold an earlier result, whose pictures show other events of the same names.
  const without = report.events.filter(({ id }) => !thumbnails.has(id) && basename(id) === id);
  await folder.remove(without.map(({ id }) => pictureOf(id)));
  await folder.publish({
    ...Object.fromEntries(images),
    [NIGHT_FILES.events]: formatEventsTsv(report),
    [NIGHT_FILES.sidecar]: formatEventsSidecar(report),
    [NIGHT_FILES.indices]: formatIndicesTsv(report),
    [NIGHT_FILES.timeline]: renderTimelineSvg(report),
    [NIGHT_FILES.page]: renderReportHtml(report, { thumbnails: asDataUris(thumbnails) }),
    [NIGHT_FILES.report]: `${JSON.stringify(report, null, 1)}\n`,
  });
}

/** A night as it was written. */
export interface ReadNight {
  readonly report: NightReport;
  readonly folder: string;
  /** Folder of what was measured. */
  readonly milestones: string;
  /** Whether it is a night of a study, whose files are the study's to write. */
  readonly isOfStudy: boolean;
  /** JPEG strip by event id. */
  readonly thumbnails: Map<string, Uint8Array>;
}

/**
 * Reads a night back: from the folder that an analysis wrote, from that of a study's night, or from its `night.json`.
 *
 * @throws KicklineError `report-unreadable` naming the file and what is wrong with it.
 */
export async function readNight(path: string): Promise<ReadNight> {
  const { report: file, ...place } = await findNight(path);
  const advice =
    "Give the folder that `kickline analyze --out` wrote or of one night of a study, or the night.json in it.";
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    const isSyntax = cause instanceof SyntaxError;
    const what = isSyntax ? "is not JSON" : "cannot be read";
    throw new KicklineError("report-unreadable", `${file} ${what}`, advice, { cause });
  }
  const parsed = nightReportSchema.safeParse(content);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const where = `${first?.path.join(".") ?? ""}: ${first?.message ?? ""}`;
    throw new KicklineError(
      "report-unreadable",
      `${file} is not a night report of this version (${where})`,
      advice,
    );
  }
  const ids = parsed.data.events.map(({ id }) => id);
  const pictures = await readFolder(
    join(place.folder, NIGHT_FILES.thumbnails),
    ids.map((id) => `${id}.jpg`),
  );
  const thumbnails = new Map([...pictures].map(([name, data]) => [name.slice(0, -".jpg".length), data]));
  return { ...place, report: parsed.data, thumbnails };
}

function pictureOf(id: string): string {
  return `${NIGHT_FILES.thumbnails}/${id}.jpg`;
}

function asDataUris(thumbnails: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  return Object.fromEntries(
    [...thumbnails].map(([id, data]) => [
      id,
      `data:image/jpeg;base64,${Buffer.from(data).toString("base64")}`,
    ]),
  );
}
