import { z } from "zod";
import { EVENT_KINDS } from "../events/movement-event.ts";
import type { Resolvability } from "../resolvability/resolvability.ts";

const nullable = z.number().nullable();

/** The card "what this recording can show" as it stands in night.json. */
export const resolvabilitySchema = z.strictObject({
  hours: z.array(
    z.strictObject({
      onset: z.number().meta({ unit: "s" }),
      duration: z.number().meta({ unit: "s" }),
      frameRate: nullable.meta({
        unit: "frames/s",
        description: "New pictures a second in the slowest ten minutes; null where nothing was filmed",
      }),
      highestHz: nullable.meta({ description: "Fastest rhythm it can show: 0.4 x that rate" }),
      exposure: nullable.meta({
        unit: "s",
        description: "Not known: assumed one frame interval, the longest",
      }),
      blurKept: nullable.meta({ description: "Share of a swing at highestHz that such an exposure leaves" }),
      noiseSpeed: nullable.meta({
        unit: "trunk lengths/s",
        description: "Speed that stillness seems to have",
      }),
      noisePx: nullable.meta({ unit: "px/s", description: "The same in the picture as filmed" }),
      noiseSeconds: z.number().meta({
        unit: "s",
        description: "Stillness measured on; 0: the whole recording's figure, or assumed",
      }),
      trunkPx: nullable.meta({ unit: "px", description: "Shoulders to hips, as filmed" }),
      shankPx: nullable.meta({ unit: "px", description: "Knee to ankle, as filmed" }),
      atHz: nullable.meta({ unit: "Hz", description: "Rhythm for which the smallest swing is told" }),
      smallestPx: nullable.meta({ unit: "px", description: "Smallest swing that stands out, as filmed" }),
      smallestShanks: nullable.meta({ unit: "shank lengths" }),
      legsSeen: nullable.meta({ description: "Share of poses with both legs in view; null: nothing moved" }),
    }),
  ),
  kinds: z.array(
    z.strictObject({
      what: z.string(),
      kind: z.enum(EVENT_KINDS),
      judged: z
        .enum(["yes", "partly", "no"])
        .meta({ description: "Whether its absence would mean anything" }),
      reason: z.string().nullable(),
      hours: z
        .array(z.number().int())
        .meta({ description: "Numbers of the hours in which it cannot, from 0" }),
    }),
  ),
});

/** The card as JSON can say it: rounded, and null for what is not known. */
export function tidyResolvability({ hours, kinds }: Resolvability): z.infer<typeof resolvabilitySchema> {
  return {
    hours: hours.map((hour) => ({
      onset: hour.onset,
      duration: Number(hour.duration.toFixed(3)),
      frameRate: known(hour.frameRate),
      highestHz: known(hour.highestHz),
      exposure: known(hour.exposure),
      blurKept: known(hour.blurKept),
      noiseSpeed: known(hour.noiseSpeed),
      noisePx: known(hour.noisePx),
      noiseSeconds: Number(hour.noiseSeconds.toFixed(3)),
      trunkPx: known(hour.trunkPx),
      shankPx: known(hour.shankPx),
      atHz: known(hour.atHz),
      smallestPx: known(hour.smallestPx),
      smallestShanks: known(hour.smallestShanks),
      legsSeen: known(hour.legsSeen),
    })),
    kinds: kinds.map((kind) => ({ ...kind, reason: kind.reason ?? null, hours: [...kind.hours] })),
  };
}

function known(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : null;
}
