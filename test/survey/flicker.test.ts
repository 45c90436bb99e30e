import { describe, expect, it } from "vitest";
import { detectFlicker } from "../../src/survey/flicker.ts";
import type { SurveyFrames } from "../../src/survey/survey.ts";
import { seededNormal } from "../signal/seeded-random.ts";

/** Frames of a picture whose light goes as told. */
function framesOf(light: (time: number) => number, duration = 30, rate = 20): SurveyFrames {
  const time = Float64Array.from({ length: duration * rate }, (_, i) => i / rate);
  const noise = seededNormal(3);
  const flat = new Float32Array(time.length);
  const lightShift = Float32Array.from(time, (at, i) =>
    i === 0 ? 0 : light(at) - light(time[i - 1]!) + 0.05 * noise(),
  );
  return { time, brightness: flat, noise: flat, energy: flat, changedShare: flat, lightShift };
}

const during = (from: number, to: number, value: (time: number) => number) => (time: number) =>
  time >= from && time < to ? value(time) : 0;

describe("detectFlicker", () => {
  it("finds an even beat with its frequency and time", () => {
    for (const hz of [0.7, 1.3, 2.3, 5]) {
      const found = detectFlicker(framesOf(during(5, 20, (t) => 3 * Math.sin(2 * Math.PI * hz * (t - 5)))));
      expect(found).toHaveLength(1);
      expect(Math.abs(found[0]!.frequencyHz - hz)).toBeLessThan(0.1 * hz);
      expect(Math.abs(found[0]!.onset - 5)).toBeLessThan(1);
      expect(Math.abs(found[0]!.onset + found[0]!.duration - 20)).toBeLessThan(1.5);
    }
  });

  it("finds none in noise, in a lamp that is switched, in light that creeps, and in nothing", () => {
    expect(detectFlicker(framesOf(() => 0))).toEqual([]);
    expect(detectFlicker(framesOf((t) => (t > 10 ? 40 : 0)))).toEqual([]);
    expect(detectFlicker(framesOf((t) => 2 * t))).toEqual([]);
    expect(detectFlicker(framesOf(during(4, 6, (t) => 3 * Math.sin(2 * Math.PI * 1.2 * t))))).toEqual([]);
    expect(detectFlicker(framesOf(() => 0, 0))).toEqual([]);
  });
});
