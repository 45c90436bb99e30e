import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coefficientOfVariation, mean, median, quantile } from "../../src/signal/statistics.ts";

const finite = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("quantile", () => {
  it("interpolates between the sorted values", () => {
    expect(quantile([4, 1, 3, 2], 0)).toBe(1);
    expect(quantile([4, 1, 3, 2], 1)).toBe(4);
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20], 0.25)).toBe(12.5);
    expect(quantile([7], 0.9)).toBe(7);
  });

  it("leaves missing values out, and is missing when all are", () => {
    expect(quantile([NaN, 1, Infinity, 3], 0.5)).toBe(2);
    expect(quantile([NaN], 0.5)).toBeNaN();
    expect(quantile([], 0.5)).toBeNaN();
  });

  it("grows with the share and lies between the extremes", () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        expect(quantile(values, q)).toBeGreaterThanOrEqual(quantile(values, q / 2) - 1e-6);
        expect(quantile(values, q)).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
      }),
    );
  });

  it("leaves its argument as it was", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("mean and coefficientOfVariation", () => {
  it("count the finite values only", () => {
    expect(mean([1, NaN, 3])).toBe(2);
    expect(mean([NaN])).toBeNaN();
    expect(coefficientOfVariation([2, NaN, 4])).toBeCloseTo(Math.SQRT2 / 3, 12);
    expect(coefficientOfVariation([5])).toBeNaN();
    expect(coefficientOfVariation([5, 5, 5])).toBe(0);
  });

  it("does not hang on the unit", () => {
    expect(coefficientOfVariation([1, 2, 4])).toBeCloseTo(coefficientOfVariation([-10, -20, -40]), 12);
  });
});
