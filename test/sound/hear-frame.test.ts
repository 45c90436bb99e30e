import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFourier } from "../../src/sound/fourier.ts";
import { createFrameHearing } from "../../src/sound/hear-frame.ts";
import { noise, samplesOf, voice } from "./made-sound.ts";

const hear = createFrameHearing();
const heard = (at: (time: number) => number) => hear(samplesOf(0.1, at));
const sine = (hz: number, level: number) => (time: number) => level * Math.sin(2 * Math.PI * hz * time);

describe("createFourier", () => {
  it("keeps the energy (Parseval) and finds a single line", () => {
    const fourier = createFourier(64);
    const re = Float64Array.from({ length: 64 }, (_, i) => Math.cos((2 * Math.PI * 5 * i) / 64));
    const im = new Float64Array(64);
    fourier.transform(re, im);
    expect([re[5], re[59]].map((value) => Math.round(value! * 1e9) / 1e9)).toEqual([32, 32]);
    const energy = re.reduce((sum, value, i) => sum + value * value + im[i]! * im[i]!, 0);
    expect(energy / 64).toBeCloseTo(32, 9);
  });

  it("refuses a length that is no power of two", () => {
    for (const length of [0, 1, 3, 100]) expect(() => createFourier(length)).toThrow(RangeError);
  });
});

describe("createFrameHearing", () => {
  it("finds the fundamental of a voice, whatever its overtones", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 120, max: 800, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (hz, overtones) => {
          const { pitchHz, clarity } = heard(voice(() => hz, overtones));
          expect(Math.abs(pitchHz / hz - 1)).toBeLessThan(0.015);
          expect(clarity).toBeGreaterThan(0.9);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("hears the level of a sine, in its band", () => {
    const { level, bands } = heard(sine(440, 0.1));
    // A tenth of full scale, root mean square: -23.0 dB.
    expect(level).toBeCloseTo(-23.01, 1);
    expect(bands[1]!).toBeCloseTo(level, 1);
    for (const other of [0, 2, 3]) expect(bands[other]!).toBeLessThan(level - 30);
  });

  it("adds as many decibels as the sound gets louder, and changes nothing else", () => {
    const [soft, loud] = [heard(voice(() => 400, 6, 0.02)), heard(voice(() => 400, 6, 0.2))];
    expect(loud.level - soft.level).toBeCloseTo(20, 1);
    expect(loud.pitchHz).toBeCloseTo(soft.pitchHz, 0);
    expect(loud.clarity).toBeCloseTo(soft.clarity, 2);
  });

  it("finds no clear period in noise, and none in silence", () => {
    for (const seed of [1, 2, 3, 4]) expect(heard(noise(0.1, seed)).clarity).toBeLessThan(0.45);
    expect(heard(() => 0)).toMatchObject({ pitchHz: NaN, clarity: 0 });
    expect(heard(() => 0).level).toBeLessThan(-100);
  });

  it("does not hear hum and thumps", () => {
    expect(heard(sine(50, 0.5)).level).toBeLessThan(-45);
    const over = heard((time) => sine(50, 0.5)(time) + voice(() => 400, 8, 0.05)(time));
    expect(over.pitchHz).toBeGreaterThan(390);
  });
});
