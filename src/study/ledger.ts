import { z } from "zod";
import type { NightReport } from "../report/night-report.ts";

/** How an input of a study can end. */
export const NIGHT_STATES = ["done", "partial", "failed", "skipped"] as const;
/** How a night of a study ended; the list is {@link NIGHT_STATES}. */
export type NightState = (typeof NIGHT_STATES)[number];

/** What became of one input: one file a night, the same on every machine. */
export const ledgerEntrySchema = z.strictObject({
  subject: z.string(),
  night: z.string(),
  ageWeeks: z.number().nullable(),
  startedAt: z.string().nullable().meta({ description: "As it was given" }),
  timeZone: z.string().nullable(),
  paths: z.array(z.string()).meta({ description: "As they were named" }),
  bytes: z.number().int().nullable().meta({ description: "Size of all its files" }),
  content: z
    .string()
    .nullable()
    .meta({ description: "Digest of size and both ends of all its files: whether it is still the same" }),
  state: z.enum(NIGHT_STATES),
  code: z.string().nullable().meta({ description: "Codes of what made it partial, failed or skipped" }),
  why: z.string().nullable().meta({ description: "The same in words" }),
  recordingId: z.string().nullable(),
  options: z.string().meta({ description: "Digest of the study's options" }),
  kickline: z.string(),
});

/** What became of one night of a study; see docs/studies.md. */
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** Findings after which a part of the recording is missing that should be there. */
const CUT_SHORT = [
  "file-unreadable",
  "frames-unreadable",
  "file-shorter-than-stated",
  "file-rebuilt",
  "clock-restarted",
];

/** Whether a report covers all that was filmed, or what is missing of it. */
export function judgeReport(report: NightReport): Pick<LedgerEntry, "state" | "code" | "why"> {
  const found = report.issues.filter(
    ({ code, severity }) => CUT_SHORT.includes(code) || severity === "blocks",
  );
  const codes = [...new Set(found.map(({ code }) => code))];
  const words = [...new Set(found.map(({ message }) => message))];
  if (!report.fitToJudge) {
    codes.unshift("not-fit-to-judge");
    words.unshift("Too little could be seen to say what the legs did.");
  }
  if (codes.length === 0) return { state: "done", code: null, why: null };
  return { state: "partial", code: codes.join(" "), why: words.join(" ") };
}

/** How many inputs ended how. */
export function countStates(entries: readonly Pick<LedgerEntry, "state">[]): Record<NightState, number> {
  const counts = { done: 0, partial: 0, failed: 0, skipped: 0 };
  for (const { state } of entries) counts[state]++;
  return counts;
}
