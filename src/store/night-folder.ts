import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { KicklineError } from "../errors.ts";
import { STUDY_FILES } from "./study-folder.ts";

/** Names of the files of a night's folder. */
export const NIGHT_FILES = {
  report: "night.json",
  events: "events.tsv",
  sidecar: "events.json",
  indices: "indices.tsv",
  timeline: "timeline.svg",
  page: "report.html",
  /** Only while the night is being analysed. */
  sketch: "sketch.svg",
  thumbnails: "thumbnails",
  /** Finished pieces of the analysis: may be deleted; then the next run makes them again. */
  milestones: "milestones",
} as const;

/** A night of a study, as `nightPlace` names it. */
const OF_STUDY = /^(?<night>sub-[^_]+_ses-[^_]+)_task-[^_]+_night\.json$/;

/** Where a night's results lie. */
export interface NightPlace {
  /** Path of its report, JSON. */
  readonly report: string;
  readonly folder: string;
  /** Folder of what was measured. */
  readonly milestones: string;
  /** Whether it is a night of a study, whose files are the study's to write. */
  readonly isOfStudy: boolean;
}

/**
 * Where a night lies: the folder that `analyze` wrote, the folder of a study's night or of its session, or the report itself.
 * A folder without any is taken for one whose report is missing.
 *
 * @throws KicklineError `report-unreadable` for a folder of several nights.
 */
export async function findNight(path: string): Promise<NightPlace> {
  if (path.endsWith(".json")) return placeOf(path);
  const names = await namesIn(path);
  if (names.includes(NIGHT_FILES.report)) return placeOf(join(path, NIGHT_FILES.report));
  const folder = names.includes("beh") ? join(path, "beh") : path;
  const nights = (await namesIn(folder)).filter(isStudyNight);
  if (nights.length > 1) {
    const advice = `Name the one that is meant, such as ${join(folder, nights[0]!)}.`;
    throw new KicklineError("report-unreadable", `${path} holds ${nights.length} nights`, advice);
  }
  return placeOf(nights[0] === undefined ? join(path, NIGHT_FILES.report) : join(folder, nights[0]));
}

/** Whether a file is the report of a study's night. */
export function isStudyNight(name: string): boolean {
  return OF_STUDY.test(name);
}

function placeOf(report: string): NightPlace {
  const folder = dirname(report);
  const night = OF_STUDY.exec(basename(report))?.groups?.["night"];
  if (night === undefined)
    return { report, folder, milestones: join(folder, NIGHT_FILES.milestones), isOfStudy: false };
  const milestones = join(folder, "..", "..", "..", STUDY_FILES.milestones, night);
  return { report, folder, milestones, isOfStudy: true };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch((): string[] => [])).sort();
}
