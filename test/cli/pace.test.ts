import { describe, expect, it } from "vitest";
import { Pace } from "../../src/cli/progress.ts";

describe("Pace", () => {
  it("is what was done over the time it took", () => {
    const pace = new Pace();
    expect(pace.at(0, 0)).toBeUndefined();
    expect(pace.at(2, 100)).toBeCloseTo(50);
    expect(pace.at(4, 200)).toBeCloseTo(50);
  });

  it("does not count what an earlier run had done", () => {
    const pace = new Pace();
    pace.at(0, 0);
    expect(pace.at(0.1, 14_000)).toBeUndefined();
    expect(pace.at(10.1, 14_500)).toBeCloseTo(50);
  });

  it("forgets how fast it once was", () => {
    const pace = new Pace();
    for (let second = 0; second <= 60; second++) pace.at(second, 100 * second);
    for (let second = 61; second <= 100; second++) pace.at(second, 6000 + 10 * (second - 60));
    expect(pace.at(101, 6410)!).toBeLessThan(12);
  });
});
