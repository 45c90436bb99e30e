import { openStorage } from "./study-storage.ts";

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
 * Puts files in place in a study, each complete or not at all, in their order. Many programs may write to one
 * study at a time, each its own nights.
 *
 * @throws OutputError when the disk is full, or the study cannot be written to.
 */
export async function publishFiles(
  study: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const storage = await openStorage(study);
  for (const [name, content] of Object.entries(files)) await storage.put(name, content);
}

/** Removes files and folders of a study; what is not there is no failure. */
export async function removeFiles(study: string, names: readonly string[]): Promise<void> {
  const storage = await openStorage(study);
  for (const name of names) await storage.remove(name);
}

/** The text of a study's file; undefined when it is not there. */
export async function readText(study: string, name: string): Promise<string | undefined> {
  const bytes = await (await openStorage(study)).read(name);
  return bytes && new TextDecoder().decode(bytes);
}
