import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computePeriodogram, frequencyGrid, lowerBound, type Samples } from "../../src/signal/periodogram.ts";
import { findSpectralPeak } from "../../src/signal/spectral-peak.ts";
import { frameTimes, sample, sine } from "./sampled-sine.ts";

const GRID = frequencyGrid(0.4, 12, 0.05);
const WINDOW = 4;

const peakOf = (samples: Samples, centre = 2) =>
  findSpectralPeak(computePeriodogram(samples, centre, WINDOW, GRID), 2 / WINDOW)!;

describe("frequencyGrid", () => {
  it("holds both ends when the step divides the range", () => {
    const grid = frequencyGrid(1, 2, 0.1);
    expect(grid).toHaveLength(11);
    expect(grid.at(-1)).toBeCloseTo(2, 12);
  });

  it("never goes beyond its end, and is empty when there is no range", () => {
    expect(frequencyGrid(1, 1.99, 0.5)).toEqual(Float64Array.of(1, 1.5));
    expect(frequencyGrid(3, 2, 0.1)).toHaveLength(0);
  });
});

describe("lowerBound", () => {
  it("is the index of the first value that is not below", () => {
    expect([0, 1, 1.5, 3, 4].map((limit) => lowerBound([1, 2, 3], limit))).toEqual([0, 0, 1, 2, 3]);
  });
});

describe("computePeriodogram", () => {
  it("gives the amplitude and frequency of an evenly sampled sine", () => {
    for (const hz of [1.03, 2.5, 5.27, 8.8]) {
      const peak = peakOf(sample(frameTimes({ rate: 30, duration: 4 }), sine(0.7, hz)));
      expect(Math.abs(peak.frequencyHz - hz)).toBeLessThan(0.01);
      expect(Math.sqrt(peak.power)).toBeCloseTo(0.7, 2);
      expect(peak.concentration).toBeGreaterThan(0.95);
    }
  });

  it("gives them too when frames come late and every fifth is lost", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const time = frameTimes({ rate: 25, duration: 4, jitter: 0.4, drop: 0.2, seed });
      const peak = peakOf(sample(time, sine(0.7, 6.2)));
      expect(Math.abs(peak.frequencyHz - 6.2)).toBeLessThan(0.05);
      expect(Math.abs(Math.sqrt(peak.power) - 0.7)).toBeLessThan(0.07);
    }
  });

  it("leaves missing samples out", () => {
    const whole = sample(frameTimes({ rate: 30, duration: 4 }), sine(1, 4));
    const gappy = {
      ...whole,
      components: [Float64Array.from(whole.components[0]!, (v, i) => (i % 7 === 3 ? NaN : v))],
    };
    expect(Math.abs(peakOf(gappy).frequencyHz - 4)).toBeLessThan(0.02);
    expect(Math.sqrt(peakOf(gappy).power)).toBeCloseTo(1, 1);
  });

  it("tells the variance of the window", () => {
    const spectrum = computePeriodogram(
      sample(frameTimes({ rate: 30, duration: 4 }), sine(2, 5)),
      2,
      WINDOW,
      GRID,
    );
    expect(spectrum.variance).toBeCloseTo(2, 1);
  });

  it("takes no notice of a constant", () => {
    const time = frameTimes({ rate: 30, duration: 4 });
    const still = computePeriodogram(
      sample(time, () => 3),
      2,
      WINDOW,
      GRID,
    );
    expect(Math.max(...still.power)).toBeLessThan(1e-20);
    const lifted = peakOf(sample(time, (t) => 100 + sine(1, 3)(t)));
    expect(Math.sqrt(lifted.power)).toBeCloseTo(1, 2);
  });

  it("says nothing of fewer than eight samples, or of missing ones", () => {
    const few = sample(frameTimes({ rate: 1, duration: 7 }), sine(1, 0.2));
    expect(Math.max(...computePeriodogram(few, 3.5, 7, GRID).power)).toBe(0);
    const missing = sample(frameTimes({ rate: 30, duration: 4 }), () => NaN);
    expect(computePeriodogram(missing, 2, WINDOW, GRID)).toMatchObject({ variance: 0 });
    expect(findSpectralPeak(computePeriodogram(missing, 2, WINDOW, GRID), 0.5)).toBeUndefined();
  });

  const hertz = fc.double({ min: 1, max: 10, noNaN: true });
  const seed = fc.integer({ min: 1, max: 1e6 });

  it("has the same power when everything happens at another time", () => {
    const shift = fc.double({ min: -3e4, max: 3e4, noNaN: true });
    fc.assert(
      fc.property(hertz, shift, seed, (hz, by, s) => {
        const time = frameTimes({ rate: 20, duration: 4, jitter: 0.5, drop: 0.1, seed: s });
        const here = sample(time, sine(1, hz));
        const there = { ...here, time: time.map((t) => t + by) };
        const expected = computePeriodogram(here, 2, WINDOW, GRID).power;
        const shifted = computePeriodogram(there, 2 + by, WINDOW, GRID).power;
        for (const [k, power] of shifted.entries()) expect(Math.abs(power - expected[k]!)).toBeLessThan(1e-6);
      }),
      { numRuns: 25 },
    );
  });

  it("adds up over components, which therefore cannot cancel", () => {
    fc.assert(
      fc.property(hertz, hertz, seed, (a, b, s) => {
        const time = frameTimes({ rate: 20, duration: 4, jitter: 0.5, drop: 0.1, seed: s });
        const power = (...signals: ((t: number) => number)[]) =>
          computePeriodogram(sample(time, ...signals), 2, WINDOW, GRID);
        const [one, other, both] = [power(sine(1, a)), power(sine(-1, b)), power(sine(1, a), sine(-1, b))];
        for (const [k, value] of both.power.entries()) {
          expect(value).toBeCloseTo(one.power[k]! + other.power[k]!, 9);
        }
        expect(both.variance).toBeCloseTo(one.variance + other.variance, 9);
      }),
      { numRuns: 25 },
    );
  });

  it("grows with the square of the signal", () => {
    const time = frameTimes({ rate: 25, duration: 4, drop: 0.1 });
    const small = computePeriodogram(sample(time, sine(1, 5)), 2, WINDOW, GRID);
    const large = computePeriodogram(sample(time, sine(3, 5)), 2, WINDOW, GRID);
    for (const [k, power] of large.power.entries()) expect(power).toBeCloseTo(9 * small.power[k]!, 9);
  });
});
