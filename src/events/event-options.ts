import { z } from "zod";

const limit = (value: number, unit: string, description: string, source: string) =>
  z.number().finite().nonnegative().default(value).meta({ unit, description, source });

/**
 * Every limit the event stage uses: default, unit, meaning and source. Where no published number exists for
 * infants the source says so ("ours") and the number is a convention to be tuned, not a norm.
 */
export const eventOptionsSchema = z.strictObject({
  activityOn: limit(
    5,
    "x noise floor",
    "Speed at which a limb begins to move",
    "ours; shape of MATPLM's noise-adaptive threshold",
  ),
  activityOff: limit(
    2.5,
    "x noise floor",
    "Speed below which it stops",
    "ours; WASM 2016 uses a lower offset threshold too",
  ),
  activityLeast: limit(
    0.04,
    "trunk lengths/s",
    "Below this speed nothing counts as moving, however quiet the picture",
    "ours; a recording painted or compressed until still has no noise floor worth the name",
  ),
  offsetHold: limit(
    0.5,
    "s",
    "How long it must stay below to have stopped",
    "WASM 2016 (Ferri et al., Sleep Med 26:86)",
  ),
  shortestMovement: limit(
    0.2,
    "s",
    "Shorter flickers are dropped",
    "one leg movement lasts 0.23-0.33 s: Trujillo-Priego & Smith 2017",
  ),
  movementSpeed: limit(
    0.1,
    "trunk lengths/s",
    "Highest speed below which a flicker is no movement of a leg",
    "ours; measured: gentle single movements peak above 0.2, codec flickers below 0.1",
  ),
  boutGap: limit(
    2,
    "s",
    "Longest pause inside a bout of kicking",
    "ours; infant kicks pause variably (Thelen & Fisher 1983)",
  ),
  boutStrokes: limit(
    4,
    "strokes",
    "Fewest strokes of a kicking bout",
    "ours, after the four movements that make a series",
  ),
  boutShortest: limit(2, "s", "Shortest kicking bout", "ours"),
  boutRate: limit(0.4, "1/s", "Slowest kicking bout", "ours"),
  rhythmConcentration: limit(
    0.6,
    "ratio",
    "Share of spectral power at the peak",
    "ours; measured: kicking 0.15-0.45, rhythms above 0.7",
  ),
  rhythmSnr: limit(
    14,
    "dB",
    "Peak over the median of the band",
    "measured: static recordings stay at or below 11 dB",
  ),
  rhythmCycles: limit(
    5,
    "cycles",
    "Fewest cycles of a fast rhythm",
    "spectral resolution needs five to six cycles",
  ),
  slowCycles: limit(4, "cycles", "Fewest cycles of a slow rhythm", "AASM rhythmic movement: at least four"),
  frequencyVariation: limit(
    0.15,
    "ratio",
    "Most variation of the frequency within a rhythm",
    "ours; a tremor keeps its period",
  ),
  periodVariation: limit(
    0.3,
    "ratio",
    "Most variation of single cycles' periods in a slow rhythm",
    "ours; pauses between kicks vary, those of rocking do not (Thelen & Fisher 1983)",
  ),
  witnessDifference: limit(
    0.5,
    "Hz",
    "Most difference between both flow measures of a frequency",
    "measured: codec-made rhythms show in one of them only",
  ),
  tremorFrom: limit(
    3,
    "Hz",
    "Lowest frequency of a tremor-like rhythm",
    "coarse tremor about 3-5 Hz (clinical tradition, not measured in infants)",
  ),
  tremorTo: limit(12, "Hz", "Highest frequency of a tremor-like rhythm", "fine tremor to about 12 Hz (same)"),
  tremorAmplitude: limit(
    0.25,
    "trunk lengths",
    "Largest amplitude of a tremor-like rhythm",
    "small excursion about a fixed axis; ours",
  ),
  slowFrom: limit(
    0.4,
    "Hz",
    "Lowest frequency of a slow rhythm",
    "rhythmic movement 0.5-2 Hz (AASM) with a margin for the estimate",
  ),
  slowTo: limit(2.2, "Hz", "Highest frequency of a slow rhythm", "same"),
  bandShare: limit(
    0.4,
    "ratio",
    "Highest usable frequency as a share of the frame rate",
    "0.4 x sampling rate; Nyquist is 0.5",
  ),
  aliasAmplitude: limit(
    0.12,
    "trunk lengths",
    "A rhythm smaller than this may be a faster one, folded by the frame rate",
    "ours; aliasing is arithmetic",
  ),
  jerkDuration: limit(1.5, "s", "Longest jerk", "single fast event; ours"),
  jerkRise: limit(0.5, "s", "Longest time to half its highest speed", "ours"),
  jerkSpeed: limit(0.25, "trunk lengths/s", "Slowest jerk", "ours"),
  startleParts: limit(
    4,
    "parts",
    "Fewest body parts of a startle: legs and arms",
    "Moro: symmetric, arms and legs",
  ),
  largeDuration: limit(
    3,
    "s",
    "Shortest large movement",
    "large muscle group movement 3-30 s in children: IRLSSG 2021",
  ),
  largeParts: limit(4, "parts", "Fewest body parts of a large movement", "several body parts: IRLSSG 2021"),
  legMovementShortest: limit(0.5, "s", "Shortest leg movement", "WASM 2016"),
  legMovementLongest: limit(
    15,
    "s",
    "Longest leg movement (bilateral)",
    "WASM 2016: 10 s one leg, 15 s both",
  ),
  legsSeen: limit(
    0.3,
    "ratio",
    "Share of poses with both legs in view below which the moving region speaks for the legs",
    "ours",
  ),
  presenceShare: limit(
    0.015,
    "ratio",
    "Share of the picture off the body that shows something else: a carer",
    "ours; measured 0.05 for a forearm, below 0.002 without",
  ),
  foreignShare: limit(
    0.7,
    "ratio",
    "Share of motion off the body that makes it no movement of the infant's",
    "ours",
  ),
  cameraSpeed: limit(12, "px/s", "Speed of the surroundings that makes it the camera's movement", "ours"),
});

export type EventOptions = z.infer<typeof eventOptionsSchema>;
export const EVENT_DEFAULTS: EventOptions = eventOptionsSchema.parse({});
