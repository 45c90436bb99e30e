import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { openJournal } from "../../src/store/journal.ts";
import { VERSION } from "../../src/version.ts";
import { DEFAULT_CACHE, hashMeasuring, hashRenderer, renderCached } from "./cache.ts";
import { type ClipOutcome, observeClip } from "./clip-outcome.ts";
import { type Figures, measureFigures } from "./figures.ts";
import { stillScenes, suiteScenes } from "./scenes.ts";
import { wordFigures } from "./word-figures.ts";

const RESULTS = join(import.meta.dirname, "../results.json");

export interface SuiteChoice {
  /** The long still scenes instead: figures are printed, not kept with the others. */
  readonly stills: boolean;
  readonly only: string | undefined;
  /** So many open scenes, and half as many of those held out. */
  readonly limit: number;
  readonly cache: string | undefined;
}

/** Renders what is missing, analyses every scene chosen, prints the figures and writes validation/results.json. */
export async function runSuite(choice: SuiteChoice): Promise<void> {
  const all = choice.stills ? stillScenes() : suiteScenes();
  const chosen = [
    ...all.filter(({ heldOut }) => !heldOut).slice(0, choice.limit),
    ...all.filter(({ heldOut }) => heldOut).slice(0, Math.ceil(choice.limit / 2)),
  ].filter(({ scene }) => choice.only === undefined || scene.name.includes(choice.only));
  const rendererHash = hashRenderer();
  const cache = choice.cache ?? DEFAULT_CACHE;
  const measured = join(cache, `measured-${hashMeasuring().slice(0, 16)}`);
  await mkdir(measured, { recursive: true });
  const parts: Record<"open" | "heldOut", ClipOutcome[]> = { open: [], heldOut: [] };
  const write = () => {
    const figures = { open: measureFigures(parts.open), heldOut: measureFigures(parts.heldOut) };
    if (choice.only === undefined && !choice.stills)
      writeFileSync(RESULTS, `${JSON.stringify(describeRun(figures, all.length), null, 1)}\n`);
    return figures;
  };
  for (const { scene, heldOut, plainView } of chosen) {
    const { video, truth } = await renderCached(scene, cache, rendererHash);
    const outcome = await observeClip(video, truth, plainView, openJournal(measured));
    parts[heldOut ? "heldOut" : "open"].push(outcome);
    const words = (events: readonly { kind: string; onset: number; duration: number }[]) =>
      events.map((one) => `${one.kind} ${one.onset.toFixed(1)}+${one.duration.toFixed(1)}`).join(", ") ||
      "nothing";
    console.error(
      `${scene.name}, ${scene.frameRate}/s: true ${words(outcome.truth)}; seen ${words(outcome.seen)}`,
    );
    // A run that is broken off leaves the figures of what it had seen.
    write();
  }
  const figures = write();
  for (const [name, one] of [
    ["Open scenes", figures.open],
    ["Held-out scenes", figures.heldOut],
  ] as const)
    if (one.clips > 0) console.log(`\n${name}\n${wordFigures(one)}`);
}

function describeRun(figures: { open: Figures; heldOut: Figures }, scenes: number) {
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}`;
  return { kickline: VERSION, node: process.version, machine, scenesInSuite: scenes, ...figures };
}
