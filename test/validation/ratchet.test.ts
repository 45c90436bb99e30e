import { describe, expect, it } from "vitest";
import { findFallen, measureRatchet, readRatchet } from "../../validation/ratchet.ts";

describe("the ratchet of accuracy", () => {
  it("holds: no figure of the committed clips is worse than it was", async () => {
    const allowed = readRatchet();
    expect(findFallen(allowed, await measureRatchet(allowed.clips))).toEqual([]);
  }, 300_000);

  it("asks for something of every figure", () => {
    const { least, most } = readRatchet();
    expect([Object.keys(least).length, Object.keys(most).length]).toEqual([2, 7]);
  });

  it("tells what fell, what rose and what is no longer measured", () => {
    const allowed = {
      clips: [],
      least: { macroF1: 0.9, eventsFound: 3 },
      most: { extraEvents: 1, worst: 0.1 },
    };
    const now = { least: { macroF1: 0.8, eventsFound: 3 }, most: { extraEvents: 2 } };
    expect(findFallen(allowed, now)).toEqual([
      "macroF1 is 0.8, at least 0.9 is required",
      "extraEvents is 2, at most 1 is allowed",
      "worst is undefined, at most 0.1 is allowed",
    ]);
  });

  it("lets nothing that is not a number pass", () => {
    const allowed = { clips: [], least: { macroF1: 0.9 }, most: {} };
    expect(findFallen(allowed, { least: { macroF1: NaN }, most: {} })).toHaveLength(1);
  });
});
