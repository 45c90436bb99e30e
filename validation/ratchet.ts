import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { observeClip } from "./suite/clip-outcome.ts";
import { type Figures, measureFigures } from "./suite/figures.ts";

const RATCHET = join(import.meta.dirname, "ratchet.json");
const CLIPS = join(import.meta.dirname, "../fixtures/clips");

/** Figures of a few committed clips that may never get worse. */
export interface Ratchet {
  readonly clips: readonly string[];
  readonly least: Readonly<Record<string, number>>;
  readonly most: Readonly<Record<string, number>>;
}

/** The figures as committed. */
export function readRatchet(): Ratchet {
  return JSON.parse(readFileSync(RATCHET, "utf8")) as Ratchet;
}

/** Analyses the ratchet's clips and gives the figures of the same names. */
export async function measureRatchet(clips: readonly string[]): Promise<Pick<Ratchet, "least" | "most">> {
  const outcomes = [];
  for (const name of clips)
    outcomes.push(await observeClip(join(CLIPS, `${name}.mp4`), join(CLIPS, `${name}.truth.json`)));
  return ratchetFigures(measureFigures(outcomes));
}

function ratchetFigures(figures: Figures): Pick<Ratchet, "least" | "most"> {
  const kinds = Object.values(figures.kinds);
  const sum = (key: "truth" | "found" | "extra") => kinds.reduce((all, row) => all + row[key], 0);
  return {
    least: { macroF1: figures.macroF1 ?? 0, eventsFound: sum("found") },
    most: {
      extraEvents: sum("extra"),
      worstFrequencyErrorHz: roundUp(figures.frequencyErrorHz?.worst ?? Infinity, 0.02),
      worstOnsetErrorS: roundUp(figures.onsetErrorS?.worst ?? Infinity, 0.05),
      falseEventsOnStills: figures.stills.falseEvents,
      kickingCalledTremor: figures.kickingCalledTremor.count,
      tremorCalledKicking: figures.tremorCalledKicking.count,
      pattingCountedAsInfants: figures.pattingCountedAsInfants.count,
    },
  };
}

/** Up to a grid: machines differ in the last digits of an error, and that is no step back. */
function roundUp(value: number, step: number): number {
  return Math.round(Math.ceil(value / step - 1e-9) * step * 100) / 100;
}

/** Every figure that is worse than allowed, as a sentence; a figure that was not measured is worse. */
export function findFallen(allowed: Ratchet, now: Pick<Ratchet, "least" | "most">): string[] {
  const below = Object.entries(allowed.least)
    .filter(([name, limit]) => !((now.least[name] ?? -Infinity) >= limit))
    .map(([name, limit]) => `${name} is ${now.least[name]}, at least ${limit} is required`);
  const above = Object.entries(allowed.most)
    .filter(([name, limit]) => !((now.most[name] ?? Infinity) <= limit))
    .map(([name, limit]) => `${name} is ${now.most[name]}, at most ${limit} is allowed`);
  return [...below, ...above];
}

/** Measures anew and writes the figures where none got worse; says what fell otherwise. */
export async function raiseRatchet(): Promise<string[]> {
  const allowed = readRatchet();
  const now = await measureRatchet(allowed.clips);
  const fallen = findFallen(allowed, now);
  if (fallen.length === 0)
    writeFileSync(RATCHET, `${JSON.stringify({ clips: allowed.clips, ...now }, null, 2)}\n`);
  return fallen;
}
