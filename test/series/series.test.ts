import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeSeries, type SeriesReport } from "../../src/series/describe-series.ts";
import type { LegEvent } from "../../src/series/leg-movements.ts";
import { RULE_SETS } from "../../src/series/rule-sets.ts";
import type { Interval } from "../../src/signal/intervals.ts";
import { everyLeg, legEvent } from "./invented-legs.ts";

const [WASM, AASM] = RULE_SETS as [(typeof RULE_SETS)[0], (typeof RULE_SETS)[0]];
const wasm = (events: readonly LegEvent[], hidden: readonly Interval[] = []) =>
  describeSeries(events, hidden, WASM);
const aasm = (events: readonly LegEvent[], hidden: readonly Interval[] = []) =>
  describeSeries(events, hidden, AASM);
const inSeries = ({ candidates }: SeriesReport) =>
  candidates.filter(({ standing }) => standing === "in series").length;
const standings = ({ candidates }: SeriesReport) => candidates.map(({ standing }) => standing);

describe("the edges on which published programs disagree", () => {
  it.each([
    ["the recording ends with the last movement", [0, 20, 40, 60], 4, 4],
    ["a late movement follows", [0, 20, 40, 60, 360], 4, 4],
    ["a series opens after an interval of 5 s", [0, 5, 25, 45, 65, 365], 4, 5],
    ["intervals of exactly 90 s", [0, 90, 180, 270, 600], 4, 4],
    ["intervals of exactly 10 s", [0, 10, 20, 30, 400], 4, 4],
    ["twelve movements 7 s apart", [...Array.from({ length: 12 }, (_, i) => 7 * i), 500], 0, 12],
  ])("%s", (_, onsets, byWasm, byAasm) => {
    expect([inSeries(wasm(everyLeg(onsets))), inSeries(aasm(everyLeg(onsets)))]).toEqual([byWasm, byAasm]);
    // Wherever in the night: sums of floating numbers must not move an edge.
    const later = everyLeg(onsets.map((onset) => onset / 10 + 0.1).map((onset) => onset * 10 + 30_000.7));
    expect([inSeries(wasm(later)), inSeries(aasm(later))]).toEqual([byWasm, byAasm]);
  });
});

describe("leg movements of both legs", () => {
  it("become one by each rule set's own rule", () => {
    const close = [legEvent(0, 1), legEvent(1.4, 1, "right leg")];
    const apart = [legEvent(0, 1), legEvent(3, 1, "right leg")];
    expect(wasm(close).candidates).toMatchObject([{ onset: 0, duration: 2.4, legs: "both" }]);
    expect(wasm(apart).candidates).toHaveLength(2);
    expect(aasm(apart).candidates).toMatchObject([{ onset: 0, duration: 4, legs: "both" }]);
    expect(aasm([legEvent(0), legEvent(3)]).candidates).toHaveLength(2);
    expect(aasm([legEvent(0), legEvent(5, 1, "right leg")]).candidates).toHaveLength(2);
    expect(wasm([legEvent(0), legEvent(1.5, 1, "right leg")]).candidates).toHaveLength(2);
  });

  it("are candidates up to 10 s of one leg and 15 s of both, of four parts at most", () => {
    for (const [duration, limb, isOne] of [
      [0.49, "left leg", undefined],
      [0.5, "left leg", true],
      [10, "left leg", true],
      [10.1, "left leg", false],
      [15, "both legs", true],
      [15.1, "both legs", false],
    ] as const) {
      const { candidates, others } = wasm([legEvent(0, duration, limb)]);
      expect([duration, candidates.length, others]).toEqual([
        duration,
        isOne === true ? 1 : 0,
        isOne === false ? 1 : 0,
      ]);
    }
    const parts = (n: number) =>
      Array.from({ length: n }, (_, i) => legEvent(1.2 * i, 1, i % 2 === 0 ? "left leg" : "right leg"));
    expect(wasm(parts(4)).candidates).toHaveLength(1);
    expect(wasm(parts(5))).toMatchObject({ candidates: [], others: 1 });
  });
});

describe("what else the legs do", () => {
  const four = everyLeg([0, 20, 60, 80]);
  it("ends a series by WASM's rules and not by AASM's", () => {
    expect([inSeries(wasm(four)), inSeries(aasm(four))]).toEqual([4, 4]);
    for (const other of [
      legEvent(30, 16, "both legs", "kicking"),
      legEvent(30, 11, "left leg", "indeterminate"),
      legEvent(30, 4, "body", "large-movement"),
      legEvent(30, 4, "left leg", "tremor-like"),
    ]) {
      const events = [...four, other];
      expect([other.kind, inSeries(wasm(events)), inSeries(aasm(events))]).toEqual([other.kind, 0, 4]);
      expect(wasm(events).others).toBe(1);
    }
  });

  it("counts a short bout of kicking as one movement", () => {
    const bout = legEvent(40, 8, "both legs", "kicking");
    expect(inSeries(wasm([...four, bout]))).toBe(5);
  });

  it("takes no arm, no cover, no carer and no lamp for a leg", () => {
    const none = [
      legEvent(10, 2, "arm", "slow-rhythm"),
      legEvent(20, 2, "unseen", "leg-movement"),
      legEvent(30, 2, "none", "caregiver"),
      legEvent(40, 2, "none", "light-change"),
      legEvent(0, 60, "both legs", "flexion-cluster"),
      legEvent(50, 2, "body", "indeterminate"),
    ];
    expect(wasm(none)).toMatchObject({ candidates: [], others: 0, series: [] });
  });
});

