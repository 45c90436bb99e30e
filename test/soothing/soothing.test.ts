import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinIntervals } from "../../src/signal/intervals.ts";
import { describeSoothing } from "../../src/soothing/describe-soothing.ts";

const NIGHT = 36_000;
const span = (onset: number, duration: number) => ({ onset, duration });
const soothe = (carers: ReturnType<typeof span>[], onsets: number[], hidden = carers, duration = NIGHT) =>
  describeSoothing(carers, onsets, joinIntervals(hidden, 0), duration);
const every = (from: number, to: number, step: number) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);

describe("describeSoothing", () => {
  it("counts in the five minutes before and after, and says that during is not observable", () => {
    const { stays, together } = soothe([span(1000, 60)], [...every(700, 1000, 30), 1100, 1200]);
    expect(stays).toHaveLength(1);
    const [stay] = stays as [(typeof stays)[0]];
    expect(stay.before).toMatchObject({ movements: 10, observable: 300, perMinute: { rate: 2 } });
    expect(stay.during).toEqual({ movements: 0, observable: 0, duration: 60, perMinute: undefined });
    expect(stay.after).toMatchObject({ movements: 2, observable: 300, perMinute: { rate: 0.4 } });
    expect(stay.ratio!.ratio).toBeCloseTo(0.2);
    expect(stay.ratio!.to).toBeLessThan(1);
    expect(together!.ratio).toEqual(stay.ratio);
  });

  it("makes one stay of visits half a minute apart, and shares the time between two at its middle", () => {
    expect(soothe([span(1000, 60), span(1080, 20)], []).stays).toMatchObject([span(1000, 100)]);
    const { stays } = soothe([span(1000, 60), span(1260, 60)], every(1060, 1260, 20));
    expect(stays.map(({ before, after }) => [before.duration, after.duration])).toEqual([
      [300, 100],
      [100, 300],
    ]);
    expect(stays[0]!.after.movements + stays[1]!.before.movements).toBe(10);
  });

  it("gives no rate where less than a minute could be judged", () => {
    const { stays, together } = soothe([span(30, 60)], [10, 200]);
    expect(stays[0]!.before).toMatchObject({ movements: 1, observable: 30, perMinute: undefined });
    expect(stays[0]!.ratio).toBeUndefined();
    expect(together).toBeUndefined();
    const dark = soothe([span(1000, 60)], [900], [span(700, 250), span(1000, 60)]);
    expect(dark.stays[0]!.before).toMatchObject({ movements: 0, observable: 50, perMinute: undefined });
  });

  it("gives no ratio of nothing to nothing", () => {
    expect(soothe([span(1000, 60)], []).stays[0]!.ratio).toBeUndefined();
    expect(soothe([], [5])).toEqual({ stays: [], together: undefined });
  });

  it("counts no movement twice, and is the same at another time", () => {
    const carers = fc.array(
      fc
        .tuple(fc.integer({ min: 1000, max: 9000 }), fc.integer({ min: 5, max: 300 }))
        .map(([a, b]) => span(a, b)),
      { maxLength: 8 },
    );
    const onsets = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(carers, onsets, fc.integer({ min: 0, max: 10_000 }), (stays, at, shift) => {
        const here = soothe(stays, at);
        const all = here.stays.flatMap(({ before, during, after }) => [before, during, after]);
        expect(all.reduce((sum, { movements }) => sum + movements, 0)).toBeLessThanOrEqual(at.length);
        for (const { observable, duration } of all) expect(observable).toBeLessThanOrEqual(duration);
        const there = soothe(
          stays.map((one) => ({ ...one, onset: one.onset + shift })),
          at.map((onset) => onset + shift),
        );
        expect(there.stays.map(({ before, after }) => [before.movements, after.movements])).toEqual(
          here.stays.map(({ before, after }) => [before.movements, after.movements]),
        );
      }),
    );
  });
});
