import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SCENES } from "../events/scenes.ts";
import { type Scene, syntheticInput } from "../events/synthetic-span.ts";
import { readSpan } from "./read-span.ts";

/** Shifts by whole bins of the motion map: a carer is seen no finer than that. */
const shift = fc.integer({ min: 1, max: 200 }).map((bins) => bins / 2);

describe("the same movement at another time", () => {
  it("is the same, shifted exactly", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(SCENES)), shift, (name, by) => {
        const scene: Scene = SCENES[name]!;
        const here = readSpan(syntheticInput(scene));
        const there = readSpan(syntheticInput({ ...scene, onset: by }));
        expect(there.map(({ id, kind, limb }) => [id, kind, limb])).toEqual(
          here.map(({ id, kind, limb }) => [id, kind, limb]),
        );
        for (const [i, event] of there.entries()) {
          expect(event.onset).toBeCloseTo(here[i]!.onset + by, 6);
          expect(event.duration).toBeCloseTo(here[i]!.duration, 6);
          expect(event.frequencyHz ?? 0).toBeCloseTo(here[i]!.frequencyHz ?? 0, 3);
        }
      }),
      { numRuns: 10, seed: 7 },
    );
  });

  it("is the same after seven hours", () => {
    const [here] = readSpan(syntheticInput(SCENES["tremor"]!));
    const { map, ...input } = syntheticInput({ ...SCENES["tremor"]!, onset: 100 });
    const late = 25_000;
    const flow = { ...input.flow, time: input.flow.time.map((time) => time + late) };
    const tracks = { ...input.tracks, time: input.tracks.time.map((time) => time + late) };
    const span = { ...input.span, onset: input.span.onset + late };
    // No bin of the map lies there: nothing foreign was seen.
    const [there] = readSpan({ ...input, span, flow, tracks, map });
    expect(there).toMatchObject({ kind: here!.kind, limb: here!.limb });
    expect(there!.onset).toBeCloseTo(here!.onset + 100 + late, 6);
    expect(there!.frequencyHz).toBeCloseTo(here!.frequencyHz!, 3);
  });
});
