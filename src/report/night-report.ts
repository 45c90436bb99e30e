import { z } from "zod";
import { EVENT_DETAILS, EVENT_KINDS } from "../events/movement-event.ts";
import { indicesSchema } from "./indices-schema.ts";
import { resolvabilitySchema } from "./resolvability-schema.ts";
import { soundSchema } from "./sound-schema.ts";

/** Grows with every change a reader could trip over: major.minor. */
export const REPORT_SCHEMA_VERSION = "1.3";

const seconds = z.number().meta({ unit: "s" });
const nullable = z.number().nullable();

const measureSchema = z.strictObject({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  comparison: z.enum(["at least", "at most"]),
  limit: z.number(),
  margin: z.number().meta({ description: "How far inside (positive) the limit, as a share of it" }),
  witness: z.enum(["flow", "pose", "survey", "clock"]),
});

const evidenceSchema = z.strictObject({
  rule: z.enum(EVENT_KINDS),
  because: z.string(),
  measures: z.array(measureSchema),
  witnesses: z.strictObject({ flow: z.string(), pose: z.string(), agree: z.boolean().nullable() }),
  nearest: z.strictObject({ kind: z.enum(EVENT_KINDS), flip: z.string() }).nullable(),
  features: z.record(z.string(), z.number()),
});

const eventSchema = z.strictObject({
  id: z.string(),
  onset: seconds,
  duration: seconds,
  kind: z.enum(EVENT_KINDS),
  detail: z.enum(EVENT_DETAILS).nullable().meta({ description: "Sub-kind, where something tells it" }),
  limb: z.enum(["left leg", "right leg", "both legs", "arm", "head", "body", "unseen", "none"]),
  confidence: z.number().min(0).max(1),
  frequencyHz: nullable,
  cycles: nullable.meta({ description: "Cycles of a rhythm" }),
  regularity: nullable.meta({ description: "Share of the movement at the one rhythm, 0-1" }),
  amplitude: nullable.meta({ unit: "trunk lengths", description: "Lower bound" }),
  amplitudeShanks: nullable.meta({ unit: "shank lengths", description: "Lower bound" }),
  strokes: nullable,
  strokesOf: z
    .strictObject({ left: z.number().int(), right: z.number().int() })
    .nullable()
    .meta({ description: "Strokes of each leg by itself" }),
  provokedBy: z
    .enum(["sound", "movement"])
    .nullable()
    .meta({ description: "What happened just before and may have set it off" }),
  around: z
    .enum(["awake-looking", "resting"])
    .nullable()
    .meta({ description: "How much moved in the minute around it; tells neither sleep nor waking" }),
  members: z.array(z.string()).meta({ description: "Ids of the events a cluster is made of" }),
  steadiness: nullable.meta({
    description: "Share of four runs with every limit moved by a tenth that found it again, 0-1",
  }),
  wallTime: z.string().nullable().meta({ description: "Clock at the onset, ISO 8601, if known" }),
  file: z.string().meta({ description: "Name of the file it lies in" }),
  fileTime: seconds.meta({ description: "Where in that file, seconds from its beginning" }),
  evidence: evidenceSchema,
});

const timelineSchema = z.strictObject({
  binDuration: seconds,
  bins: z.number().int(),
  activity: z.array(z.number()).meta({ description: "Motion score of the survey, x quiet; 1 is rest" }),
  leftLeg: z
    .array(nullable)
    .meta({ unit: "trunk lengths/s", description: "Highest speed; null = not measured" }),
  rightLeg: z.array(nullable).meta({ unit: "trunk lengths/s" }),
  brightness: z.array(z.number()).meta({ unit: "gray levels" }),
  noise: z.array(z.number()).meta({ unit: "gray levels" }),
  coverage: z
    .array(z.enum(["still", "legs-seen", "legs-not-seen", "carer", "light", "gap", "unreadable"]))
    .meta({ description: "What could be judged in each bin" }),
});

const clockSchema = z.strictObject({
  frameRate: nullable.meta({ unit: "frames/s", description: "Measured over what was filmed, gaps left out" }),
  statedFrameRate: nullable.meta({
    unit: "frames/s",
    description: "As the files' headers say; null when they say nothing, or not the same",
  }),
  interval: nullable.meta({ unit: "s", description: "Usual time between two frames (median)" }),
  shortestInterval: nullable.meta({ unit: "s" }),
  longestInterval: nullable.meta({ unit: "s", description: "Gaps left out" }),
  frames: z.number().int(),
  duplicateFrames: z.number().int().meta({ description: "Frames with the time of the one before" }),
  droppedFrames: z.number().int().meta({ description: "Frames a steady camera would have given besides" }),
  stretches: z
    .array(
      z.strictObject({
        onset: seconds,
        duration: seconds,
        frames: z.number().int(),
        frameRate: nullable.meta({ unit: "frames/s", description: "null where nothing was filmed" }),
        unevenShare: z
          .number()
          .meta({ description: "Share of intervals more than a quarter off the usual one, 0-1" }),
      }),
    )
    .meta({ description: "Frame rate and evenness by ten minutes" }),
  gaps: z.array(z.strictObject({ onset: seconds, duration: seconds })),
});

