import { describe, expect, it } from "vitest";
import { frequencyGrid, type Spectrum } from "../../src/signal/periodogram.ts";
import { findSpectralPeak } from "../../src/signal/spectral-peak.ts";

const frequencyHz = frequencyGrid(0, 10, 0.1);

function spectrum(shape: (hz: number) => number, variance = 1e9): Spectrum {
  return { frequencyHz, power: frequencyHz.map(shape), variance };
}

describe("findSpectralPeak", () => {
  it("interpolates between bins: exact for a parabola", () => {
    for (const true_ of [3.0, 3.02, 3.049, 4.951]) {
      const found = findSpectralPeak(
        spectrum((hz) => Math.max(0, 1 - (hz - true_) ** 2)),
        0.5,
      )!;
      expect(found.frequencyHz).toBeCloseTo(true_, 6);
    }
  });

  it("stays on the first or last bin when the peak lies there", () => {
    expect(
      findSpectralPeak(
        spectrum((hz) => 10 - hz),
        0.5,
      )!.frequencyHz,
    ).toBe(0);
    expect(
      findSpectralPeak(
        spectrum((hz) => hz),
        0.5,
      )!.frequencyHz,
    ).toBeCloseTo(10, 9);
  });

  it("looks at nothing below `from`", () => {
    const two = spectrum((hz) => (Math.abs(hz - 1) < 0.05 ? 5 : Math.abs(hz - 6) < 0.05 ? 2 : 0.01));
    expect(findSpectralPeak(two, 0.5)!.frequencyHz).toBeCloseTo(1, 1);
    expect(findSpectralPeak(two, 0.5, 3)!.frequencyHz).toBeCloseTo(6, 1);
  });

  it("measures concentration as the share of the power near the peak", () => {
    const half = spectrum((hz) => (Math.abs(hz - 3) < 0.01 || Math.abs(hz - 8) < 0.01 ? 1 : 0));
    expect(findSpectralPeak(half, 0.5)!.concentration).toBeCloseTo(0.5, 9);
    expect(findSpectralPeak(half, 20)!.concentration).toBeCloseTo(1, 9);
  });

  it("or as the share of the variance that one sine explains, and never above 1", () => {
    const scattered = (variance: number) =>
      findSpectralPeak(
        spectrum((hz) => (Math.abs(hz - 3) < 0.01 ? 1 : 0.05), variance),
        0.15,
      )!.concentration;
    expect(scattered(0.5)).toBe(1);
    expect(scattered(0.1)).toBe(1);
    expect(scattered(0.625)).toBeCloseTo(0.8, 9);
  });

  it("measures how far the peak stands above the middle of the band", () => {
    const found = findSpectralPeak(
      spectrum((hz) => (Math.abs(hz - 3) < 0.01 ? 100 : 1)),
      0.5,
    )!;
    expect(found.snrDb).toBeCloseTo(20, 6);
  });

  it("finds nothing where there is no power", () => {
    expect(
      findSpectralPeak(
        spectrum(() => 0),
        0.5,
      ),
    ).toBeUndefined();
    expect(
      findSpectralPeak({ frequencyHz: new Float64Array(), power: new Float64Array(), variance: 0 }, 1),
    ).toBeUndefined();
    expect(
      findSpectralPeak(
        spectrum(() => 1),
        0.5,
        11,
      ),
    ).toBeUndefined();
  });
});
