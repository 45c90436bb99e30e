import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBlockChange, measureChange, startChange } from "../../src/survey/block-change.ts";

/** Measures the change between two pictures of 20 x 12 px: blocks of 8, partial at the right and lower edge. */
function measure(before: (x: number, y: number) => number, after: (x: number, y: number) => number) {
  const change = createBlockChange(20, 12);
  const picture = (level: (x: number, y: number) => number) =>
    Uint8Array.from({ length: 240 }, (_, i) => level(i % 20, Math.floor(i / 20)));
  startChange(change, picture(before));
  measureChange(change, picture(after));
  return change;
}

describe("measureChange", () => {
  it("covers the whole picture; blocks at its right and lower edge may be partial", () => {
    const flat = () => 0;
    const { columns, rows } = measure(flat, flat);
    expect([columns, rows]).toEqual([3, 2]);
  });

  it("gives the mean absolute and signed change and the new level of each block", () => {
    const change = measure(
      (x) => (x < 8 ? 100 : 50),
      (x, y) => (x < 8 ? (y % 2 ? 110 : 90) : x < 16 ? 50 : 60),
    );
    expect([...change.absolute]).toEqual([10, 0, 10, 10, 0, 10]);
    expect([...change.signed]).toEqual([0, 0, 10, 0, 0, 10]);
    expect(Array.from(change.sum, (sum, b) => sum / change.pixels[b]!)).toEqual([100, 50, 60, 100, 50, 60]);
    expect(change.brightness).toBeCloseTo((8 * 100 + 8 * 50 + 4 * 60) / 20, 6);
  });

  it("does not overflow at the ends of the gray scale", () => {
    const change = measure(
      () => 255,
      () => 0,
    );
    expect([...new Set(change.absolute)]).toEqual([255]);
    expect([...new Set(change.signed)]).toEqual([-255]);
  });

  it("equals the same sums in plain code, for any size and any pictures in a row", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 40 }),
        fc.infiniteStream(fc.nat(255)),
        (width, height, levels) => {
          const pictures = [0, 1, 2].map(() =>
            Uint8Array.from({ length: width * height }, () => levels.next().value as number),
          );
          const change = createBlockChange(width, height);
          startChange(change, pictures[0]!);
          for (const k of [1, 2]) {
            measureChange(change, pictures[k]!);
            const plain = plainChange(pictures[k - 1]!, pictures[k]!, width, height);
            expect(change.absolute).toEqual(plain.absolute);
            expect(change.signed).toEqual(plain.signed);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

function plainChange(before: Uint8Array, after: Uint8Array, width: number, height: number) {
  const columns = Math.ceil(width / 8);
  const blocks = columns * Math.ceil(height / 8);
  const [absolute, signed, count] = [0, 1, 2].map(() => new Float64Array(blocks)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < after.length; i++) {
    const b = Math.floor(Math.floor(i / width) / 8) * columns + Math.floor((i % width) / 8);
    absolute[b]! += Math.abs(after[i]! - before[i]!);
    signed[b]! += after[i]! - before[i]!;
    count[b]!++;
  }
  return {
    absolute: Float32Array.from(absolute, (sum, b) => sum / count[b]!),
    signed: Float32Array.from(signed, (sum, b) => sum / count[b]!),
  };
}
