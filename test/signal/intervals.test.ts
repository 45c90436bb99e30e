import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  between,
  detectIntervals,
  endOf,
  type Interval,
  joinIntervals,
  overlapOf,
  subtractIntervals,
} from "../../src/signal/intervals.ts";

/** Intervals on a lattice of tenths, so that ends meet exactly and often. */
const interval = fc
  .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 40 }))
  .map(([onset, duration]) => between(onset / 10, (onset + duration) / 10));
const intervals = fc.array(interval, { maxLength: 12 });
const gap = fc.integer({ min: 0, max: 15 }).map((tenths) => tenths / 10);

/** Whether a moment lies in one of the intervals, half open; moments are taken off the lattice. */
const covers = (list: readonly Interval[], time: number) =>
  list.some((one) => time >= one.onset && time < endOf(one));
const MOMENTS = Array.from({ length: 250 }, (_, i) => i / 10 + 0.05);

describe("joinIntervals", () => {
  it("gives sorted intervals that lie further apart than the gap", () => {
    fc.assert(
      fc.property(intervals, gap, (list, width) => {
        const joined = joinIntervals(list, width);
        for (let i = 1; i < joined.length; i++) {
          expect(joined[i]!.onset).toBeGreaterThan(endOf(joined[i - 1]!) + width);
        }
      }),
    );
  });

  it("covers with no gap allowed exactly what was covered before", () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const joined = joinIntervals(list, 0);
        for (const time of MOMENTS) expect(covers(joined, time)).toBe(covers(list, time));
      }),
    );
  });

  it("does not care for the order, and doing it twice changes nothing", () => {
    fc.assert(
      fc.property(intervals, gap, (list, width) => {
        const joined = joinIntervals(list, width);
        expect(joinIntervals([...list].reverse(), width)).toEqual(joined);
        const again = joinIntervals(joined, width);
        expect(again).toHaveLength(joined.length);
        for (const [i, one] of again.entries()) {
          expect(one.onset).toBe(joined[i]!.onset);
          expect(one.duration).toBeCloseTo(joined[i]!.duration, 9);
        }
      }),
    );
  });

  it("keeps an interval that another one swallows", () => {
    expect(joinIntervals([between(0, 10), between(2, 3), between(10.5, 11)], 0.4)).toEqual([
      between(0, 10),
      between(10.5, 11),
    ]);
    expect(joinIntervals([], 1)).toEqual([]);
  });
});

describe("subtractIntervals", () => {
  it("covers what was covered and is not taken, and nothing else", () => {
    fc.assert(
      fc.property(intervals, intervals, (list, taken) => {
        const rest = subtractIntervals(list, taken, 0);
        for (const time of MOMENTS) {
          expect(covers(rest, time)).toBe(covers(list, time) && !covers(taken, time));
        }
      }),
    );
  });

  it("leaves everything when nothing is taken, and nothing when all is", () => {
    fc.assert(
      fc.property(intervals, (list) => {
        expect(subtractIntervals(list, [], 0)).toEqual(list);
        expect(subtractIntervals(list, [between(-1, 100)], 0)).toEqual([]);
      }),
    );
  });

  it("drops pieces shorter than asked", () => {
    expect(subtractIntervals([between(0, 10)], [between(1, 9.5)], 0.6)).toEqual([between(0, 1)]);
  });
});

describe("overlapOf", () => {
  it("is symmetric and never longer than either", () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        const overlap = overlapOf(a, b);
        expect(overlap).toBe(overlapOf(b, a));
        expect(overlap).toBeGreaterThanOrEqual(0);
        expect(overlap).toBeLessThanOrEqual(Math.min(a.duration, b.duration) + 1e-9);
      }),
    );
  });

  it("is nothing for intervals that only touch", () => {
    expect(overlapOf(between(0, 1), between(1, 2))).toBe(0);
  });
});

describe("detectIntervals", () => {
  const threshold = { on: 5, off: 2, hold: 0.3 };
  const detect = (value: readonly number[]) =>
    detectIntervals(
      value.map((_, i) => i / 10),
      value,
      threshold,
    ).map((found) => [Number(found.onset.toFixed(6)), Number(endOf(found).toFixed(6))]);

  it("begins where the rise began and ends at the first sample of a lasting stay below", () => {
    expect(detect([0, 0, 3, 4, 6, 6, 3, 1, 1, 1, 1, 0])).toEqual([[0.2, 0.7]]);
  });

  it("is not begun by what lies between both thresholds", () => {
    expect(detect([0, 3, 4, 4.9, 3, 0, 0, 0, 0, 0])).toEqual([]);
  });

  it("takes a value on a threshold as reaching it", () => {
    expect(detect([0, 5, 2, 0, 0, 0, 0, 0])).toEqual([[0.1, 0.3]]);
  });

  it("bridges a stay below that is shorter than the hold", () => {
    expect(detect([0, 6, 0, 0, 6, 0, 0, 0, 0, 0])).toEqual([[0.1, 0.5]]);
  });

  it("parts two movements by a stay as long as the hold", () => {
    expect(detect([6, 0, 0, 0, 0, 6, 0, 0, 0, 0])).toEqual([
      [0, 0.1],
      [0.5, 0.6],
    ]);
  });

  it("takes missing samples as below", () => {
    expect(detect([NaN, 6, 6, NaN, NaN, NaN, NaN, NaN, 6])).toEqual([
      [0.1, 0.3],
      [0.8, 0.8],
    ]);
  });

  it("ends a movement that outlasts the signal with the last sample that was up", () => {
    expect(detect([0, 6, 6, 6])).toEqual([[0.1, 0.3]]);
    expect(detect([0, 6, 6, 1])).toEqual([[0.1, 0.3]]);
  });

  it("finds nothing in nothing", () => {
    expect(detect([])).toEqual([]);
    expect(detect([NaN, NaN])).toEqual([]);
  });

  it("never overlaps itself and stays inside the signal", () => {
    const values = fc.array(fc.oneof(fc.double({ min: 0, max: 8, noNaN: true }), fc.constant(NaN)), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(values, (value) => {
        let end = -1;
        for (const [from, to] of detect(value)) {
          expect(from!).toBeGreaterThan(end);
          end = to!;
        }
        expect(end).toBeLessThanOrEqual(value.length / 10);
      }),
    );
  });
});
