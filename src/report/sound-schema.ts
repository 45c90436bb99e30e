import { z } from "zod";
import { endOf } from "../signal/intervals.ts";
import type { Sound } from "../sound/sound.ts";
import type { Timeline } from "./night-report.ts";

const seconds = z.number().meta({ unit: "s" });

/** What night.json says of a recording's sound: context of the movements, and nothing of the sound itself. */
export const soundSchema = z.strictObject({
  heard: seconds.meta({ description: "Sound that was recorded" }),
  cryLike: seconds.meta({ description: "Cry-like sound, together" }),
  lane: z
    .array(z.number().nullable())
    .meta({ unit: "dB", description: "Highest level above the room's own, by bin of the timeline" }),
  stretches: z.array(
    z.strictObject({
      kind: z.enum(["loud", "cry-like"]),
      onset: seconds,
      duration: seconds,
      above: z.number().meta({ unit: "dB", description: "Highest level above the room's own" }),
      pitchHz: z.number().nullable().meta({ description: "Median fundamental of what is cry-like" }),
    }),
  ),
});

/** The frames of sound are a tenth of a second; given here, so that this file needs no code of that stage. */
const FRAME_SECONDS = 0.1;

/** The sound as the report tells it, its level drawn into the timeline's bins. */
export function tidySound(
  { frames, background, stretches }: Sound,
  { bins, binDuration }: Pick<Timeline, "bins" | "binDuration">,
): z.infer<typeof soundSchema> {
  const lane = new Array<number | null>(bins).fill(null);
  let heard = 0;
  for (let i = 0; i < frames.level.length; i++) {
    const above = frames.level[i]! - background[i]!;
    if (Number.isNaN(above)) continue;
    heard++;
    const bin = Math.min(bins - 1, Math.floor(((frames.first + i) * FRAME_SECONDS + 1e-6) / binDuration));
    lane[bin] = Math.max(lane[bin] ?? 0, Number(above.toFixed(1)));
  }
  const cries = stretches.filter(({ kind }) => kind === "cry-like");
  const round = (value: number, digits = 2) => Number(value.toFixed(digits));
  return {
    heard: round(heard * FRAME_SECONDS, 1),
    cryLike: round(
      cries.reduce((sum, cry) => sum + endOf(cry) - cry.onset, 0),
      1,
    ),
    lane,
    stretches: stretches.map((one) => ({
      kind: one.kind,
      onset: round(one.onset),
      duration: round(one.duration),
      above: round(one.above, 1),
      pitchHz: Number.isFinite(one.pitchHz) ? round(one.pitchHz, 0) : null,
    })),
  };
}
