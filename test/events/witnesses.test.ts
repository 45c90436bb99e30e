import { describe, expect, it } from "vitest";
import { createHeuristicClassifier } from "../../src/events/classifiers/heuristic.ts";
import { judgeWitnesses } from "../../src/events/classifiers/witnesses.ts";
import { EVENT_DEFAULTS } from "../../src/events/event-options.ts";
import type { EventKind } from "../../src/events/movement-event.ts";
import { inventCandidate, PLAIN_CASES } from "./invented-candidate.ts";

const STILL = { ankleExcursion: 0.05, kneeRange: 3 };
const WIDE = { ankleExcursion: 0.8, kneeRange: 60 };

function agreement(kind: EventKind, pose: Partial<(typeof PLAIN_CASES)["kicking"]["features"]>) {
  return judgeWitnesses(kind, inventCandidate("strokes", pose).features).agree;
}

describe("judgeWitnesses", () => {
  it("lets pose confirm or contradict large movements", () => {
    for (const kind of ["kicking", "large-movement"] as const) {
      expect(agreement(kind, WIDE)).toBe(true);
      expect(agreement(kind, STILL)).toBe(false);
    }
  });

  it("lets pose contradict a tremor only by wide swings", () => {
    expect(agreement("tremor-like", STILL)).toBe(true);
    expect(agreement("tremor-like", WIDE)).toBe(false);
  });

  it("takes no contradiction of a short movement from a few poses a second", () => {
    for (const kind of ["jerk", "leg-movement", "startle"] as const) {
      expect(agreement(kind, WIDE)).toBe(true);
      expect(agreement(kind, STILL)).toBeNull();
    }
  });

  it("knows nothing where pose saw no legs", () => {
    expect(agreement("kicking", { ...WIDE, legCoverage: 0.1 })).toBeNull();
    expect(agreement("kicking", { ankleExcursion: NaN, kneeRange: NaN })).toBeNull();
  });

  it("is unsure of what pose contradicts", () => {
    const classifier = createHeuristicClassifier(EVENT_DEFAULTS);
    const kicking = PLAIN_CASES["kicking"];
    const sure = classifier.classify(kicking);
    const doubtful = classifier.classify({ ...kicking, features: { ...kicking.features, ...STILL } });
    expect(doubtful.kind).toBe("kicking");
    expect(doubtful.confidence).toBeLessThan(sure.confidence);
  });
});

describe("a startle", () => {
  it("takes the arms", () => {
    const classifier = createHeuristicClassifier(EVENT_DEFAULTS);
    const { startle } = PLAIN_CASES;
    const withoutArms = { ...startle.features, armShare: 0, headShare: 1, trunkShare: 1 };
    expect(classifier.classify({ ...startle, features: withoutArms }).kind).toBe("jerk");
  });
});
