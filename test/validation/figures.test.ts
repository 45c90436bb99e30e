import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClipOutcome } from "../../validation/suite/clip-outcome.ts";
import { clopperPearson } from "../../validation/suite/clopper-pearson.ts";
import { measureFigures } from "../../validation/suite/figures.ts";
import { suiteScenes } from "../../validation/suite/scenes.ts";

const clip = (truth: string[], seen: string[]): ClipOutcome => ({
  ...{ name: "clip", frameRate: 20, duration: 20, plainView: true },
  truth: truth.map((kind) => ({ kind, onset: 5, duration: 6, side: "B", amplitudePx: 3 })),
  seen: seen.map((kind) => ({ kind, onset: 5, duration: 6, frequencyHz: null })),
});

describe("exact intervals", () => {
  it("have closed forms at none and all: 1 - 0.025^(1/n)", () => {
    const end = 1 - 0.025 ** (1 / 10);
    expect(clopperPearson(0, 10)[1]).toBeCloseTo(end, 9);
    expect(clopperPearson(10, 10)[0]).toBeCloseTo(1 - end, 9);
    expect(clopperPearson(0, 0)).toEqual([0, 1]);
  });

  it("hold the share, and mirror when hits and misses change places", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(300), (tries, some) => {
        const hits = some % (tries + 1);
        const [low, high] = clopperPearson(hits, tries);
        const [mirroredLow, mirroredHigh] = clopperPearson(tries - hits, tries);
        expect(low).toBeLessThanOrEqual(hits / tries);
        expect(high).toBeGreaterThanOrEqual(hits / tries);
        expect([mirroredLow, mirroredHigh]).toEqual([
          expect.closeTo(1 - high, 8),
          expect.closeTo(1 - low, 8),
        ]);
      }),
    );
  });
});

describe("figures", () => {
  it("count a kind called another as a miss of one and an extra of the other", () => {
    const figures = measureFigures([clip(["kicking"], ["tremor-like"]), clip(["kicking"], ["kicking"])]);
    expect(figures.kinds["kicking"]).toMatchObject({
      truth: 2,
      found: 1,
      extra: 0,
      recall: 0.5,
      precision: 1,
    });
    expect(figures.kinds["tremor-like"]).toMatchObject({ truth: 0, extra: 1, precision: 0 });
    expect(figures.kickingCalledTremor).toEqual({ count: 1, of: 2 });
    expect(figures.confusion["kicking"]).toEqual({ "tremor-like": 1, kicking: 1 });
    expect(figures.macroF1).toBe(0.667);
  });

  it("count what is seen on stills, and infant movement during a stay", () => {
    const figures = measureFigures([clip([], ["jerk"]), clip(["caregiver"], ["caregiver", "slow-rhythm"])]);
    expect(figures.stills).toEqual({ falseEvents: 1, hours: 0.0056, perHour: 180 });
    expect(figures.pattingCountedAsInfants).toEqual({ count: 1, of: 1 });
  });
});

describe("the widened suite", () => {
  it("has at least 60 open scenes and others held out, all of different seeds, short and small", () => {
    const scenes = suiteScenes();
    expect(scenes.filter(({ heldOut }) => !heldOut).length).toBeGreaterThanOrEqual(60);
    expect(scenes.filter(({ heldOut }) => heldOut).length).toBeGreaterThanOrEqual(20);
    expect(new Set(scenes.map(({ scene }) => scene.seed)).size).toBe(scenes.length);
    for (const { scene } of scenes)
      expect(scene.duration <= 20 && scene.width <= 640 && scene.height <= 360).toBe(true);
  });
});
