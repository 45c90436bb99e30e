import { z } from "zod";
import { OptionsError } from "../errors.ts";
import { analysisOptionsSchema, parseOptions } from "../options.ts";

/** Everything a study can be told, in one file: what is measured, what is written, what a night may cost. */
export const studyOptionsSchema = z.strictObject({
  analysis: analysisOptionsSchema
    .prefault({})
    .meta({ description: "Options of the analysis, as for one recording" }),
  task: z
    .string()
    .regex(/^[a-zA-Z0-9]+$/, "must be letters and digits")
    .default("night")
    .meta({ description: "Label of the task in file names, as in BIDS" }),
  nightPer: z.enum(["file", "folder"]).default("file").meta({
    description: "Without a manifest: every video file is a night, or every folder that holds videos is one",
  }),
  thumbnails: z.boolean().default(true).meta({ description: "Pictures of events in each night's report" }),
  clips: z
    .number()
    .int()
    .min(0)
    .max(500)
    .default(0)
    .meta({ description: "Most clips of events cut for each night" }),
  keepMilestones: z.boolean().default(true).meta({
    description: "Keep what was measured: needed for redo; without it a finished night's pieces are removed",
  }),
  mostSeconds: z
    .number()
    .min(1)
    .max(604_800)
    .default(86_400)
    .meta({ unit: "s", description: "A night that takes longer to analyse is stopped and has failed" }),
  mostMemory: z
    .number()
    .int()
    .min(512)
    .max(65_536)
    .default(4096)
    .meta({ unit: "MB", description: "Memory of the program for one night; more, and the night has failed" }),
});

/** Options of a study, checked, with their defaults; see docs/study.schema.json. */
export type StudyOptions = z.infer<typeof studyOptionsSchema>;
/** What a caller may give of a study's options: any part of them. */
export type StudyOptionsInput = z.input<typeof studyOptionsSchema>;

/**
 * Checks a study's options and fills in defaults.
 *
 * @throws OptionsError with one line for each field that does not fit.
 */
export function parseStudyOptions(input: unknown): StudyOptions {
  const result = studyOptionsSchema.safeParse(input ?? {});
  if (!result.success) {
    const lines = result.error.issues.map(
      (found) => `${found.path.join(".") || "options"}: ${found.message}`,
    );
    throw new OptionsError(
      "options-invalid",
      `the study's options do not fit:\n  ${lines.join("\n  ")}`,
      "See docs/study.schema.json for every option with its range.",
    );
  }
  // Limits that must be in order are checked where the analysis checks them.
  return { ...result.data, analysis: parseOptions(result.data.analysis) };
}
