import { describe, expect, it } from "vitest";
import { rhythm, strokes } from "../events/motions.ts";
import { type Scene, syntheticSpan } from "../events/synthetic-span.ts";

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
