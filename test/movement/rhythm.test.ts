import { describe, expect, it } from "vitest";
import { countCycles } from "../../src/movement/cycles.ts";
import { rhythm, strokes } from "../events/motions.ts";
import { type Scene, syntheticSpan } from "../events/synthetic-span.ts";
import { frameTimes } from "../signal/sampled-sine.ts";

const middle = (values: Float32Array) => values[values.length >> 1]!;
const fastOf = (scene: Scene) => syntheticSpan(scene).limbs.leftLeg.fastRhythm;

describe("trackRhythm", () => {
  it("follows the frequency and amplitude of a steady tremor, seen by both witnesses", () => {
    const track = fastOf({ duration: 9, move: { leftLeg: rhythm(0.05, 5.3, 0, 9) } });
    expect(middle(track.frequencyHz)).toBeCloseTo(5.3, 1);
    expect(middle(track.secondHz)).toBeCloseTo(5.3, 1);
    expect(middle(track.concentration)).toBeGreaterThan(0.95);
    expect(middle(track.amplitude)).toBeGreaterThan(0.045);
    expect(middle(track.amplitude)).toBeLessThan(0.05);
  });

  it("follows a frequency that rises", () => {
    const chirp = (time: number) => 0.05 * Math.sin(2 * Math.PI * (4 * time + 0.1 * time * time));
    const { time, frequencyHz } = fastOf({ duration: 12, move: { leftLeg: chirp } });
    for (const [i, at] of time.entries()) {
      if (at > 2 && at < 10) expect(Math.abs(frequencyHz[i]! - (4 + 0.2 * at))).toBeLessThan(0.15);
    }
  });

  it("finds little concentration in uneven kicks and in noise", () => {
    const kicks = fastOf({
      duration: 10,
      move: { leftLeg: strokes(0.5, 0.4, [1, 1.9, 3.7, 4.4, 6.4, 7.2, 8.7]) },
    });
    const noise = fastOf({ duration: 10 });
    for (const track of [kicks, noise]) expect(middle(track.concentration)).toBeLessThan(0.6);
  });

  it("is missing where the limb is", () => {
    const track = fastOf({ duration: 6, seesLegs: false });
    expect([...track.frequencyHz].every(Number.isNaN)).toBe(true);
    expect(fastOf({ duration: 0.2 }).time.length).toBeLessThan(2);
  });
});

describe("countCycles", () => {
  const time = frameTimes({ rate: 30, duration: 10 });
  const along = (velocity: (t: number) => number) => [
    Float32Array.from(time, (t) => 0.6 * velocity(t)),
    Float32Array.from(time, (t) => 0.8 * velocity(t)),
  ];
  const count = (velocity: (t: number) => number) => countCycles(time, along(velocity), 0, time.length);

  it("counts whole cycles of an even swing, which do not vary", () => {
    const cycles = count((t) => Math.sin(2 * Math.PI * 1.5 * t));
    expect(Math.abs(cycles.count - 14)).toBeLessThanOrEqual(1);
    expect(cycles.periodVariation).toBeLessThan(0.02);
    expect(cycles.amplitudeVariation).toBeLessThan(0.05);
    expect(cycles.asymmetry).toBeLessThan(0.05);
  });

  it("tells a sawtooth from a sine", () => {
    const sawtooth = (t: number) => ((t * 1.5) % 1 < 0.25 ? 3 : -1);
    expect(count(sawtooth).asymmetry).toBeGreaterThan(0.3);
  });

  it("does not count noise around a standstill", () => {
    const hesitant = (t: number) => Math.sin(2 * Math.PI * 1 * t) + 0.1 * Math.sin(2 * Math.PI * 11 * t);
    expect(Math.abs(count(hesitant).count - 9)).toBeLessThanOrEqual(1);
  });

  it("finds uneven periods uneven", () => {
    const uneven = (t: number) => Math.sin(2 * Math.PI * (t + 0.35 * Math.sin(1.3 * t) * 2));
    expect(count(uneven).periodVariation).toBeGreaterThan(0.15);
  });

  it("counts nothing in nothing", () => {
    expect(
      countCycles(
        time,
        along(() => NaN),
        0,
        time.length,
      ).count,
    ).toBe(0);
    expect(countCycles(time, [], 0, 0).count).toBe(0);
  });
});
