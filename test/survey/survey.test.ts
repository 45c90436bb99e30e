import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeChange, encodeChange } from "../../src/survey/survey.ts";
import { usualChange } from "../../src/survey/usual-change.ts";
import { motionMap } from "./motion-map.ts";

const grayLevels = fc.double({ min: 0, max: 255, noNaN: true });

describe("encodeChange", () => {
  it("comes back from every code as it was", () => {
    for (let code = 0; code < 256; code++) expect(encodeChange(decodeChange(code))).toBe(code);
  });

  it("keeps a change to within 2 % or 0.002 gray levels, up to the largest change there is", () => {
    fc.assert(
      fc.property(grayLevels, (change) => {
        const error = Math.abs(decodeChange(encodeChange(change)) - change);
        expect(error).toBeLessThanOrEqual(0.002 + 0.02 * change);
      }),
    );
  });

  it("keeps the order of changes and codes none as 0", () => {
    fc.assert(
      fc.property(grayLevels, grayLevels, (a, b) => {
        if (a < b) expect(encodeChange(a)).toBeLessThanOrEqual(encodeChange(b));
      }),
    );
    expect(encodeChange(0)).toBe(0);
    expect(encodeChange(1e9)).toBe(255);
  });
});

describe("usualChange", () => {
  it("is what a block does for most of the night", () => {
    const map = motionMap({
      duration: 100,
      change: (time, column) => (time < 30 ? 20 : column === 3 ? 5 : 0.8),
    });
    const usual = usualChange(map);
    expect(usual[0]).toBeCloseTo(0.8, 1);
    expect(usual[3]).toBeCloseTo(5, 0);
  });

  it("leaves bins without frames out", () => {
    const map = motionMap({ duration: 100, change: (time) => (time < 60 ? 0 : 2) });
    expect(usualChange(map)[0]).toBeCloseTo(2, 1);
  });

  it("is nothing where nothing was ever seen", () => {
    expect(usualChange(motionMap({ duration: 10 }))[7]).toBe(0);
    expect(usualChange(motionMap({ duration: 0 }))).toHaveLength(1200);
  });
});
