import { describe, expect, it } from "vitest";
import { endOf } from "../../src/signal/intervals.ts";
import { detectLightChanges } from "../../src/survey/light-changes.ts";
import { mergeParts } from "../../src/survey/merge-parts.ts";
import { Surveyor } from "../../src/survey/surveyor.ts";
import { type Film, film, HEIGHT, WIDTH } from "./synthetic-frames.ts";

function lightsOf(scene: Film) {
  const surveyor = new Surveyor(WIDTH, HEIGHT, 0.5);
  for (const { frame, isKey } of film(scene)) surveyor.add(frame, isKey);
  const { frames, map } = mergeParts([surveyor.finish()]);
  return detectLightChanges(frames, map);
}

describe("detectLightChanges", () => {
  it("finds no light in noise", () => {
    expect(lightsOf({ frames: 100, noise: 4 })).toEqual([]);
    expect(lightsOf({ frames: 0 })).toEqual([]);
  });

  it("finds a lamp that is switched on, at its moment and with its strength", () => {
    for (const shift of [-40, 6, 60]) {
      const [change, ...more] = lightsOf({ frames: 100, light: (time) => (time >= 5 ? shift : 0) });
      expect(more).toEqual([]);
      expect(Math.abs(change!.onset - 5)).toBeLessThan(0.15);
      expect(endOf(change!)).toBeGreaterThanOrEqual(5);
      expect(endOf(change!)).toBeLessThan(6.2);
      expect(Math.abs(change!.shift - shift)).toBeLessThan(1 + 0.1 * Math.abs(shift));
    }
  });

  it("finds a lamp on a key frame too", () => {
    const lights = lightsOf({ frames: 100, keyEvery: 10, light: (time) => (time >= 5 ? 30 : 0) });
    expect(lights).toHaveLength(1);
  });

  it("finds light that creeps, from its beginning to its end", () => {
    const ramp = (time: number) => 5 * Math.min(6, Math.max(0, time - 4));
    const lights = lightsOf({ frames: 150, light: ramp });
    expect(lights).toHaveLength(1);
    expect(Math.abs(lights[0]!.onset - 4)).toBeLessThan(1);
    expect(Math.abs(endOf(lights[0]!) - 10)).toBeLessThan(1);
    expect(Math.abs(lights[0]!.shift - 30)).toBeLessThan(6);
  });

  it("keeps two switches apart, and joins the flicker of one", () => {
    const twice = (time: number) => (time >= 4 && time < 7 ? 30 : 0);
    expect(lightsOf({ frames: 120, light: twice })).toHaveLength(2);
    const flicker = (time: number) => (time >= 4 && time < 6 ? 30 * (Math.floor(time * 10) % 2) : 0);
    expect(lightsOf({ frames: 120, light: flicker })).toHaveLength(1);
  });

  it("does not take a bright body that moves across half the picture for light", () => {
    const body = (time: number) => 2 + 40 * Math.abs(Math.sin(time));
    expect(lightsOf({ frames: 150, body, noise: 2 })).toEqual([]);
    const sudden = (time: number) => (time > 5 ? 40 : 4);
    expect(lightsOf({ frames: 100, body: sudden, noise: 2 })).toEqual([]);
  });

  it("does not take a bright body that comes into view for light", () => {
    expect(lightsOf({ frames: 100, body: (time) => (time > 5 ? 20 : undefined), noise: 2 })).toEqual([]);
  });
});