describe("time that could not be judged", () => {
  it("ends a series, and leaves the interval unknown", () => {
    const events = everyLeg([0, 20, 40, 60]);
    const report = wasm(events, [{ onset: 30, duration: 1 }]);
    expect(inSeries(report)).toBe(0);
    expect(report.intervals.known).toBe(2);
    expect(inSeries(wasm(events, [{ onset: 70, duration: 100 }]))).toBe(4);
  });

  it("holds no movements", () => {
    expect(wasm(everyLeg([0, 20, 40, 60]), [{ onset: 19, duration: 5 }]).candidates).toHaveLength(3);
  });
});

describe("standing and intervals", () => {
  it("tells series, short intervals and isolated movements apart", () => {
    expect(standings(wasm(everyLeg([0, 20, 40, 60, 64, 300])))).toEqual([
      ...["in series", "in series", "in series", "in series"],
      ...["short interval", "isolated"],
    ]);
  });

  it("gives histogram, logarithms and both periodicity indices", () => {
    const { intervals } = wasm(everyLeg([0, 20, 40, 60, 63, 200]));
    expect(intervals.histogram).toHaveLength(45);
    expect([intervals.histogram[10], intervals.histogram[1], intervals.longer]).toEqual([3, 1, 1]);
    expect(intervals.logMean).toBeCloseTo(Math.log(20));
    expect(intervals.logSd).toBeCloseTo(0);
    expect(intervals.seriesShare).toBeCloseTo(4 / 6);
    expect(intervals.runShare).toBeCloseTo(3 / 5);
    const edge = wasm(everyLeg([0, 90])).intervals;
    expect([edge.histogram[44], edge.longer, edge.inside]).toEqual([1, 0, 1]);
  });

  it("says nothing of nothing", () => {
    const { intervals } = wasm([]);
    expect([intervals.logMean, intervals.seriesShare, intervals.runShare]).toEqual([NaN, NaN, NaN]);
    expect(wasm(everyLeg([5])).intervals).toMatchObject({ known: 0, seriesShare: 0, runShare: NaN });
  });
});

const KINDS = ["leg-movement", "kicking", "jerk", "startle", "indeterminate"] as const;
const LIMBS = ["left leg", "right leg", "both legs"] as const;
const anyEvents = fc.array(
  fc
    .tuple(
      fc.integer({ min: 0, max: 6000 }),
      fc.integer({ min: 2, max: 180 }),
      fc.constantFrom(...LIMBS),
      fc.constantFrom(...KINDS),
    )
    .map(([at, length, limb, kind]) => legEvent(at / 10, length / 10, limb, kind)),
  { maxLength: 40 },
);
const anyHidden = fc
  .array(fc.integer({ min: 0, max: 11 }), { maxLength: 3 })
  .map((at) => [...new Set(at)].sort((a, b) => a - b).map((i) => ({ onset: 50 * i, duration: 3 })));
const shape = ({ candidates, others, series }: SeriesReport) => ({
  candidates: candidates.map(({ standing, legs }) => [standing, legs]),
  others,
  series: series.map(({ movements }) => movements.length),
});

describe.each(RULE_SETS)("laws under $name", (rules) => {
  const read = (events: readonly LegEvent[], hidden: readonly Interval[]) =>
    describeSeries(events, hidden, rules);

  it("is the same at another time", () => {
    fc.assert(
      fc.property(anyEvents, anyHidden, fc.integer({ min: 0, max: 40_000 }), (events, hidden, shift) => {
        const move = <T extends Interval>(all: readonly T[]) =>
          all.map((one) => ({ ...one, onset: one.onset + shift }));
        expect(shape(read(move(events), move(hidden)))).toEqual(shape(read(events, hidden)));
      }),
    );
  });

  it("is the same in a mirror", () => {
    const swapped = { "left leg": "right leg", "right leg": "left leg" } as const;
    const mirror = (events: readonly LegEvent[]) =>
      events.map((one) => ({ ...one, limb: swapped[one.limb as "left leg"] ?? one.limb }));
    const blind = (report: SeriesReport) => ({
      ...shape(report),
      candidates: report.candidates.map(({ standing, onset }) => [standing, onset]),
    });
    fc.assert(
      fc.property(anyEvents, anyHidden, (events, hidden) => {
        expect(blind(read(mirror(events), hidden))).toEqual(blind(read(events, hidden)));
      }),
    );
  });

  it("is the sum of its parts where a recording is cut in a long silence", () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, (first, second) => {
        const later = second.map((one) => ({ ...one, id: `b${one.id}`, onset: one.onset + 800 }));
        const whole = shape(read([...first, ...later], []));
        const [a, b] = [shape(read(first, [])), shape(read(later, []))];
        expect(whole.others).toBe(a.others + b.others);
        expect(whole.series).toEqual([...a.series, ...b.series]);
        expect(whole.candidates).toEqual([...a.candidates, ...b.candidates]);
      }),
    );
  });

  it("counts every candidate in one place, and no fewer than four in a series", () => {
    fc.assert(
      fc.property(anyEvents, anyHidden, (events, hidden) => {
        const { candidates, series, intervals } = read(events, hidden);
        const inside = series.reduce((sum, { movements }) => sum + movements.length, 0);
        expect(inside).toBe(candidates.filter(({ standing }) => standing === "in series").length);
        for (const { movements } of series) expect(movements.length).toBeGreaterThanOrEqual(rules.fewest);
        const sum = intervals.histogram.reduce((all, n) => all + n, 0);
        expect(sum + intervals.longer).toBe(intervals.known);
        if (!Number.isNaN(intervals.runShare)) expect(intervals.runShare).toBeLessThanOrEqual(1);
      }),
    );
  });
});
