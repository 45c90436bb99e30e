import { z } from "zod";
import { epochOptionsSchema } from "./epochs/epoch-options.ts";
import { OptionsError } from "./errors.ts";
import { eventOptionsSchema } from "./events/event-options.ts";
import { soundOptionsSchema } from "./sound/sound-options.ts";

const number = (value: number, unit: string, description: string, source: string) =>
  z.number().finite().default(value).meta({ unit, description, source });

const surveyOptionsSchema = z.strictObject({
  width: number(
    320,
    "px",
    "Widest survey picture",
    "measured: smaller pictures lose nothing, larger ones only time",
  ).pipe(z.number().int().min(64).max(320)),
  binDuration: number(0.5, "s", "Bin of the motion map", "ours").pipe(z.number().min(0.1).max(5)),
  motionFactor: number(
    3,
    "x quiet score",
    "Motion score that makes a span active",
    "measured: rest 0.5-2, a 1 px tremor above 6",
  ).pipe(z.number().positive()),
  preRoll: number(2, "s", "Added before an active span", "ours").pipe(z.number().min(0).max(60)),
  postRoll: number(2, "s", "Added after an active span", "ours").pipe(z.number().min(0).max(60)),
  segment: number(
    300,
    "s",
    "Piece of work: a killed run repeats at most one for each core",
    "ours; changes no result",
  ).pipe(z.number().min(5).max(3600)),
  longestSpan: number(600, "s", "Longer active spans are cut", "ours: bounds memory").pipe(
    z.number().min(10).max(3600),
  ),
});

const poseOptionsSchema = z.strictObject({
  model: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be a model's name: lower-case words joined by hyphens")
    .default("movenet-thunder")
    .meta({
      description:
        "Pose model: movenet-thunder (default), movenet-lightning (fast), blazepose-heavy (accurate legs), or the name of an added one (docs/models.md)",
    }),
  runtime: z
    .enum(["onnx", "tfjs"])
    .default("onnx")
    .meta({ description: "onnx (native) or tfjs (tfjs-node if installed, else WebAssembly)" }),
  rateHz: number(
    5,
    "poses/s",
    "Poses a second in active spans",
    "measured: 2-5 are enough to say where the legs are",
  ).pipe(z.number().min(0.5).max(30)),
  minConfidence: number(
    0.2,
    "ratio",
    "Keypoints below this are not used",
    "measured: MoveNet 0.53 upright, 0.27 mostly wrong",
  ).pipe(z.number().min(0).max(1)),
});

const flowOptionsSchema = z.strictObject({
  height: number(
    320,
    "px",
    "Height of the pictures flow is measured on",
    "measured: native resolution gains nothing over 320",
  ).pipe(z.number().int().min(120).max(1080)),
  mostCells: number(8, "squares", "Most moving squares followed besides the body", "ours").pipe(
    z.number().int().min(0).max(64),
  ),
});

/**
 * Everything an analysis can be told: default, unit, range and source per field. The same schema checks
 * files, jobs and requests; unknown keys are refused.
 */
export const analysisOptionsSchema = z.strictObject({
  survey: surveyOptionsSchema.prefault({}),
  pose: poseOptionsSchema.prefault({}),
  flow: flowOptionsSchema.prefault({}),
  events: eventOptionsSchema.prefault({}),
  sound: soundOptionsSchema.prefault({}),
  epochs: epochOptionsSchema.prefault({}),
});

/** All options of an analysis, checked, with their defaults; docs/options.schema.json has unit, range and source of each. */
export type AnalysisOptions = z.infer<typeof analysisOptionsSchema>;
/** What a caller may give: any part of it. */
export type AnalysisOptionsInput = z.input<typeof analysisOptionsSchema>;

/** Limits of events of which the first may not exceed the second. */
const ORDERED = [
  ["activityOff", "activityOn"],
  ["slowFrom", "slowTo"],
  ["tremorFrom", "tremorTo"],
  ["legMovementShortest", "legMovementLongest"],
  ["legMovementLongest", "bothLegsLongest"],
  ["flexionShortest", "flexionLongest"],
  ["flexionIntervalFrom", "flexionIntervalTo"],
  ["stretchShortest", "stretchLongest"],
] as const;

/**
 * Checks options and fills in defaults.
 *
 * @throws OptionsError with one line for each field that does not fit.
 */
export function parseOptions(input: unknown): AnalysisOptions {
  const result = analysisOptionsSchema.safeParse(input ?? {});
  if (result.success) {
    const { events } = result.data;
    for (const [lower, upper] of ORDERED) {
      if (events[lower] <= events[upper]) continue;
      throw new OptionsError(
        "options-invalid",
        `events.${lower}: must not exceed events.${upper}`,
        "Lower the first or raise the second.",
      );
    }
    return result.data;
  }
  const lines = result.error.issues.map((found) => `${found.path.join(".") || "options"}: ${found.message}`);
  throw new OptionsError(
    "options-invalid",
    `the options do not fit:\n  ${lines.join("\n  ")}`,
    "See docs/options.schema.json or `kickline info --options` for every option with its range.",
  );
}

/** The options of an analysis that was told nothing. */
export const DEFAULT_OPTIONS: AnalysisOptions = analysisOptionsSchema.parse({});
