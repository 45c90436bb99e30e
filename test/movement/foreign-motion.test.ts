import { describe, expect, it } from "vitest";
import { computeSpanMovement } from "../../src/movement/span-movement.ts";
import { mean } from "../../src/signal/statistics.ts";
import type { LightChange } from "../../src/survey/survey.ts";
import { syntheticInput, syntheticSpan } from "../events/synthetic-span.ts";
import { motionMap } from "../survey/motion-map.ts";

/** The share of motion off the body and of the picture that looks otherwise, with a map of one's own. */
function foreignOf(map: Parameters<typeof motionMap>[0], lightChanges: readonly LightChange[] = []) {
  const input = syntheticInput({ duration: 10 });
  return computeSpanMovement({ ...input, map: motionMap(map), lightChanges });
}

describe("what happens off the infant's body", () => {
  it("is nothing when only the body moves", () => {
    const onBody = (_: number, column: number, row: number) =>
      column > 16 && column < 23 && row > 17 && row < 26 ? 6 : 0;
    const { foreignShare, foreignPresence } = foreignOf({ duration: 10, change: onBody });
    expect(mean(foreignShare)).toBe(0);
    expect(mean(foreignPresence)).toBe(0);
  });

  it("is everything when only a far corner moves", () => {
    const { foreignShare } = foreignOf({
      duration: 10,
      change: (_, column, row) => (column < 4 && row < 4 ? 6 : 0),
    });
    expect(mean(foreignShare)).toBe(1);
  });

  it("is not known when nothing moves", () => {
    expect(foreignOf({ duration: 10 }).foreignShare.every(Number.isNaN)).toBe(true);
  });

  it("is present while it looks otherwise than before, and gone afterwards", () => {
    const span = syntheticSpan({ duration: 12, carer: { onset: 4, duration: 4 } });
    const at = (time: number) => span.foreignPresence[span.time.findIndex((t) => t >= time)]!;
    expect(at(2)).toBe(0);
    expect(at(6)).toBeCloseTo(60 / 1200, 2);
    expect(at(10)).toBe(0);
  });

  const bed = (column: number, row: number) => 40 + ((column * 37 + row * 53) % 90);

  it("is not light that is added or that brightens", () => {
    for (const [gain, offset] of [
      [1, 25],
      [1.25, 0],
      [0.8, 5],
    ] as const) {
      const level = (time: number, column: number, row: number) =>
        time > 5 ? gain * bed(column, row) + offset : bed(column, row);
      expect(mean(foreignOf({ duration: 10, level }).foreignPresence)).toBe(0);
    }
  });

  it("is held against the picture after a lamp was switched", () => {
    const level = (time: number, column: number, row: number) =>
      time > 5 ? 255 - 2 * Math.abs(bed(column, row) - 90) - row : bed(column, row);
    const lamp = { onset: 4.9, duration: 0.2, shift: 90, isSudden: true };
    const told = foreignOf({ duration: 10, level }, [lamp]).foreignPresence;
    expect(mean(foreignOf({ duration: 10, level }).foreignPresence)).toBeGreaterThan(0.1);
    expect(mean(told)).toBe(0);
  });
});
