import { describe, expect, it } from "vitest";
import { findRepeats } from "../../src/survey/repeated-pictures.ts";
import type { SurveyFrames } from "../../src/survey/survey.ts";
import { seededRandom } from "../signal/seeded-random.ts";

/** Frames of 25 a second whose busiest blocks change by what is said, above a little noise. */
function framesOf(seconds: number, changeAt: (i: number, random: () => number) => number): SurveyFrames {
  const count = seconds * 25;
  const random = seededRandom(5);
  const zeros = new Float32Array(count);
  return {
    time: Float64Array.from({ length: count }, (_, i) => i / 25),
    ...{ brightness: zeros, noise: zeros, lightShift: zeros, changedShare: zeros },
    energy: Float32Array.from({ length: count }, (_, i) => changeAt(i, random)),
  };
}

const still = (random: () => number) => 0.1 + 0.3 * random();
const moving = (random: () => number) => 20 + 60 * random();

describe("an even pattern of repeats", () => {
  it.each([
    [12.5, 2],
    [20, 1.25],
    [15, 5 / 3],
    [25 / 3, 3],
  ])("is found while something moves: %s pictures a second", (rate, ratio) => {
    const isNew = (i: number) => Math.floor((i + 1) / ratio) !== Math.floor(i / ratio);
    const frames = framesOf(120, (i, random) => (i % 500 < 250 && isNew(i) ? moving(random) : still(random)));
    const { pictureRate, times, frozen } = findRepeats(frames);
    expect(Math.abs(pictureRate! / rate - 1)).toBeLessThan(0.06);
    expect(times.length).toBeGreaterThan(0.9 * 1500 * (1 - 1 / ratio) - 30);
    for (const time of times) expect(isNew(Math.round(time * 25))).toBe(false);
    expect(frozen).toEqual([]);
  });

  it.each<[string, (i: number, random: () => number) => number]>([
    ["movement", (_, random) => moving(random)],
    ["frames that repeat by chance", (_, random) => (random() < 0.2 ? 0.1 + 0.1 * random() : moving(random))],
    ["stillness stored every other frame", (i, random) => (i % 2 === 0 ? 0 : still(random))],
    ["kicks with pauses", (i, random) => (i % 30 < 9 ? moving(random) : still(random))],
    [
      "a shaking of 4.7 a second",
      (i, random) => 40 * Math.abs(Math.sin((Math.PI * 4.7 * i) / 25)) + random(),
    ],
  ])("is not found in %s", (_, changeAt) => {
    expect(findRepeats(framesOf(120, changeAt))).toMatchObject({
      pictureRate: undefined,
      times: { length: 0 },
    });
  });

  it("is not told of after a few seconds of movement only", () => {
    const short = framesOf(60, (i, random) => (i < 375 && i % 2 === 0 ? moving(random) : still(random)));
    expect(findRepeats(short).pictureRate).toBeUndefined();
  });
});

describe("a frozen picture", () => {
  it("is found where stillness has noise otherwise", () => {
    const frames = framesOf(120, (i, random) => (i > 1000 && i <= 1100 ? 0 : still(random)));
    expect(findRepeats(frames).frozen).toEqual([{ onset: 40, duration: expect.closeTo(4.04, 6) }]);
  });

  it("is none where the codec stores stillness as repeats, nor for a moment", () => {
    const coded = framesOf(120, (i, random) => (i % 75 > 5 ? 0 : still(random)));
    const moment = framesOf(120, (i, random) => (i > 1000 && i <= 1030 ? 0 : still(random)));
    const painted = framesOf(120, () => 0);
    for (const frames of [coded, moment, painted]) expect(findRepeats(frames).frozen).toEqual([]);
  });

  it("is none in a recording without frames", () => {
    expect(findRepeats(framesOf(0, () => 0))).toMatchObject({ pictureRate: undefined, frozen: [] });
  });
});
