import { describe, expect, it } from "vitest";
import { scoreMotion } from "../../src/survey/motion-score.ts";
import { seededRandom } from "../signal/seeded-random.ts";
import { type DrawnMap, motionMap } from "./motion-map.ts";

/** The map of a bed with noise about one gray level, and whatever else moves. */
function noisyMap(extra: DrawnMap["change"] = () => 0, duration = 120, seed = 1) {
  const random = seededRandom(seed);
  const change = (time: number, column: number, row: number) =>
    1 + 0.1 * (random() - 0.5) + extra!(time, column, row);
  return motionMap({ duration, change, columns: 20, rows: 15 });
}

const most = (values: Float32Array) => values.reduce((a, b) => Math.max(a, b), 0);
const at = (score: Float32Array, time: number) => score[Math.floor(time / 0.5)]!;

describe("scoreMotion", () => {
  it("is low at rest", () => {
    expect(most(scoreMotion(noisyMap(), []))).toBeLessThan(3);
  });

  it("rises where a few blocks change a little more", () => {
    const tremor = (time: number, column: number, row: number) =>
      time >= 60 && time < 65 && column > 8 && column < 12 && row === 7 ? 0.6 : 0;
    const score = scoreMotion(noisyMap(tremor), []);
    expect(at(score, 62)).toBeGreaterThan(6);
    expect(at(score, 40)).toBeLessThan(3);
    expect(at(score, 80)).toBeLessThan(3);
  });

  it("stays low for blocks that are always busy", () => {
    const clock = (_: number, column: number, row: number) => (column > 16 && row < 2 ? 12 : 0);
    expect(most(scoreMotion(noisyMap(clock), []))).toBeLessThan(3);
    const random = seededRandom(3);
    const fan = (_: number, column: number) => (column > 16 ? 8 + 4 * random() : 0);
    expect(most(scoreMotion(noisyMap(fan), []))).toBeLessThan(8);
  });

  it("does not let a single restless block speak for the infant", () => {
    const one = (time: number, column: number, row: number) =>
      column === 3 && row === 3 && time > 60 && time < 62 ? 0.4 : 0;
    expect(most(scoreMotion(noisyMap(one), []))).toBeLessThan(6);
  });

  it("says nothing within a change of light", () => {
    const lamp = (time: number) => (time >= 60 && time < 60.5 ? 40 : 0);
    const without = scoreMotion(noisyMap(lamp), []);
    expect(at(without, 60)).toBeGreaterThan(20);
    const change = { onset: 60, duration: 0.4, shift: 40, isSudden: true };
    expect(most(scoreMotion(noisyMap(lamp), [change]))).toBeLessThan(3);
  });

  it("says nothing within a change of light at either end of the recording", () => {
    const lamp = (time: number) => (time < 0.5 || time > 119.5 ? 40 : 0);
    const changes = [0, 119.6].map((onset) => ({ onset, duration: 0.4, shift: 40, isSudden: true }));
    expect(most(scoreMotion(noisyMap(lamp), changes))).toBeLessThan(3);
  });

  it("follows noise that differs between the halves of a night", () => {
    const dusk = (time: number) => (time < 1200 ? 1 : 0);
    const score = scoreMotion(noisyMap(dusk, 2400), []);
    expect(score.filter((value) => value > 12).length).toBeLessThan(0.01 * score.length);
  });

  it("hears a restless quarter of an hour that a still night surrounds", () => {
    const restless = (time: number, column: number) =>
      time >= 600 && time < 1200 && column > 8 && column < 12 ? 2 : 0;
    const score = scoreMotion(noisyMap(restless, 1800), []);
    expect(at(score, 900)).toBeGreaterThan(12);
    expect(at(score, 300)).toBeLessThan(4);
  });

  it("says nothing of nothing", () => {
    expect(scoreMotion(motionMap({ duration: 0 }), [])).toHaveLength(0);
    expect(most(scoreMotion(motionMap({ duration: 10 }), []))).toBe(0);
  });
});
