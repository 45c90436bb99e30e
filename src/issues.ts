/**
 * The catalogue of findings: what can be poor about a recording, said in coded remarks. A finding never
 * stops a run; it goes with the report, and coverage drops where it must.
 */
export type Severity = "note" | "limits" | "blocks";

/** A finding: something about the recording that limits what can be said of it. Never an error. */
export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** Where in the recording, seconds; absent when it is about all of it. */
  readonly onset?: number;
  readonly duration?: number;
  readonly message: string;
  /** What the owner can do about it. */
  readonly suggestion: string;
}

interface CatalogueEntry {
  readonly severity: Severity;
  readonly message: string;
  readonly suggestion: string;
}

const CATALOGUE = {
  "clock-unknown": {
    severity: "note",
    message: "The time of day at which the recording began is not known.",
    suggestion: "Give it with --started-at; times are shown from the start of the recording.",
  },
  "clock-changed": {
    severity: "note",
    message: "The clocks were changed here (summer or winter time).",
    suggestion: "Nothing is needed: every time of day carries its offset, and lengths are not touched by it.",
  },
  gap: {
    severity: "limits",
    message: "No picture was recorded here.",
    suggestion: "Check the camera's connection and power at this time.",
  },
  "clock-restarted": {
    severity: "limits",
    message: "The clock inside this file jumps; its pieces were joined, without the pauses between.",
    suggestion: "The recorder restarted while it wrote, or bytes are damaged: times in it may be too early.",
  },
  interlaced: {
    severity: "note",
    message:
      "Each picture holds two moments, every other line of each (interlaced); the first of them is used.",
    suggestion: "Nothing is needed. If the camera has a progressive setting (such as 1080p), prefer it.",
  },
  "frame-rate-variable": {
    severity: "note",
    message: "The frame rate varies; times come from each frame's own timestamp.",
    suggestion: "Nothing is needed. If the camera has a fixed-rate setting, prefer it.",
  },
  "frame-rate-misstated": {
    severity: "note",
    message: "The file states another frame rate than it has; times come from each frame's own timestamp.",
    suggestion: "Nothing is needed; other programs may play this file too fast or too slowly.",
  },
  "frame-rate-low": {
    severity: "limits",
    message: "The camera filmed too few frames a second to show fast rhythms.",
    suggestion: "Set the camera to 25 or 30 frames a second; brighter infrared light helps it keep them.",
  },
  "pictures-repeated": {
    severity: "limits",
    message:
      "The camera stored each picture more often than it filmed it: fewer a second are real than stored.",
    suggestion:
      "Set the camera to a lower rate or size, or bring it nearer to the Wi-Fi; fast rhythms need real frames.",
  },
  "picture-frozen": {
    severity: "limits",
    message: "The picture stood still here though time went on; what moved meanwhile cannot be seen.",
    suggestion:
      "The camera's connection may have failed: bring it nearer to the Wi-Fi or use its card or a cable.",
  },
  "file-shorter-than-stated": {
    severity: "limits",
    message: "The file ends before its header says it should.",
    suggestion: "The recorder may have lost power or the copy broke off: copy it again.",
  },
  "file-unreadable": {
    severity: "limits",
    message: "One of the recording's files cannot be read; its minutes are missing.",
    suggestion: "Copy it again from the camera or its card; if it stays so, its minutes are lost.",
  },
  "file-rebuilt": {
    severity: "limits",
    message:
      "This file was never finished; its pictures were found without its index, and their times estimated.",
    suggestion:
      "The recorder lost power before it closed the file. Times in it may be off where pictures are lost.",
  },
  "files-overlap": {
    severity: "note",
    message: "Two files say that they show the same time; it was taken from the earlier one.",
    suggestion: "If the camera's clock was set back here (as in autumn), give the files apart.",
  },
  "frames-unreadable": {
    severity: "limits",
    message: "Part of the picture data is damaged here and was left out.",
    suggestion: "Copy the file again; if it stays so, check the camera's card.",
  },
  "legs-not-found": {
    severity: "limits",
    message:
      "The legs could not be found here; movement was judged from the moving part of the picture alone.",
    suggestion: "Uncover the legs if it is safe and warm enough, and place the camera above the cot.",
  },
  "infant-not-found": {
    severity: "blocks",
    message: "No infant could be found in the picture.",
    suggestion: "Point the camera straight down at the cot so that the whole body is in view.",
  },
  "picture-dark": {
    severity: "limits",
    message: "The picture is very dark or has very little contrast here.",
    suggestion: "Switch on the camera's infrared light or bring it nearer.",
  },
  "picture-noisy": {
    severity: "limits",
    message: "The picture is noisy here; small movements drown in it.",
    suggestion: "More infrared light, or a nearer camera.",
  },
  "legs-small": {
    severity: "limits",
    message: "The legs are small in the picture, so small tremors cannot be seen.",
    suggestion: "Bring the camera nearer or zoom in until the infant fills half the picture.",
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Codes of findings; {@link ISSUE_CATALOGUE} holds what each means. */
export type IssueCode = keyof typeof CATALOGUE;

/** Every code with its text, for the documentation. */
export const ISSUE_CATALOGUE: Readonly<Record<IssueCode, CatalogueEntry>> = CATALOGUE;

/**
 * Makes a finding from the catalogue, about a span of the recording (seconds) or about all of it.
 *
 * @param detail what the catalogue cannot know, such as a file's name: a sentence that follows the message.
 */
export function issue(
  code: IssueCode,
  span?: { readonly onset: number; readonly duration: number },
  detail?: string,
): Issue {
  const entry = CATALOGUE[code];
  const message = detail === undefined ? entry.message : `${entry.message} ${detail}`;
  return { code, ...entry, message, ...(span ? { onset: span.onset, duration: span.duration } : {}) };
}
