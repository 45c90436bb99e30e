import { STUDY_FILES } from "../store/study-folder.ts";
import { VERSION } from "../version.ts";
import type { LedgerEntry } from "./ledger.ts";

/** BIDS version whose shape a study's folder has. */
const BIDS = "1.9.0";

/** The files by which BIDS tools know what a folder holds. */
export function describeDataset(entries: readonly LedgerEntry[]): Record<string, string> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  return {
    [STUDY_FILES.description]: json({
      Name: "Video-detected movements",
      BIDSVersion: BIDS,
      DatasetType: "derivative",
      GeneratedBy: [{ Name: "Kickline", Version: VERSION }],
    }),
    [STUDY_FILES.ignore]: `${IGNORED.join("\n")}\n`,
    [STUDY_FILES.readme]: README,
    [STUDY_FILES.participants]: formatParticipants(entries),
    [STUDY_FILES.participantsSidecar]: json({
      participant_id: { Description: "The infant" },
      age_weeks: { Description: "Age at the first of its nights, as given", Units: "weeks" },
      nights: { Description: "Nights of this infant in the study" },
    }),
    ...formatSessions(entries),
  };
}

/** What BIDS has no name for. */
const IGNORED = [
  ...["milestones/", "ledger/", "ledger.tsv", "study.json", "*.html", "*.parquet"],
  ...["nights.tsv", "events.tsv", "indices.tsv", "**/*_night.json", "**/*_indices.tsv"],
  ...["**/*_features.tsv", "**/*_timeline.svg", "**/*_report.html", "**/clips/"],
];

const README = `Video-detected movements of infants, one folder a night, made by Kickline from video alone.

sub-*/ses-*/beh/*_events.tsv    every event, with its columns described beside it
sub-*/ses-*/beh/*_indices.tsv   rest, series, rates and ranges, each with its formula
sub-*/ses-*/beh/*_features.tsv  every number that was measured of every event
sub-*/ses-*/beh/*_report.html   the night to look at; *_night.json holds all of it
nights, events, indices         the same of all nights together, as TSV and Parquet
ledger.tsv                      what became of every input, and why
study.html, quality.html        the study to look at
study.json                      the options it was made with
milestones/                     what was measured, for kickline redo; may be deleted
`;

function bySubject(entries: readonly LedgerEntry[]): Map<string, LedgerEntry[]> {
  const infants = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const nights = infants.get(entry.subject);
    if (nights) nights.push(entry);
    else infants.set(entry.subject, [entry]);
  }
  return infants;
}

function formatParticipants(entries: readonly LedgerEntry[]): string {
  const lines = [...bySubject(entries)].map(([subject, nights]) => {
    const age = nights.map(({ ageWeeks }) => ageWeeks ?? NaN).filter(Number.isFinite);
    return `sub-${subject}\t${age.length > 0 ? Math.min(...age) : "n/a"}\t${nights.length}`;
  });
  return `${["participant_id\tage_weeks\tnights", ...lines].join("\n")}\n`;
}

function formatSessions(entries: readonly LedgerEntry[]): Record<string, string> {
  return Object.fromEntries(
    [...bySubject(entries)].map(([subject, nights]) => {
      const lines = nights.map(({ night, ageWeeks }) => `ses-${night}\t${ageWeeks ?? "n/a"}`);
      return [
        `sub-${subject}/sub-${subject}_sessions.tsv`,
        `${["session_id\tage_weeks", ...lines].join("\n")}\n`,
      ];
    }),
  );
}
