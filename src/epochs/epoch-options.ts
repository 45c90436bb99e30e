import { z } from "zod";

const limit = (value: number, unit: string, description: string, source: string) =>
  z.number().finite().nonnegative().default(value).meta({ unit, description, source });

/** What makes an epoch active, and a rest long. None of these is a norm: they are conventions. */
export const epochOptionsSchema = z.strictObject({
  duration: limit(
    30,
    "s",
    "Length of an epoch",
    "the epoch of sleep scoring (AASM); no stage is scored",
  ).pipe(z.number().min(5).max(300)),
  activeShare: limit(
    0.2,
    "ratio",
    "Share of an epoch in which the infant moves from which it is active",
    "ours; two single movements in half a minute, as the survey sees them",
  ),
  longRest: limit(
    300,
    "s",
    "Shortest long rest",
    "five immobile minutes, as in actigraphy; there it is called the onset of sleep, here it is rest",
  ),
  aroundSeconds: limit(60, "s", "Time looked at before and after an event for how it looked around", "ours"),
  awakeShare: limit(0.5, "ratio", "Share of active epochs around an event from which it looks awake", "ours"),
});

export type EpochOptions = z.infer<typeof epochOptionsSchema>;
export const EPOCH_DEFAULTS: EpochOptions = epochOptionsSchema.parse({});
