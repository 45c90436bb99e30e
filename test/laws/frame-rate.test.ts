import { describe, expect, it } from "vitest";
import { rhythm, stroke, strokes } from "../events/motions.ts";
import { type Scene, syntheticInput } from "../events/synthetic-span.ts";
import { readSpan } from "./read-span.ts";

const CAMERAS: Readonly<Record<string, Pick<Scene, "rate" | "jitter" | "drop" | "seed">>> = {
  "15 even frames": { rate: 15 },
  "20 even frames": { rate: 20 },
  "30 even frames": { rate: 30 },
  "15 frames that come late": { rate: 15, jitter: 0.5, seed: 2 },
  "25 frames of which every tenth is lost": { rate: 25, drop: 0.1, seed: 3 },
  "30 frames that come late, every fifth lost": { rate: 30, jitter: 0.5, drop: 0.2, seed: 4 },
};

/** Movements that every one of these cameras can show. */
const MOVEMENTS: Readonly<Record<string, Scene & { readonly hz?: number }>> = {
  "tremor-like": { duration: 12, move: { leftLeg: rhythm(0.03, 4.6, 3, 5) }, hz: 4.6 },
  "slow-rhythm": { duration: 16, move: { rightLeg: rhythm(0.2, 1.2, 3, 9) }, hz: 1.2 },
  kicking: {
    duration: 14,
    move: { leftLeg: strokes(0.5, 0.5, [3, 4.3, 6.6, 8.1]), rightLeg: strokes(0.5, 0.5, [3.7, 5.6, 7.3, 9]) },
  },
  jerk: { duration: 8, move: { leftLeg: stroke(0.3, 3, 0.5) } },
  "leg-movement": { duration: 10, move: { leftLeg: stroke(0.5, 3, 2.5) } },
};

describe("another frame rate", () => {
  for (const [camera, sampling] of Object.entries(CAMERAS)) {
    for (const [kind, scene] of Object.entries(MOVEMENTS)) {
      it(`changes neither kind nor frequency: ${kind} at ${camera}`, () => {
        const events = readSpan(syntheticInput({ ...scene, ...sampling }));
        expect(events.map((event) => event.kind)).toEqual([kind]);
        expect(Math.abs(events[0]!.onset - 3)).toBeLessThan(0.1 + 1 / sampling.rate!);
        if (scene.hz !== undefined) expect(Math.abs(events[0]!.frequencyHz! - scene.hz)).toBeLessThan(0.15);
      });
    }
  }
});
