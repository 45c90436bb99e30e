import { describe, expect, it } from "vitest";
import { SCENES } from "../events/scenes.ts";
import { syntheticInput } from "../events/synthetic-span.ts";
import { readSpan } from "./read-span.ts";

describe("a larger or smaller picture of the same infant", () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    it(`shows the same: ${name}`, () => {
      const expected = readSpan(syntheticInput(scene));
      for (const trunkPx of [45, 120]) {
        const events = readSpan(syntheticInput({ ...scene, trunkPx }));
        expect(events.map(({ id, limb }) => [id, limb])).toEqual(expected.map(({ id, limb }) => [id, limb]));
        for (const [i, event] of events.entries()) {
          expect(event.onset).toBeCloseTo(expected[i]!.onset, 1);
          expect(event.duration).toBeCloseTo(expected[i]!.duration, 0);
          expect(event.frequencyHz ?? 0).toBeCloseTo(expected[i]!.frequencyHz ?? 0, 3);
          expect(event.amplitude ?? 0).toBeCloseTo(expected[i]!.amplitude ?? 0, 3);
        }
      }
    });
  }
});
