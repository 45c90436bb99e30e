import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepBins } from "../../src/survey/keep-bins.ts";
import { changeAt, levelAt } from "../../src/survey/survey.ts";
import { motionMap } from "./motion-map.ts";

const MAP = motionMap({
  duration: 40,
  columns: 3,
  rows: 2,
  change: (time, column, row) => time / 10 + column + row,
  level: (time, column, row) => Math.round(3 * time + column + 2 * row),
});

describe("keepBins", () => {
  it("keeps the bins of the stretches as they were, and no others", () => {
    const stretch = fc.record({
      onset: fc.double({ min: 0, max: 39, noNaN: true }),
      duration: fc.double({ min: 0.1, max: 9, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 4 }), (stretches) => {
        const kept = keepBins(MAP, stretches);
        let rows = 0;
        for (let bin = 0; bin < MAP.bins; bin++) {
          const isIn = stretches.some(
            ({ onset, duration }) => (bin + 1) * 0.5 > onset && bin * 0.5 < onset + duration,
          );
          if (!isIn) continue;
          rows++;
          expect(changeAt(kept, bin)).toEqual(changeAt(MAP, bin));
          expect(levelAt(kept, bin)).toEqual(levelAt(MAP, bin));
        }
        expect(kept.data.length).toBe(rows * 6);
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  it("says that a bin is not kept instead of giving another one", () => {
    const kept = keepBins(MAP, [{ onset: 10, duration: 5 }]);
    expect(() => changeAt(kept, 5)).toThrow(RangeError);
    expect(() => levelAt(kept, 80)).toThrow(RangeError);
    expect(() => changeAt(MAP, 80)).toThrow(RangeError);
  });
});