/** The one result of an analysis: everything a report shows, and nothing of the picture. */
export const nightReportSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  recording: z.strictObject({
    id: z.string(),
    files: z.array(
      z.strictObject({
        name: z.string(),
        hash: z.string(),
        bytes: z.number().int(),
        onset: seconds,
        duration: seconds,
        frames: z.number().int(),
        container: z.string(),
        codec: z.string(),
      }),
    ),
    startedAt: z.string().nullable(),
    startedAtSource: z.enum(["given", "container", "file name"]).nullable(),
    timeZone: z.string().nullable().meta({ description: "Name of the zone, if it was given" }),
    clockChanges: z
      .array(z.strictObject({ onset: seconds, shift: seconds }))
      .meta({ description: "Changes to summer or winter time: from the onset on, clocks show shift more" }),
    duration: seconds,
    frameRate: z.number().meta({ unit: "frames/s", description: "Measured" }),
    width: z.number().int(),
    height: z.number().int(),
    hasAudio: z.boolean(),
  }),
  clock: clockSchema.meta({ description: "What the frames' own timestamps say about the camera" }),
  coverage: z.strictObject({
    still: seconds.meta({ description: "Nothing moved" }),
    legsSeen: seconds.meta({ description: "Movement measured with the legs in view" }),
    legsNotSeen: seconds.meta({ description: "Movement measured without the legs in view" }),
    carer: seconds.meta({ description: "Somebody else in view: not counted" }),
    gap: seconds.meta({ description: "No picture" }),
    unreadable: seconds.meta({ description: "Pictures were recorded, but cannot be decoded" }),
    observableHours: z.number().meta({ unit: "h", description: "still + legsSeen + legsNotSeen" }),
  }),
  limits: z.strictObject({
    highestHz: z.number().meta({ description: "Highest rhythm this frame rate can show: 0.4 x frame rate" }),
    smallestAmplitude: nullable.meta({
      unit: "trunk lengths",
      description: "Smallest rhythm above this recording's own noise",
    }),
    trunkLengthPx: nullable.meta({ description: "In the picture as filmed" }),
    cannotShow: z.array(z.string()),
  }),
  resolvability: resolvabilitySchema.meta({
    description: "How fast and how small a movement can be and still be seen, and which kinds that rules out",
  }),
  summary: z.array(
    z.strictObject({
      kind: z.enum(EVENT_KINDS),
      count: z.number().int(),
      seconds,
      perObservableHour: z.number(),
    }),
  ),
  fitToJudge: z.boolean().meta({ description: "False: too little could be seen to say anything" }),
  timeline: timelineSchema,
  sound: soundSchema
    .nullable()
    .meta({ description: "What was heard; null without sound, or when it was not listened to" }),
  events: z.array(eventSchema),
  indices: indicesSchema.meta({ description: "What the events of the whole recording say together" }),
  issues: z.array(
    z.strictObject({
      code: z.string(),
      severity: z.enum(["note", "limits", "blocks"]),
      onset: seconds.optional(),
      duration: seconds.optional(),
      message: z.string(),
      suggestion: z.string(),
    }),
  ),
  options: z.record(z.string(), z.unknown()),
  provenance: z.strictObject({
    kickline: z.string(),
    inputHash: z.string(),
    models: z.array(z.strictObject({ name: z.string(), version: z.string(), sha256: z.string() })),
    decoder: z.string(),
    classifier: z.string(),
  }),
  /** The only part that differs between two runs on the same input. */
  timing: z.strictObject({
    finishedAt: z.string(),
    node: z.string(),
    stages: z.record(z.string(), z.number()).meta({ unit: "s" }),
  }),
});

/** The night's report as in `night.json`; docs/night.schema.json has every field with its unit. */
export type NightReport = z.infer<typeof nightReportSchema>;
/** One event of a report, with its evidence. */
export type ReportEvent = NightReport["events"][number];
export type Timeline = NightReport["timeline"];
