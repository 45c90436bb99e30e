import { describe, expect, it } from "vitest";
import { createBlockChange, measureChange } from "../../src/survey/block-change.ts";

/** Measures the change between two pictures of 10 x 6 px in blocks of 4. */
function measure(before: (x: number, y: number) => number, after: (x: number, y: number) => number) {
  const change = createBlockChange(10, 6, 4);
  const picture = (level: (x: number, y: number) => number) =>
    Uint8Array.from({ length: 60 }, (_, i) => level(i % 10, Math.floor(i / 10)));
  measureChange(change, picture(before), picture(after));
  return change;
}

describe("measureChange", () => {
  it("covers the whole picture; blocks at its right and lower edge may be partial", () => {
    const { columns, rows } = measure(
      () => 0,
      () => 0,
    );
    expect([columns, rows]).toEqual([3, 2]);
  });

  it("gives the mean absolute and signed change and the new level of each block", () => {
    const change = measure(
      (x) => (x < 4 ? 100 : 50),
      (x, y) => (x < 4 ? (y % 2 ? 110 : 90) : x < 8 ? 50 : 60),
    );
    expect([...change.absolute]).toEqual([10, 0, 10, 10, 0, 10]);
    expect([...change.signed]).toEqual([0, 0, 10, 0, 0, 10]);
    expect([...change.level]).toEqual([100, 50, 60, 100, 50, 60]);
    expect(change.brightness).toBeCloseTo((4 * 100 + 4 * 50 + 2 * 60) / 10, 6);
  });

  it("does not overflow at the ends of the gray scale", () => {
    const change = measure(
      () => 255,
      () => 0,
    );
    expect([...new Set(change.absolute)]).toEqual([255]);
    expect([...new Set(change.signed)]).toEqual([-255]);
  });
});
