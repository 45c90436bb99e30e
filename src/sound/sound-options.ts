import { z } from "zod";

const limit = (value: number, unit: string, description: string, source: string) =>
  z.number().finite().nonnegative().default(value).meta({ unit, description, source });

/** Everything the sound stage uses. Its results are context: they change no event's kind. */
export const soundOptionsSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: "Whether the recording's sound is listened to" }),
  segment: limit(600, "s", "Piece of work", "ours; changes no result").pipe(z.number().min(10).max(3600)),
  backgroundSeconds: limit(
    600,
    "s",
    "Time around a moment of which the quiet part is the room's own sound",
    "ours: a fan that is switched on becomes background within minutes, a cry has pauses for breath",
  ).pipe(z.number().min(5).max(3600)),
  backgroundShare: limit(0.1, "ratio", "Share of that time that is quieter than the background", "ours").pipe(
    z.number().max(1),
  ),
  quietest: limit(
    70,
    "dB below full scale",
    "No background is taken to be quieter: cameras mute what they take for silence",
    "ours",
  ),
  loudAbove: limit(15, "dB", "How far above the background a sound is loud", "ours"),
  loudGap: limit(0.5, "s", "Longest pause inside one loud stretch", "ours"),
  cryFrom: limit(
    300,
    "Hz",
    "Lowest fundamental of what is cry-like",
    "cries of infants 300-600 Hz (usual range in the literature on cry acoustics; from memory)",
  ),
  cryTo: limit(600, "Hz", "Highest fundamental of what is cry-like", "same"),
  cryClarity: limit(
    0.6,
    "ratio",
    "How periodic a cry-like tenth of a second is",
    "ours; a lower one finds no more on the clips tuned on",
  ),
  cryAbove: limit(6, "dB", "How far above the background it is", "ours"),
  cryBright: limit(
    0.05,
    "ratio",
    "Share of its energy above 1000 Hz",
    "ours; a cry has overtones, a hum and a whistle have none; tuned on half of the clips",
  ),
  cryUnit: limit(0.3, "s", "Shortest single cry", "ours; one cry lasts as long as a breath out"),
  cryGap: limit(2.5, "s", "Longest pause between single cries of one stretch", "ours; room for a breath in"),
  cryShortest: limit(1, "s", "Shortest cry-like sound in a stretch, all cries together", "ours"),
  provokedWithin: limit(
    2,
    "s",
    "A movement that begins this soon after a loud sound's beginning may be set off by it",
    "ours; a startle follows at once, a cry-set tremor within seconds",
  ),
});

export type SoundOptions = z.infer<typeof soundOptionsSchema>;
export const SOUND_DEFAULTS: SoundOptions = soundOptionsSchema.parse({});
