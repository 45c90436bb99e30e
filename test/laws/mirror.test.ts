import { describe, expect, it } from "vitest";
import { SCENES } from "../events/scenes.ts";
import { syntheticInput } from "../events/synthetic-span.ts";
import { mirrorInput } from "./mirror-input.ts";
import { readSpan } from "./read-span.ts";

const OTHER_LEG: Readonly<Record<string, string>> = { "left leg": "right leg", "right leg": "left leg" };

describe("a mirror image", () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    it(`of ${name} holds the same events, on the other side`, () => {
      const input = syntheticInput(scene);
      const mirrored = readSpan(mirrorInput(input));
      const straight = readSpan(input);
      expect(mirrored.map(({ kind, limb }) => [kind, limb])).toEqual(
        straight.map(({ kind, limb }) => [kind, OTHER_LEG[limb] ?? limb]),
      );
      for (const [i, event] of mirrored.entries()) {
        expect(event.onset).toBeCloseTo(straight[i]!.onset, 6);
        expect(event.duration).toBeCloseTo(straight[i]!.duration, 6);
        expect(event.confidence).toBeCloseTo(straight[i]!.confidence, 1);
        if (event.frequencyHz !== undefined)
          expect(event.frequencyHz).toBeCloseTo(straight[i]!.frequencyHz!, 4);
      }
    });
  }

  it("of a mirror image is the picture itself", () => {
    const input = syntheticInput(SCENES["a carer's arm"]!);
    expect(mirrorInput(mirrorInput(input)).flow).toEqual(input.flow);
    expect(mirrorInput(mirrorInput(input)).map).toEqual(input.map);
  });
});
