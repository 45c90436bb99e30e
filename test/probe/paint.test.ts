import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MovementPainter, sampleCubic } from "../../src/probe/paint.ts";
import { PAINTED, turnOf } from "../../src/probe/trials.ts";
import { seededRandom } from "../signal/seeded-random.ts";

const [WIDTH, HEIGHT] = [80, 60];
const LEVER = { joint: [40, 20], tip: [40, 40], radius: 5, fade: 8 } as const;

/** A picture of noise. */
function noise(seed: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: WIDTH * HEIGHT }, () => Math.floor(256 * random()));
}

function paint(picture: Uint8Array, turn: number, scale = 1): Uint8Array {
  const painted = Uint8Array.from(picture);
  const painter = new MovementPainter(LEVER, () => turn, { width: WIDTH, height: HEIGHT, scale });
  painter.paint(painted, WIDTH, HEIGHT, 0);
  return painted;
}

describe("painting a movement", () => {
  it("changes nothing while the leg is at rest", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(paint(noise(seed), 0)).toEqual(noise(seed));
      }),
    );
  });

  it("changes nothing beyond the leg and what gives way around it", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: -0.3, max: 0.3, noNaN: true }), (seed, turn) => {
        const [before, after] = [noise(seed), paint(noise(seed), turn)];
        for (let y = 0; y < HEIGHT; y++)
          for (let x = 0; x < WIDTH; x++) {
            const along = Math.min(40, Math.max(20, y));
            if (Math.hypot(x - 40, y - along) >= 13) expect(after[y * WIDTH + x]).toBe(before[y * WIDTH + x]);
          }
      }),
      { numRuns: 20 },
    );
  });

  it("moves the tip by the arc that was asked for", () => {
    // A slope of gray to the right: a shift of the leg shows as a change of gray.
    const slope = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => 3 * (i % WIDTH));
    const turn = 2 / 20;
    const at = 40 * WIDTH + 40;
    const [before, after] = [slope[at]!, paint(slope, turn)[at]!];
    expect(Math.abs(after - before) / 3).toBeCloseTo(2, 0);
  });
});

describe("sampling between pixels", () => {
  it("gives a pixel's own value at its own place", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), (seed, x, y) => {
        const picture = noise(seed);
        expect(sampleCubic(picture, WIDTH, HEIGHT, x, y)).toBe(picture[y * WIDTH + x]);
      }),
    );
  });

  it("is exact on a slope, wherever it is asked", () => {
    const slope = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % WIDTH) + Math.floor(i / WIDTH));
    const inside = { noNaN: true, min: 2 };
    fc.assert(
      fc.property(
        fc.double({ ...inside, max: WIDTH - 4 }),
        fc.double({ ...inside, max: HEIGHT - 4 }),
        (x, y) => {
          expect(Math.abs(sampleCubic(slope, WIDTH, HEIGHT, x, y) - (x + y))).toBeLessThanOrEqual(0.5001);
        },
      ),
    );
  });
});

describe("the turn of a trial", () => {
  it("is rest outside of the painted time, and never wider than asked", () => {
    const trials = fc.oneof(
      fc.record({
        kind: fc.constant("tremor-like" as const),
        sizePx: fc.double({ min: 0.1, max: 8, noNaN: true }),
        frequencyHz: fc.double({ min: 3, max: 12, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant("kicking" as const),
        sizePx: fc.double({ min: 1, max: 40, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(trials, fc.double({ min: 0, max: 14, noNaN: true }), (trial, time) => {
        const turn = turnOf(trial, LEVER)(time);
        if (time <= PAINTED.onset || time >= PAINTED.onset + PAINTED.duration) expect(turn).toBe(0);
        expect(Math.abs(turn) * 20).toBeLessThanOrEqual(trial.sizePx + 1e-9);
      }),
    );
  });

  it("swings as often as asked", () => {
    const turn = turnOf({ kind: "tremor-like", sizePx: 1, frequencyHz: 6 }, LEVER);
    let crossings = 0;
    for (let i = 1; i < 5000; i++) {
      const [a, b] = [turn(PAINTED.onset + (i - 1) / 1000 + 1e-4), turn(PAINTED.onset + i / 1000 + 1e-4)];
      if (a < 0 && b >= 0) crossings++;
    }
    expect(crossings).toBe(29);
  });
});
