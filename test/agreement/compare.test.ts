import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeBlandAltman } from "../../src/agreement/bland-altman.ts";
import { computeKappa } from "../../src/agreement/cohen-kappa.ts";
import { COMPARE_DEFAULTS, compareAnnotations } from "../../src/agreement/compare-annotations.ts";

const event = fc.record({
  onset: fc.integer({ min: 0, max: 3000 }),
  duration: fc.integer({ min: 1, max: 40 }),
  kind: fc.constantFrom("kicking", "jerk", "tremor-like"),
});
const events = fc.array(event, { maxLength: 20 });
const compare = (first: readonly { onset: number; duration: number; kind: string }[], second: typeof first) =>
  compareAnnotations([{ first, second, duration: 3600 }], COMPARE_DEFAULTS);

describe("comparing two views", () => {
  it("finds nothing to argue about in one view twice", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(event, { maxLength: 12, selector: ({ onset }) => Math.floor(onset / 50) }),
        (own) => {
          const { kinds } = compare(own, own);
          for (const kind of kinds) {
            expect(kind).toMatchObject({
              precision: 1,
              recall: 1,
              f1: 1,
              onset: { median: 0 },
              duration: { median: 0 },
            });
          }
        },
      ),
    );
  });

  it("has precision for recall when the views change places, and the same F1 and kappa", () => {
    fc.assert(
      fc.property(events, events, (first, second) => {
        const [there, back] = [compare(first, second), compare(second, first)];
        for (const one of there.kinds) {
          const other = back.kinds.find(({ kind }) => kind === one.kind)!;
          expect([one.precision, one.recall, one.f1]).toEqual([other.recall, other.precision, other.f1]);
          expect(one.epochs).toEqual(other.epochs);
        }
      }),
    );
  });

  it("counts every event of both once, in what one calls what", () => {
    fc.assert(
      fc.property(events, events, (first, second) => {
        const { confusion } = compare(first, second);
        const sum = (rows: typeof confusion) => rows.reduce((all, { count }) => all + count, 0);
        expect(sum(confusion.filter((row) => row.first !== "nothing"))).toBe(first.length);
        expect(sum(confusion.filter((row) => row.second !== "nothing"))).toBe(second.length);
      }),
    );
  });

  it("tells how far onsets and lengths lie apart", () => {
    const { any } = compare(
      [{ onset: 100, duration: 10, kind: "kicking" }],
      [{ onset: 101, duration: 12, kind: "jerk" }],
    );
    expect(any).toMatchObject({ both: 1, onset: { median: 1 }, duration: { median: 2 } });
  });
});

describe("Cohen's kappa", () => {
  it("is the textbook's 0.4 of 50 answers", () => {
    const answers = (...counts: readonly number[]) => counts.flatMap((count, i) => new Array(count).fill(i));
    // Yes and yes 20, yes and no 5, no and yes 10, no and no 15.
    const { kappa, same } = computeKappa(answers(25, 25), [...answers(20, 5), ...answers(10, 15)]);
    expect([same, kappa]).toEqual([expect.closeTo(0.7, 12), expect.closeTo(0.4, 12)]);
  });

  it("is not known where one answer only was ever given", () => {
    expect(computeKappa([0, 0, 0], [0, 0, 0])).toMatchObject({ kappa: NaN, same: 1 });
  });
});

describe("bias and limits of agreement", () => {
  it("follow from mean and deviation of the differences", () => {
    const found = computeBlandAltman([1, 2, 3, 4, 5].map((value) => [10, 10 + value] as const));
    expect(found).toMatchObject({ pairs: 5, bias: 3 });
    const deviation = Math.sqrt(2.5);
    expect(found.limits.from).toBeCloseTo(3 - 1.96 * deviation, 12);
    expect(found.upper95.to).toBeCloseTo(
      3 + 1.96 * deviation + 1.96 * deviation * Math.sqrt(1 / 5 + 1.96 ** 2 / 8),
      12,
    );
  });

  it("move with a shift of one side, and no wider", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(pairs, fc.integer({ min: -50, max: 50 }), (own, shift) => {
        const [before, after] = [own, own.map(([a, b]) => [a, b + shift] as const)].map(computeBlandAltman);
        expect(after!.bias - before!.bias).toBeCloseTo(shift, 6);
        expect(after!.limits.to - after!.limits.from).toBeCloseTo(before!.limits.to - before!.limits.from, 6);
      }),
    );
  });
});
