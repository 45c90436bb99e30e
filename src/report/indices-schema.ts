import { z } from "zod";
import { EPOCH_STATES } from "../epochs/label-epochs.ts";
import { EVENT_KINDS } from "../events/movement-event.ts";
import { RULE_SET_NAMES } from "../series/rule-sets.ts";

const seconds = z.number().meta({ unit: "s" });
const nullable = z.number().nullable();
const count = z.number().int();
const interval = z.strictObject({ onset: seconds, duration: seconds });

const rateSchema = z
  .strictObject({ rate: z.number(), from: z.number(), to: z.number() })
  .nullable()
  .meta({ description: "With its exact Poisson range of 95 %; null where too little could be judged" });

const standingSchema = z.strictObject({
  hours: z.number().meta({ unit: "h", description: "In which the legs could be judged" }),
  candidates: count,
  inSeries: count,
  shortInterval: count,
  isolated: count,
  candidatesPerHour: rateSchema,
  inSeriesPerHour: rateSchema,
  shortIntervalPerHour: rateSchema,
  isolatedPerHour: rateSchema,
});

const seriesSchema = z.strictObject({
  ruleSet: z.enum(RULE_SET_NAMES),
  others: count.meta({ description: "Leg movements that are no candidates under these rules" }),
  night: standingSchema,
  resting: standingSchema.meta({ description: "In epochs of rest: the same movements make the epochs" }),
  active: standingSchema,
  intervals: z.strictObject({
    known: count,
    binDuration: seconds,
    histogram: z.array(count).meta({ description: "Of times from onset to onset, 0-90 s" }),
    longer: count,
    inside: count.meta({ description: "Intervals within the rules" }),
    logMean: nullable.meta({ description: "Mean of ln(interval in s), of those within the rules" }),
    logSd: nullable,
  }),
  periodicity: z.strictObject({
    seriesShare: nullable.meta({ description: "Candidates in series / all candidates" }),
    runShare: nullable.meta({
      description: "Intervals in runs of three or more within the rules / all intervals",
    }),
  }),
  series: z.array(
    z.strictObject({ onset: seconds, duration: seconds, movements: count, events: z.array(z.string()) }),
  ),
});

const countOverTimeSchema = z.strictObject({
  movements: count,
  observable: seconds,
  duration: seconds,
  perMinute: rateSchema,
});

const comparisonSchema = {
  before: countOverTimeSchema,
  during: countOverTimeSchema,
  after: countOverTimeSchema,
  ratio: z
    .strictObject({ ratio: nullable, from: z.number(), to: nullable })
    .nullable()
    .meta({ description: "Rate after / rate before, exact range of 95 %; null within it: without bound" }),
};

/** What the events of a whole recording say together. */
export const indicesSchema = z.strictObject({
  rest: z.strictObject({
    epochDuration: seconds,
    seconds: z.strictObject({
      active: seconds,
      resting: seconds,
      caregiver: seconds,
      notObservable: seconds,
    }),
    stretches: z.array(z.strictObject({ onset: seconds, duration: seconds, state: z.enum(EPOCH_STATES) })),
    firstLongRest: interval.nullable(),
    timeToRest: nullable.meta({ unit: "s", description: "Observable time until the first long rest" }),
    interruptions: count.meta({ description: "Stretches of activity right after rest" }),
    interruptedSeconds: seconds,
    longestRest: interval.nullable(),
  }),
  series: z.array(seriesSchema),
  soothing: z.strictObject({
    stays: z.array(z.strictObject({ onset: seconds, duration: seconds, ...comparisonSchema })),
    together: z.strictObject(comparisonSchema).nullable(),
  }),
  ranges: z.array(
    z.strictObject({
      kind: z.enum(EVENT_KINDS),
      count,
      wellMet: count.meta({ description: "Events well inside their rule" }),
      possible: count.meta({ description: "With those that are just something else, nearest to this" }),
      movedFrom: count.meta({ description: "Fewest, with every limit moved by a tenth" }),
      movedTo: count,
      perHour: rateSchema,
    }),
  ),
});

export type NightIndices = z.infer<typeof indicesSchema>;
