import { describe, expect, it } from "vitest";
import { countCycles } from "../../src/signal/cycles.ts";
import { frameTimes } from "./sampled-sine.ts";

describe("countCycles", () => {
  const time = frameTimes({ rate: 30, duration: 10 });
  const along = (velocity: (t: number) => number) => [
    Float32Array.from(time, (t) => 0.6 * velocity(t)),
    Float32Array.from(time, (t) => 0.8 * velocity(t)),
  ];
  const count = (velocity: (t: number) => number) => countCycles(time, along(velocity), 0, time.length);

  it("counts whole cycles of an even swing, which do not vary", () => {
    const cycles = count((t) => Math.sin(2 * Math.PI * 1.5 * t));
    expect(Math.abs(cycles.count - 14)).toBeLessThanOrEqual(1);
    expect(cycles.periodVariation).toBeLessThan(0.02);
    expect(cycles.amplitudeVariation).toBeLessThan(0.05);
    expect(cycles.asymmetry).toBeLessThan(0.05);
  });

  it("tells a sawtooth from a sine", () => {
    const sawtooth = (t: number) => ((t * 1.5) % 1 < 0.25 ? 3 : -1);
    expect(count(sawtooth).asymmetry).toBeGreaterThan(0.3);
  });

  it("does not count noise around a standstill", () => {
    const hesitant = (t: number) =>
      (t % 1 < 0.5 ? Math.sin(4 * Math.PI * t) : 0) + 0.1 * Math.cos(2 * Math.PI * 11 * t);
    expect(Math.abs(count(hesitant).count - 9)).toBeLessThanOrEqual(1);
  });

  it("finds uneven periods uneven", () => {
    const uneven = (t: number) => Math.sin(2 * Math.PI * (t + 0.35 * Math.sin(1.3 * t) * 2));
    expect(count(uneven).periodVariation).toBeGreaterThan(0.15);
  });

  it("counts nothing in nothing", () => {
    expect(
      countCycles(
        time,
        along(() => NaN),
        0,
        time.length,
      ).count,
    ).toBe(0);
    expect(countCycles(time, [], 0, 0).count).toBe(0);
  });
});
