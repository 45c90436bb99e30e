import { describe, expect, it } from "vitest";
import { createHeuristicClassifier } from "../../src/events/classifiers/heuristic.ts";
import { RULES } from "../../src/events/classifiers/rule-order.ts";
import { detectEvents } from "../../src/events/detect-events.ts";
import { EVENT_DEFAULTS } from "../../src/events/event-options.ts";
import { FEATURE_INFO } from "../../src/events/features.ts";
import {
  DETAILS_OF,
  EVENT_KINDS,
  type EventKind,
  type MovementEvent,
} from "../../src/events/movement-event.ts";
import { inventCandidate, PLAIN_CASES } from "./invented-candidate.ts";
import { rhythm, strokes } from "./motions.ts";
import { floorOf, type Scene, syntheticSpan } from "./synthetic-span.ts";

const CLASSIFIER = createHeuristicClassifier(EVENT_DEFAULTS);

function detect(...scenes: readonly Scene[]): MovementEvent[] {
  const spans = scenes.map(syntheticSpan);
  return detectEvents(spans, [], floorOf(spans[0]!), CLASSIFIER, EVENT_DEFAULTS);
}

function only(scene: Scene): MovementEvent {
  const events = detect(scene);
  expect(events.map(({ kind }) => kind)).toHaveLength(1);
  return events[0]!;
}

describe("the rules", () => {
  it("name kinds and features that exist, and say where they come from", () => {
    const made = new Set<EventKind>(RULES.map(({ kind }) => kind));
    const unmade = EVENT_KINDS.filter((kind) => !made.has(kind));
    expect(unmade.sort()).toEqual(["flexion-cluster", "indeterminate", "jerk-cluster", "light-change"]);
    for (const rule of RULES) {
      expect(rule.source.length).toBeGreaterThan(10);
      expect(rule.origins.length).toBeGreaterThan(0);
      for (const { feature, limit } of rule.conditions(EVENT_DEFAULTS)) {
        expect(FEATURE_INFO).toHaveProperty(feature);
        expect(Number.isFinite(limit)).toBe(true);
      }
    }
  });

  it("give only sub-kinds of their own kind, and a sentence without holes", () => {
    for (const plain of Object.values(PLAIN_CASES)) {
      const { kind, detail, evidence } = CLASSIFIER.classify(plain);
      if (detail !== undefined) expect(DETAILS_OF[kind]).toContain(detail);
      expect(evidence.because).toMatch(/^[A-Z].*\.$/);
      expect(evidence.because).not.toMatch(/NaN|undefined|\?/);
    }
  });
});

describe("kicking", () => {
  const four = [3, 4.3, 6.6, 8.1];
  const kicked = (left: readonly number[], right: readonly number[]) =>
    only({ duration: 14, move: { leftLeg: strokes(0.5, 0.5, left), rightLeg: strokes(0.5, 0.5, right) } });

  it("has a character, and strokes of each leg", () => {
    expect(kicked(four, [])).toMatchObject({ detail: "one-sided", strokesOf: { left: 4, right: 0 } });
    expect(kicked([], four)).toMatchObject({ detail: "one-sided", strokesOf: { left: 0, right: 4 } });
    expect(kicked(four, four)).toMatchObject({
      detail: "synchronous",
      strokes: 4,
      strokesOf: { left: 4, right: 4 },
    });
    expect(kicked(four, [3.65, 5.9, 7.3, 9.6])).toMatchObject({ detail: "alternating", strokes: 8 });
  });
});

describe("rhythms", () => {
  it("say where on the body they are", () => {
    const of = (move: Scene["move"] & object) => only({ duration: 14, move });
    expect(of({ leftArm: rhythm(0.02, 5, 3, 6) })).toMatchObject({
      kind: "tremor-like",
      detail: "arm",
      limb: "arm",
    });
    expect(of({ head: rhythm(0.1, 1, 3, 8) })).toMatchObject({ kind: "slow-rhythm", detail: "head" });
    expect(of({ leftLeg: rhythm(0.02, 5, 3, 6) })).toMatchObject({
      kind: "tremor-like",
      cycles: expect.any(Number),
    });
  });

  it("measure themselves against the shank", () => {
    const { amplitude, amplitudeShanks } = only({ duration: 14, move: { leftLeg: rhythm(0.02, 5, 3, 6) } });
    // The invented infant's shank is 0.45 trunk lengths.
    expect(amplitudeShanks! / amplitude!).toBeCloseTo(1 / 0.45, 0);
  });

  it("have a nearest kind when the second witness does not show them", () => {
    const event = only({ duration: 12, hidesFromMean: true, move: { leftLeg: rhythm(0.02, 6, 3, 5) } });
    expect(event.kind).toBe("indeterminate");
    expect(event.evidence.nearest?.kind).toBe("tremor-like");
    expect(event.evidence.nearest?.flip).toMatch(/secondDifferenceHz .* were at most 0\.5/);
    const { features } = PLAIN_CASES["tremor-like"];
    const unseen = inventCandidate("rhythm", { ...features, secondDifferenceHz: NaN });
    expect(CLASSIFIER.classify(unseen).evidence.nearest).toMatchObject({
      kind: "tremor-like",
      flip: "if secondDifferenceHz unmeasured Hz were at most 0.5",
    });
  });

  it("of a carer who pats are never the infant's", () => {
    const carer = { onset: 4, duration: 9 };
    const events = detect({ duration: 18, carer, region: rhythm(0.05, 2, 4, 9), move: {} });
    expect(events.map(({ kind }) => kind)).toEqual(["caregiver"]);
    // Nor is the part that is left over before the arm is seen and after it is gone.
    const wider = detect({ duration: 18, carer, region: rhythm(0.05, 2, 3.2, 10.6), move: {} });
    expect(wider.filter(({ kind }) => kind === "tremor-like" || kind === "slow-rhythm")).toEqual([]);
  });
});

describe("a night that was cut into spans", () => {
  it("holds the same clusters as one that was not", () => {
    const at = [3, 9, 15, 21];
    const whole = detect({ duration: 26, move: { leftLeg: strokes(0.4, 0.4, at) } });
    const parts = detect(
      ...at.map((onset) => ({
        onset: onset - 2.5,
        duration: 5,
        move: { leftLeg: strokes(0.4, 0.4, [2.5]) },
      })),
    );
    expect(whole.map(({ id }) => id)).toContain("jerk-cluster-001");
    expect(parts.map(({ id, members }) => [id, members])).toEqual(
      whole.map(({ id, members }) => [id, members]),
    );
  });
});
