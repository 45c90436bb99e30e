import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRaters, kappaOf } from "../../src/agreement/compare-raters.ts";
import type { ReviewedEvent } from "../../src/agreement/review-state.ts";
import { replaySpeedAt, summarizeWatched } from "../../src/agreement/reviewed-minutes.ts";
import type { EventKind } from "../../src/events/movement-event.ts";

function mark(onset: number, kind: EventKind = "jerk", duration = 2): ReviewedEvent {
  const rest = { limb: "left leg", decision: "accepted", from: [], isChanged: false, comments: [] } as const;
  return { key: `${kind} ${onset}`, onset, duration, kind, ...rest };
}
const marks = fc
  .uniqueArray(fc.nat({ max: 30 }), { maxLength: 12 })
  .map((places) =>
    places.sort((a, b) => a - b).map((place) => mark(place * 3, place % 2 ? "jerk" : "kicking")),
  );

describe("two raters", () => {
  it("who mark the same agree wholly", () => {
    fc.assert(
      fc.property(marks, (events) => {
        const { kinds, disagreements, agreed } = compareRaters(events, events, 100);
        expect(kinds.every(({ f1, kappa }) => f1 === 1 && kappa === 1)).toBe(true);
        expect(disagreements).toEqual([]);
        expect(agreed).toHaveLength(events.length);
      }),
    );
  });

  it("compare alike whoever is first, and every mark is agreed or argued about, once", () => {
    fc.assert(
      fc.property(marks, marks, (a, b) => {
        const [one, other] = [compareRaters(a, b, 100), compareRaters(b, a, 100)];
        expect(one.kinds.map(({ f1, kappa }) => [f1, kappa])).toEqual(
          other.kinds.map(({ f1, kappa }) => [f1, kappa]),
        );
        const firsts = [
          ...one.agreed.map(({ first }) => first),
          ...one.disagreements.flatMap(({ first }) => first ?? []),
        ];
        expect(firsts.map(({ key }) => key).sort()).toEqual(a.map(({ key }) => key).sort());
      }),
    );
  });

  it("are told what they differ about", () => {
    const { disagreements, kinds } = compareRaters(
      [mark(0), mark(10), mark(20)],
      [mark(0), mark(10.2, "startle"), mark(40)],
      60,
    );
    expect(disagreements.map(({ onset, about }) => [onset, about])).toEqual([
      [10, "kind"],
      [20, "presence"],
      [40, "presence"],
    ]);
    expect(kinds.find(({ kind }) => kind === "jerk")).toMatchObject({
      first: 3,
      second: 2,
      both: 1,
      f1: 0.4,
    });
  });

  it("leave out what they rejected", () => {
    const rejected: ReviewedEvent = { ...mark(5), decision: "rejected" };
    expect(compareRaters([rejected], [], 20).disagreements).toEqual([]);
  });

  it("have Cohen's kappa, by his own table", () => {
    // 20 both yes, 15 both no, 5 and 10 apart: 0.4 (observed 0.7, expected 0.5).
    const table = [
      ...Array(20).fill([1, 1]),
      ...Array(15).fill([0, 0]),
      ...Array(5).fill([1, 0]),
      ...Array(10).fill([0, 1]),
    ];
    const column = (i: number) => Uint8Array.from(table, (pair: number[]) => pair[i]!);
    expect(kappaOf(column(0), column(1))).toBeCloseTo(0.4, 10);
    expect(kappaOf(Uint8Array.of(0, 0), Uint8Array.of(0, 0))).toBeNull();
  });
});

describe("adaptive replay", () => {
  it("is slow over events, faster over movement, fastest over quiet", () => {
    const needs = { events: [{ onset: 10, duration: 2 }], movement: [{ onset: 8, duration: 8 }] };
    expect([0, 6.9, 7.5, 9.5, 11, 12.9, 14, 18].map((time) => replaySpeedAt(needs, time))).toEqual([
      ...[16, 16, 4, 1, 1, 1, 4, 16],
    ]);
  });

  it("counts each second once, however often it was watched", () => {
    const stretch = (onset: number, duration: number) => ({ onset, duration, speed: 1 });
    const { seconds, share } = summarizeWatched([stretch(0, 10), stretch(5, 10), stretch(50, 100)], 100);
    expect([seconds, share]).toEqual([65, 0.65]);
  });
});
