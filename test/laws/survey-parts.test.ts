import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeParts } from "../../src/survey/merge-parts.ts";
import { Surveyor, type SurveyPart } from "../../src/survey/surveyor.ts";
import { type FilmedFrame, film, HEIGHT, WIDTH } from "../survey/synthetic-frames.ts";

/** A film with everything in it: motion, noise, a lamp, a gap, and bins that no key frame respects. */
const FILM = film({
  frames: 150,
  rate: 12,
  noise: 2,
  keyEvery: 9,
  light: (time) => (time > 7 ? 20 : 0),
  body: (time) => (time > 3 && time < 5 ? 5 + 20 * Math.sin(9 * time) ** 2 : 5),
  lost: (i) => i > 100 && i < 118,
});
const KEYS = FILM.map(({ isKey }, i) => (isKey ? i : -1)).filter((i) => i > 0);

/** Surveys frames `from` to `to`, starting the comparison with the frame before. */
function surveyPart(frames: readonly FilmedFrame[], from: number, to: number): SurveyPart {
  const surveyor = new Surveyor(WIDTH, HEIGHT, 0.5, frames[from]!.frame.time);
  for (const { frame, isKey } of frames.slice(Math.max(0, from - 1), to)) surveyor.add(frame, isKey);
  return surveyor.finish();
}

function surveyInParts(cuts: readonly number[]): SurveyPart {
  const edges = [0, ...cuts, FILM.length];
  return mergeParts(edges.slice(1).map((to, i) => surveyPart(FILM, edges[i]!, to)));
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

const WHOLE = surveyInParts([]);

describe("a survey in parts", () => {
  it("is the survey of the whole, wherever it is cut", () => {
    fc.assert(
      fc.property(fc.subarray(KEYS), (cuts) => {
        const merged = surveyInParts(cuts);
        expect(merged.map.bins).toBe(WHOLE.map.bins);
        expect(merged.firstBin).toBe(WHOLE.firstBin);
        expect(farthest(merged.map.data, WHOLE.map.data)).toBeLessThanOrEqual(1);
        expect(farthest(merged.map.level, WHOLE.map.level)).toBeLessThanOrEqual(1);
        for (const column of ["time", "brightness", "noise", "energy", "lightShift"] as const) {
          expect(farthest(merged.frames[column], WHOLE.frames[column])).toBe(0);
        }
        // The usual noise it is held against is learnt anew in each part.
        expect(farthest(merged.frames.changedShare, WHOLE.frames.changedShare)).toBeLessThan(0.1);
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  it("of one part is that part", () => {
    const part = surveyPart(FILM, 0, 50);
    const merged = mergeParts([part]);
    expect(merged.map).toEqual(part.map);
    expect(merged.frames.time).toEqual(part.frames.time);
    expect([...merged.frames.noise].some(Number.isNaN)).toBe(false);
  });

  it("needs at least one part", () => {
    expect(() => mergeParts([])).toThrow(RangeError);
  });
});
