import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOf } from "../../src/signal/intervals.ts";
import { createMotionTest, findActiveSpans, quietScore } from "../../src/survey/active-spans.ts";
import { motionMap } from "./motion-map.ts";

const OPTIONS = { motionFactor: 3, preRoll: 2, postRoll: 2, longest: 600 };

/** Scores at rest with peaks at some bins. */
function scores(bins: number, peaks: readonly number[]): Float32Array {
  return Float32Array.from({ length: bins }, (_, bin) => (peaks.includes(bin) ? 40 : 1));
}

function spans(score: Float32Array, end: number, options = OPTIONS) {
  return findActiveSpans(score, 0.5, end, options).map(({ onset, duration }) => [onset, onset + duration]);
}

describe("findActiveSpans", () => {
  it("adds what came before and after", () => {
    expect(spans(scores(100, [40, 41]), 50)).toEqual([[18, 23]]);
  });

  it("joins what lies closer than both rolls", () => {
    expect(spans(scores(100, [20, 28]), 50)).toEqual([[8, 16.5]]);
    expect(spans(scores(100, [20, 31]), 50)).toEqual([
      [8, 12.5],
      [13.5, 18],
    ]);
  });

  it("never leaves the recording", () => {
    expect(spans(scores(100, [0, 99]), 49.7)).toEqual([
      [0, 2.5],
      [47.5, 49.7],
    ]);
  });

  it("cuts long spans into even pieces", () => {
    const found = spans(new Float32Array(100).fill(60), 50, { ...OPTIONS, longest: 20 });
    expect(found).toHaveLength(3);
    expect(found[0]![0]).toBe(0);
    expect(found[2]![1]).toBeCloseTo(50, 9);
    for (const [from, to] of found) expect(to! - from!).toBeCloseTo(50 / 3, 9);
  });

  it("finds nothing at rest, nor in no recording", () => {
    expect(spans(scores(100, []), 50)).toEqual([]);
    expect(spans(new Float32Array(), 0)).toEqual([]);
  });

  it("covers every bin that moves, in order and without overlap, whatever the scores", () => {
    const score = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 1, maxLength: 80 });
    const longest = fc.integer({ min: 10, max: 40 });
    fc.assert(
      fc.property(score, longest, fc.integer({ min: 0, max: 5 }), (values, most, roll) => {
        const own = Float32Array.from(values);
        const options = { motionFactor: 3, preRoll: roll, postRoll: roll, longest: most };
        const end = own.length * 0.5;
        const found = findActiveSpans(own, 0.5, end, options);
        let last = 0;
        for (const span of found) {
          expect(span.onset).toBeGreaterThanOrEqual(last - 1e-9);
          expect(span.duration).toBeLessThanOrEqual(most + 1e-9);
          expect(span.duration).toBeGreaterThan(0);
          last = endOf(span);
        }
        expect(last).toBeLessThanOrEqual(end + 1e-9);
        const limit = 3 * quietScore(own);
        for (const [bin, value] of own.entries()) {
          const middle = (bin + 0.5) * 0.5;
          const isCovered = found.some((span) => span.onset <= middle && endOf(span) >= middle);
          if (value >= limit) expect(isCovered).toBe(true);
        }
      }),
    );
  });

  it("keeps the highest score of a span", () => {
    const score = scores(100, [20, 21]);
    score[21] = 70;
    expect(findActiveSpans(score, 0.5, 50, OPTIONS)[0]!.peakScore).toBe(70);
  });
});

describe("quietScore", () => {
  it("is that of the calmest quarter, within bounds", () => {
    expect(quietScore(Float32Array.from([6, 90, 90, 90, 90]))).toBeGreaterThanOrEqual(6);
    expect(quietScore(new Float32Array(50).fill(8))).toBe(8);
    expect(quietScore(new Float32Array(50))).toBe(4);
    expect(quietScore(new Float32Array(50).fill(99))).toBe(14);
    expect(quietScore(new Float32Array())).toBe(4);
  });
});

describe("createMotionTest", () => {
  it("says of each moment what the survey saw, and no beyond the recording", () => {
    const map = motionMap({ duration: 50, columns: 1, rows: 1 });
    const isMoving = createMotionTest({ score: scores(100, [40]), map }, 3);
    expect([19.9, 20, 20.4, 20.5, 999, -1].map(isMoving)).toEqual([false, true, true, false, false, false]);
  });
});
