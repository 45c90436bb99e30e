/** One night of one infant, as a study is given it. */
export interface StudyInput {
  /** BIDS label of the infant: letters and digits. */
  readonly subject: string;
  /** BIDS label of the night (its session). */
  readonly night: string;
  /** Its files, or folders of files, as they were named; the study's table names them so. */
  readonly paths: readonly string[];
  /** Clock at the first frame, ISO 8601. */
  readonly startedAt?: string | undefined;
  readonly timeZone?: string | undefined;
  /** Age in weeks, as the manifest gave it. */
  readonly ageWeeks?: number | undefined;
  /** Why it is not to be analysed, if so. */
  readonly skip?: string | undefined;
}

/** Name of a night within a study: "sub-01_ses-02". */
export function nameOf({ subject, night }: Pick<StudyInput, "subject" | "night">): string {
  return `sub-${subject}_ses-${night}`;
}

/** A text as a BIDS label: letters and digits only; "x" when none is left. */
export function toLabel(text: string): string {
  return text.replace(/[^a-zA-Z0-9]/g, "") || "x";
}

/** Seconds, minutes and years need no age; infants are counted in weeks. */
const UNITS: Readonly<Record<string, number>> = { d: 1 / 7, w: 1, m: 365.25 / 7 / 12, y: 365.25 / 7 };

/**
 * Reads an age: "12" and "12w" are weeks, "90d" days, "3m" months, "0.5y" years.
 *
 * @returns weeks, to a tenth; undefined when it is not an age.
 */
export function parseAge(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([dwmy]?)$/i.exec(text.trim());
  if (!match) return undefined;
  return Math.round(10 * Number(match[1]) * UNITS[match[2]?.toLowerCase() || "w"]!) / 10;
}

/**
 * The part of a study that one machine of many takes: every n-th night, by the order of names, so that
 * every machine cuts the same list the same way.
 *
 * @param shard counted from 1.
 */
export function takeShard(inputs: readonly StudyInput[], shard: number, of: number): StudyInput[] {
  const sorted = [...inputs].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return sorted.filter((_, i) => i % of === shard - 1);
}
