import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHeuristicClassifier } from "../../src/events/classifiers/heuristic.ts";
import { EVENT_DEFAULTS } from "../../src/events/event-options.ts";
import { EVENT_KINDS, type EventKind } from "../../src/events/movement-event.ts";
import { DEFAULT_OPTIONS, parseOptions } from "../../src/options.ts";
import { type CountedEvent, findSteadiness, rangeCounts } from "../../src/uncertainty/count-ranges.ts";
import { scaleLimits } from "../../src/uncertainty/move-limits.ts";
import { inventCandidate } from "../events/invented-candidate.ts";

function event(kind: EventKind, onset: number, confidence: number, nearest?: EventKind): CountedEvent {
  const witnesses = { flow: "", pose: "", agree: null };
  const near = nearest && { kind: nearest, flip: "" };
  const evidence = { rule: kind, because: "", measures: [], nearest: near, features: {}, witnesses };
  return { kind, onset, duration: 2, confidence, evidence };
}
const rangeOf = (kind: EventKind, events: CountedEvent[], runs: CountedEvent[][] = []) =>
  rangeCounts(EVENT_KINDS, events, runs).find((range) => range.kind === kind);

describe("rangeCounts", () => {
  it("tallies what is well met, and what is just something else", () => {
    const events = [
      event("jerk", 0, 0.9, "leg-movement"),
      event("jerk", 10, 0.55),
      event("leg-movement", 20, 0.6, "jerk"),
      event("leg-movement", 30, 0.9, "jerk"),
    ];
    expect(rangeOf("jerk", events)).toMatchObject({
      count: 2,
      wellMet: 1,
      possible: 3,
      movedFrom: 2,
      movedTo: 2,
    });
  });

  it("takes fewest and most of all runs, the first among them", () => {
    const jerks = (n: number) => Array.from({ length: n }, (_, i) => event("jerk", 10 * i, 0.9));
    expect(rangeOf("jerk", jerks(4), [jerks(3), jerks(6)])).toMatchObject({
      count: 4,
      movedFrom: 3,
      movedTo: 6,
    });
    expect(rangeOf("kicking", jerks(4), [[event("kicking", 5, 0.5)]])).toMatchObject({
      movedFrom: 0,
      movedTo: 1,
    });
  });

  it("always holds the count", () => {
    const events = fc.array(
      fc
        .tuple(
          fc.constantFrom(...EVENT_KINDS),
          fc.integer({ min: 0, max: 500 }),
          fc.double({ min: 0.4, max: 1, noNaN: true }),
        )
        .map(([kind, onset, confidence]) => event(kind, onset, confidence)),
    );
    fc.assert(
      fc.property(events, fc.array(events, { maxLength: 4 }), (own, runs) => {
        for (const range of rangeCounts(EVENT_KINDS, own, runs)) {
          expect(range.wellMet).toBeLessThanOrEqual(range.count);
          expect(range.possible).toBeGreaterThanOrEqual(range.count);
          expect(range.movedFrom).toBeLessThanOrEqual(range.count);
          expect(range.movedTo).toBeGreaterThanOrEqual(range.count);
        }
        for (const share of findSteadiness(own, [own, own])) expect(share).toBe(1);
      }),
    );
  });
});

describe("findSteadiness", () => {
  it("is the share of runs that find an event again, with the same kind, where it was", () => {
    const own = [event("jerk", 10, 0.9)];
    const runs = [
      [event("jerk", 10.5, 0.9)],
      [event("jerk", 11.5, 0.9)],
      [event("leg-movement", 10, 0.9)],
      [event("kicking", 0, 0.5), event("jerk", 9, 0.9)],
    ];
    expect(findSteadiness(own, runs)).toEqual([0.5]);
    expect(findSteadiness(own, [])).toEqual([NaN]);
  });
});

describe("moved limits", () => {
  it("are options still, and leave alone what is arithmetic", () => {
    for (const factor of [0.9, 1.1]) {
      const events = scaleLimits(EVENT_DEFAULTS, factor);
      expect(parseOptions({ ...DEFAULT_OPTIONS, events }).events).toEqual(events);
      expect(events.bandShare).toBe(EVENT_DEFAULTS.bandShare);
      expect(events.jerkSpeed).toBeCloseTo(factor * EVENT_DEFAULTS.jerkSpeed);
    }
  });

  it("made easier, let in what just misses a rule; made harder, shut out what just meets it", () => {
    const kindOf = (strokes: number, ease: number) =>
      createHeuristicClassifier(EVENT_DEFAULTS, ease).classify(
        inventCandidate("strokes", {
          duration: 5,
          strokes,
          strokesPerSecond: 2,
          aliasHz: 99,
          rightLegShare: 0,
        }),
      ).kind;
    expect(kindOf(3.8, 0)).not.toBe("kicking");
    expect(kindOf(3.8, 0.1)).toBe("kicking");
    expect(kindOf(4, 0)).toBe("kicking");
    expect(kindOf(4, -0.1)).not.toBe("kicking");
  });
});
