import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poissonRange, rateRange, rateRatio, shareRange } from "../../src/signal/exact-range.ts";

describe("poissonRange", () => {
  it.each([
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [5, 1.6235, 11.6683],
    [10, 4.7954, 18.3904],
    [100, 81.3639, 121.6272],
  ])("of %i is as in the tables", (count, from, to) => {
    const range = poissonRange(count);
    expect(range.from).toBeCloseTo(from, 3);
    expect(range.to).toBeCloseTo(to, 3);
  });

  it("holds the count, and grows with it and with the level", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (count) => {
        const [here, next, wide] = [poissonRange(count), poissonRange(count + 1), poissonRange(count, 0.99)];
        expect(here.from).toBeLessThanOrEqual(count);
        expect(here.to).toBeGreaterThan(count);
        expect(next.from).toBeGreaterThan(here.from);
        expect(next.to).toBeGreaterThan(here.to);
        expect(wide.to).toBeGreaterThan(here.to);
      }),
      { numRuns: 30 },
    );
  });
});

describe("shareRange", () => {
  it("is as in the tables", () => {
    expect(shareRange(0, 10)).toMatchObject({ from: 0, to: expect.closeTo(0.3085, 4) });
    expect(shareRange(5, 10)).toMatchObject({
      from: expect.closeTo(0.1871, 4),
      to: expect.closeTo(0.8129, 4),
    });
    expect(shareRange(10, 10)).toMatchObject({ from: expect.closeTo(0.6915, 4), to: 1 });
  });
});

describe("rates", () => {
  it("are counts over time", () => {
    expect(rateRange(10, 2)).toMatchObject({ rate: 5, from: expect.closeTo(2.3977, 3) });
    expect(rateRange(3, 0).rate).toBeNaN();
  });

  it("over each other: turned round, the ratio is its inverse", () => {
    const count = fc.integer({ min: 1, max: 200 });
    const time = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(count, time, count, time, (a, timeA, b, timeB) => {
        const [x, y] = [
          { count: a, time: timeA },
          { count: b, time: timeB },
        ];
        const [there, back] = [rateRatio(x, y), rateRatio(y, x)];
        expect(there.ratio).toBeCloseTo(b / timeB / (a / timeA), 6);
        expect(there.from * back.to).toBeCloseTo(1, 6);
        expect(there.from).toBeLessThan(there.ratio);
        expect(there.to).toBeGreaterThan(there.ratio);
      }),
      { numRuns: 50 },
    );
  });

  it("know what they do not know", () => {
    expect(rateRatio({ count: 0, time: 60 }, { count: 0, time: 60 }).ratio).toBeNaN();
    expect(rateRatio({ count: 2, time: 0 }, { count: 2, time: 60 }).ratio).toBeNaN();
    expect(rateRatio({ count: 0, time: 60 }, { count: 3, time: 60 }).to).toBe(Infinity);
    expect(rateRatio({ count: 3, time: 60 }, { count: 0, time: 60 })).toMatchObject({ ratio: 0, from: 0 });
  });
});
