import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intersectionOverUnion, type Matchable, matchEvents } from "../../src/agreement/match-events.ts";

const event = (onset: number, duration: number, kind = "kicking"): Matchable => ({ onset, duration, kind });

const events = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom("jerk", "kicking"),
    ),
    {
      maxLength: 10,
    },
  )
  .map((list) => list.map(([onset, duration, kind]) => event(onset, duration, kind)));

describe("intersectionOverUnion", () => {
  it("is 1 for the same, 0 for apart or touching, and the shared part between", () => {
    expect(intersectionOverUnion(event(2, 3), event(2, 3))).toBe(1);
    expect(intersectionOverUnion(event(0, 1), event(2, 1))).toBe(0);
    expect(intersectionOverUnion(event(0, 1), event(1, 1))).toBe(0);
    expect(intersectionOverUnion(event(0, 2), event(1, 2))).toBeCloseTo(1 / 3, 12);
    expect(intersectionOverUnion(event(0, 10), event(2, 5))).toBeCloseTo(0.5, 12);
    expect(intersectionOverUnion(event(1, 0), event(1, 0))).toBe(0);
  });
});

describe("matchEvents", () => {
  it("pairs everything with itself", () => {
    const apart = [event(0, 2), event(5, 2, "jerk"), event(9, 3)];
    const { matches, missed, extra } = matchEvents(apart, apart, 0.2);
    expect(matches.map(({ reference, overlap }) => [reference.onset, overlap])).toEqual([
      [0, 1],
      [5, 1],
      [9, 1],
    ]);
    expect([missed, extra]).toEqual([[], []]);
  });

  it("pairs each event at most once, the best overlap first", () => {
    const [long, short] = [event(0, 10), event(0, 4)];
    const { matches, extra } = matchEvents([event(0, 5)], [long, short], 0.2);
    expect(matches.map(({ detection }) => detection)).toEqual([short]);
    expect(extra).toEqual([long]);
  });

  it("does not pair different kinds, unless told to", () => {
    const [one, other] = [[event(0, 4)], [event(0, 4, "jerk")]];
    expect(matchEvents(one, other, 0.2)).toMatchObject({ matches: [], missed: one, extra: other });
    expect(matchEvents(one, other, 0.2, () => true).matches).toHaveLength(1);
  });

  it("does not pair what overlaps too little", () => {
    expect(matchEvents([event(0, 10)], [event(9, 10)], 0.2).matches).toEqual([]);
    expect(matchEvents([event(0, 10)], [event(20, 1)], 0).missed).toHaveLength(1);
  });

  it("accounts for every event once, and does not care which side is which", () => {
    fc.assert(
      fc.property(events, events, (reference, detections) => {
        const { matches, missed, extra } = matchEvents(reference, detections, 0.3);
        expect(matches.length + missed.length).toBe(reference.length);
        expect(matches.length + extra.length).toBe(detections.length);
        for (const { reference: r, detection: d, overlap } of matches) {
          expect(overlap).toBe(intersectionOverUnion(r, d));
          expect(overlap).toBeGreaterThanOrEqual(0.3);
          expect(r.kind).toBe(d.kind);
        }
        const total = (list: readonly { overlap: number }[]) =>
          list.reduce((sum, { overlap }) => sum + overlap, 0);
        const turned = matchEvents(detections, reference, 0.3).matches;
        if (areApart(reference) && areApart(detections)) expect(total(turned)).toBeCloseTo(total(matches), 9);
      }),
    );
  });
});

/** Whether no two events of one kind overlap, as is promised of every scoring. */
function areApart(list: readonly Matchable[]): boolean {
  return list.every((a, i) =>
    list.every((b, k) => i === k || a.kind !== b.kind || intersectionOverUnion(a, b) === 0),
  );
}
