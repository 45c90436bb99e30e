import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { KicklineError } from "../errors.ts";
import { unwritable } from "./output-error.ts";

/** Names of the files of a study's folder. */
export const STUDY_FILES = {
  options: "study.json",
  description: "dataset_description.json",
  ignore: ".bidsignore",
  readme: "README",
  participants: "participants.tsv",
  participantsSidecar: "participants.json",
  ledger: "ledger.tsv",
  nights: "nights",
  events: "events",
  indices: "indices",
  page: "study.html",
  quality: "quality.html",
  entries: "ledger",
  milestones: "milestones",
} as const;

/** Where one night's results lie in a study, BIDS-shaped: `sub-01/ses-01/beh/sub-01_ses-01_task-night_...`. */
export function nightPlace(subject: string, night: string, task: string) {
  const folder = `sub-${subject}/ses-${night}/beh`;
  const stem = `${folder}/sub-${subject}_ses-${night}_task-${task}`;
  return {
    folder,
    events: `${stem}_events.tsv`,
    sidecar: `${stem}_events.json`,
    indices: `${stem}_indices.tsv`,
    features: `${stem}_features.tsv`,
    timeline: `${stem}_timeline.svg`,
    page: `${stem}_report.html`,
    report: `${stem}_night.json`,
    clips: `${folder}/clips`,
    entry: `${STUDY_FILES.entries}/sub-${subject}/ses-${night}.json`,
    milestones: `${STUDY_FILES.milestones}/sub-${subject}_ses-${night}`,
  };
}

/**
 * Puts files in place below a folder, each complete or not at all; folders are made as needed. Many programs
 * may write to one study at a time, each its own nights.
 *
 * @throws OutputError when the disk is full, or the folder cannot be written to.
 */
export async function publishFiles(
  root: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  try {
    for (const [name, content] of Object.entries(files)) {
      const place = join(root, name);
      await mkdir(dirname(place), { recursive: true });
      const beside = `${place}.${process.pid}-${randomBytes(4).toString("hex")}.part`;
      try {
        await writeFile(beside, content);
        await rename(beside, place);
      } catch (error) {
        await rm(beside, { force: true }).catch(() => {});
        throw error;
      }
    }
  } catch (cause) {
    throw unwritable(root, cause, true);
  }
}

/** Removes files and folders below a folder; what is not there is no failure. */
export async function removeFiles(root: string, names: readonly string[]): Promise<void> {
  try {
    for (const name of names) await rm(join(root, name), { recursive: true, force: true });
  } catch (cause) {
    throw unwritable(root, cause, true);
  }
}

/** The text of a file below a folder; undefined when it is not there. */
export async function readText(root: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(root, name), "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new KicklineError(
      "study-invalid",
      `${join(root, name)} cannot be read`,
      "Check the study's folder.",
      {
        cause,
      },
    );
  }
}

/** Names of what lies in a folder below the root, sorted; none when it is not there. */
export async function listNames(root: string, folder: string): Promise<string[]> {
  return (await readdir(join(root, folder)).catch(() => [] as string[])).sort();
}
