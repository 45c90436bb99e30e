import { describe, expect, it } from "vitest";
import { BLOCK_SIZE } from "../../src/survey/block-change.ts";
import { mergeParts } from "../../src/survey/merge-parts.ts";
import { decodeChange } from "../../src/survey/survey.ts";
import { Surveyor, type SurveyPart } from "../../src/survey/surveyor.ts";
import { type Film, film, HEIGHT, WIDTH } from "./synthetic-frames.ts";

function survey(scene: Film): SurveyPart {
  const surveyor = new Surveyor(WIDTH, HEIGHT, 0.5);
  for (const { frame, isKey } of film(scene)) surveyor.add(frame, isKey);
  return mergeParts([surveyor.finish()]);
}

describe("Surveyor", () => {
  it("leaves one row per frame and one bin per half second", () => {
    const { frames, map, firstBin } = survey({ frames: 33 });
    expect(frames.time).toHaveLength(33);
    expect(map).toMatchObject({ bins: 7, columns: WIDTH / BLOCK_SIZE, rows: HEIGHT / BLOCK_SIZE });
    expect(map.data).toHaveLength(7 * 8 * 6);
    expect(map.level).toHaveLength(map.data.length);
    expect(firstBin).toBe(0);
  });

  it("tells noise from motion", () => {
    const body = (time: number) => (time >= 3 && time < 4 ? 10 + 20 * Math.sin(40 * time) ** 2 : 10);
    const { frames } = survey({ frames: 70, body, noise: 2 });
    // Two independent readings of noise differ by 2 * 2 / sqrt(pi) on average.
    for (const noise of frames.noise) expect(Math.abs(noise - 2.26)).toBeLessThan(0.35);
    for (const [i, energy] of frames.energy.entries()) {
      if (i > 31 && i < 40) expect(energy).toBeGreaterThan(3);
      if (i < 29 || i > 42) expect(energy).toBeLessThan(1);
    }
  });

  it("shows in the map where it moved, and what the blocks look like", () => {
    const body = (time: number) => (time < 2 ? 8 : time < 2.5 ? 8 + 16 * ((time * 10) % 2) : 8);
    const { map } = survey({ frames: 50, body, noise: 0 });
    const at = (bin: number, column: number, row: number) => (bin * map.rows + row) * map.columns + column;
    expect(decodeChange(map.data[at(4, 1, 3)]!)).toBeGreaterThan(10);
    expect(map.data[at(4, 7, 5)]).toBe(0);
    expect(map.data[at(1, 1, 3)]).toBe(0);
    expect(map.level[at(1, 1, 2)]).toBeGreaterThan(150);
    expect(map.level[at(1, 6, 2)]).toBeLessThan(120);
  });

  it("tells a lamp from motion", () => {
    const { frames, map } = survey({
      frames: 60,
      light: (time) => (time >= 3 ? 25 : 0),
      noise: 0,
      keyEvery: 999,
    });
    expect(frames.lightShift[30]).toBeCloseTo(25, 0);
    expect(frames.brightness[59]! - frames.brightness[0]!).toBeCloseTo(25, 0);
    expect(frames.energy[30]).toBeLessThan(1);
    expect(Math.max(...map.data)).toBe(0);
  });

  it("counts key frames for the light only", () => {
    const normal = survey({ frames: 40, noise: 0, keyEvery: 999 });
    const scene: Film = { frames: 40, noise: 0, keyEvery: 10 };
    const surveyor = new Surveyor(WIDTH, HEIGHT, 0.5);
    for (const { frame, isKey } of film(scene)) {
      // The codec draws a key frame afresh: every pixel of it differs a little.
      const data = isKey ? frame.data.map((level, i) => level + (i % 3)) : frame.data;
      surveyor.add({ ...frame, data }, isKey);
    }
    const part = mergeParts([surveyor.finish()]);
    expect(part.frames.time).toEqual(normal.frames.time);
    // The change out of a key frame counts, the one into it does not.
    for (const i of [10, 20, 30]) expect(part.frames.noise[i]).toBe(part.frames.noise[i - 1]);
  });

  it("codes a gap as no change, with the last picture seen", () => {
    const { map, frames } = survey({ frames: 60, lost: (i) => i >= 20 && i < 40 });
    const blocks = map.columns * map.rows;
    const bins = (values: Uint8Array, bin: number) => values.subarray(bin * blocks, (bin + 1) * blocks);
    expect(map.bins).toBe(12);
    expect(frames.time).toHaveLength(40);
    for (const bin of [4, 5, 6, 7]) {
      expect(Math.max(...bins(map.data, bin))).toBe(0);
      expect(bins(map.level, bin)).toEqual(bins(map.level, 3));
    }
  });

  it("makes an empty part of no frames", () => {
    const part = new Surveyor(WIDTH, HEIGHT, 0.5).finish();
    expect(part.frames.time).toHaveLength(0);
    expect(part.map.bins).toBe(0);
  });

  it("keeps no frame it was given", () => {
    const [first, second, third] = film({ frames: 3 });
    const clean = new Surveyor(WIDTH, HEIGHT, 0.5);
    const reused = new Surveyor(WIDTH, HEIGHT, 0.5);
    const data = new Uint8Array(first!.frame.data.length);
    for (const { frame } of [first!, second!, third!]) {
      clean.add(frame, false);
      data.set(frame.data);
      reused.add({ ...frame, data }, false);
    }
    expect(reused.finish()).toEqual(clean.finish());
  });
});
