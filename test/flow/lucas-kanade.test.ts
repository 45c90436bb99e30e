import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createWorkspace,
  estimateShift,
  type PixelRegion,
  type RegionShift,
} from "../../src/flow/lucas-kanade.ts";
import { cellRegion } from "../../src/flow/regions.ts";
import { seededNormal } from "../signal/seeded-random.ts";
import { HEIGHT, paint, pyramidOf, randomTexture, shifted, type Texture, WIDTH } from "./textures.ts";

const PICTURE = { width: WIDTH, height: HEIGHT, levels: 3 };
const REGION = cellRegion({ x: 80, y: 60, size: 44 }, PICTURE);

function measure(before: Texture, after: Texture, region: PixelRegion = REGION): RegionShift {
  const shift: RegionShift = { dx: NaN, dy: NaN, sigma: NaN };
  estimateShift(createWorkspace(), pyramidOf(before), pyramidOf(after), region, shift);
  return shift;
}

/** How far the measured shift is from the true one, px. */
function errorOf(seed: number, dx: number, dy: number, change: (level: number) => number = (level) => level) {
  const texture = randomTexture(seed);
  const moved = shifted(texture, dx, dy);
  const shift = measure(texture, (x, y) => change(moved(x, y)));
  return Math.hypot(shift.dx - dx, shift.dy - dy);
}

const seed = fc.integer({ min: 1, max: 1e6 });
const direction = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
const px = (max: number) => fc.double({ min: 0, max, noNaN: true });

describe("estimateShift", () => {
  it("measures less than a pixel to a fiftieth of one", () => {
    fc.assert(
      fc.property(seed, direction, px(1), (s, angle, length) => {
        expect(errorOf(s, length * Math.cos(angle), length * Math.sin(angle))).toBeLessThan(0.02);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it("measures up to eight pixels to a fifth of one", () => {
    fc.assert(
      fc.property(seed, direction, px(8), (s, angle, length) => {
        expect(errorOf(s, length * Math.cos(angle), length * Math.sin(angle))).toBeLessThan(0.2);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it("is not misled by a lamp", () => {
    for (const offset of [-40, -8, 8, 40]) {
      expect(errorOf(7, 0.6, -0.3, (level) => level + offset)).toBeLessThan(0.02);
      expect(errorOf(8, 5, 3, (level) => level + offset)).toBeLessThan(0.2);
    }
  });

  it("measures nothing when nothing moved, and is sure of it", () => {
    const texture = randomTexture(3);
    const shift = measure(texture, texture);
    expect(Math.hypot(shift.dx, shift.dy)).toBeLessThan(1e-6);
    expect(shift.sigma).toBeLessThan(1e-3);
  });

  it("says the opposite when both pictures are exchanged", () => {
    const texture = randomTexture(4);
    const moved = shifted(texture, 0.7, -0.4);
    const there = measure(texture, moved);
    const back = measure(moved, texture);
    expect(back.dx).toBeCloseTo(-there.dx, 1);
    expect(back.dy).toBeCloseTo(-there.dy, 1);
  });

  it("mirrors with the picture", () => {
    const texture = randomTexture(5);
    const mirror =
      (one: Texture): Texture =>
      (x, y) =>
        one(WIDTH - 1 - x, y);
    const region = cellRegion({ x: (WIDTH - 1) / 2, y: 60, size: 45 }, PICTURE);
    const straight = measure(texture, shifted(texture, 0.8, 0.2), region);
    const turned = measure(mirror(texture), mirror(shifted(texture, 0.8, 0.2)), region);
    expect(turned.dx).toBeCloseTo(-straight.dx, 2);
    expect(turned.dy).toBeCloseTo(straight.dy, 2);
  });

  it("says nothing of a flat region", () => {
    const shift = measure(
      () => 90,
      () => 90,
    );
    expect(shift.sigma).toBe(Infinity);
  });

  it("says nothing of a flat region that only the light changes", () => {
    const shift = measure(
      () => 90,
      () => 120,
    );
    expect(shift.sigma).toBe(Infinity);
  });

  it("is less sure the noisier the picture is, and errs about as much as it says", () => {
    const texture = randomTexture(6);
    const errors = { small: 0, large: 0 };
    const sigmas = { small: 0, large: 0 };
    for (const [size, noise] of [["small", 1] as const, ["large", 6] as const]) {
      for (let run = 0; run < 20; run++) {
        const normal = seededNormal(run + 1);
        const [before, after] = [paint(texture), paint(shifted(texture, 0.4, 0.3))].map((picture) =>
          picture.map((level) => level + noise * normal()),
        );
        const shift = measure(...asTextures(before!, after!));
        errors[size] += ((shift.dx - 0.4) ** 2 + (shift.dy - 0.3) ** 2) / 2 / 20;
        sigmas[size] += shift.sigma ** 2 / 20;
      }
    }
    expect(sigmas.large).toBeGreaterThan(10 * sigmas.small);
    for (const size of ["small", "large"] as const) {
      expect(Math.sqrt(errors[size])).toBeLessThan(2 * Math.sqrt(sigmas[size]));
    }
  });

  it("measures a region at the picture's edge, and one that reaches beyond it", () => {
    for (const [x, y] of [
      [12, 12],
      [WIDTH - 12, HEIGHT - 12],
      [0, 60],
      [80, HEIGHT],
    ] as const) {
      const texture = randomTexture(9);
      const region = cellRegion({ x, y, size: 40 }, PICTURE);
      const shift = measure(texture, shifted(texture, 0.5, 0.4), region);
      expect(Math.hypot(shift.dx - 0.5, shift.dy - 0.4)).toBeLessThan(0.05);
      expect(shift.sigma).toBeLessThan(1);
    }
  });

  it("is not misled by a lamp where part of the region has left the picture", () => {
    const texture = randomTexture(1);
    const moved = shifted(texture, -5, -2);
    const shift = measure(
      texture,
      (x, y) => moved(x, y) + 40,
      cellRegion({ x: 12, y: 60, size: 40 }, PICTURE),
    );
    expect(Math.hypot(shift.dx + 5, shift.dy + 2)).toBeLessThan(0.02);
  });

  it("says nothing of a region with hardly any pixels", () => {
    const texture = randomTexture(10);
    const tiny = cellRegion({ x: 80, y: 60, size: 3 }, PICTURE);
    expect(measure(texture, shifted(texture, 0.5, 0), tiny).sigma).toBe(Infinity);
  });

  it("does not believe a shift that runs away", () => {
    const shift = measure(randomTexture(11), randomTexture(12));
    expect(Math.hypot(shift.dx, shift.dy)).toBeLessThan(40);
    expect(shift.sigma).toBeGreaterThan(0.2);
  });
});

function asTextures(...pictures: [Float32Array, Float32Array]): [Texture, Texture] {
  return pictures.map(
    (picture): Texture =>
      (x, y) =>
        picture[y * WIDTH + x]!,
  ) as [Texture, Texture];
}
