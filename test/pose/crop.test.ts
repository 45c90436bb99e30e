import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Picture } from "../../src/frames/frame.ts";
import { cropRegion, pointFromCrop, pointInCrop, wholePicture } from "../../src/pose/crop.ts";
import { asRgb, turnClockwise } from "./golden-picture.ts";

const region = fc.record({
  x: fc.double({ min: -500, max: 500, noNaN: true }),
  y: fc.double({ min: -500, max: 500, noNaN: true }),
  size: fc.double({ min: 1, max: 1000, noNaN: true }),
  angle: fc.double({ min: -7, max: 7, noNaN: true }),
});

/** A smooth bright spot on black. */
function spot(width: number, height: number, x: number, y: number): Picture {
  const data = new Uint8Array(width * height);
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++)
      data[j * width + i] = 255 * Math.exp(-((i + 0.5 - x) ** 2 + (j + 0.5 - y) ** 2) / 18);
  }
  return { width, height, channels: 1, data };
}

/** Centre of mass of the first channel, 0-1 across and down. */
function centre(crop: Uint8Array, side: number): { x: number; y: number } {
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const value = crop[(j * side + i) * 3]!;
      sum += value;
      x += value * (i + 0.5);
      y += value * (j + 0.5);
    }
  }
  return { x: x / sum / side, y: y / sum / side };
}

function noise(width: number, height: number, channels: 1 | 3): Picture {
  let state = 1;
  const data = Uint8Array.from({ length: width * height * channels }, () => {
    state = (state * 48271) % 2147483647;
    return state % 256;
  });
  return { width, height, channels, data };
}

describe("pointFromCrop and pointInCrop", () => {
  it("undo each other", () => {
    const place = fc.double({ min: -2, max: 3, noNaN: true });
    fc.assert(
      fc.property(region, place, place, (where, across, down) => {
        const back = pointInCrop(where, pointFromCrop(where, across, down));
        expect(back.x).toBeCloseTo(across, 6);
        expect(back.y).toBeCloseTo(down, 6);
      }),
    );
  });

  it("put the upper middle of the crop in the direction of the angle, clockwise", () => {
    const { x, y } = pointFromCrop({ x: 10, y: 20, size: 8, angle: Math.PI / 2 }, 0.5, 0);
    expect(x).toBeCloseTo(14);
    expect(y).toBeCloseTo(20);
  });
});

describe("cropRegion", () => {
  it("shows a spot where pointInCrop says", () => {
    const within = fc.double({ min: 30, max: 70, noNaN: true });
    const size = fc.double({ min: 60, max: 300, noNaN: true });
    const angle = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(within, within, within, within, size, angle, (x, y, cx, cy, side, turn) => {
        const where = { x: cx, y: cy, size: side, angle: turn };
        const expected = pointInCrop(where, { x, y });
        fc.pre([expected.x, expected.y].every((v) => v > 0.3 && v < 0.7));
        const seen = centre(cropRegion(spot(100, 100, x, y), where, 64), 64);
        expect(Math.hypot(seen.x - expected.x, seen.y - expected.y)).toBeLessThan(0.005);
      }),
      { numRuns: 60 },
    );
  });

  it("copies the picture exactly when nothing is scaled or turned", () => {
    const picture = noise(16, 16, 3);
    expect(cropRegion(picture, wholePicture(picture), 16)).toEqual(picture.data);
  });

  it("is consistent over four quarter turns of the picture", () => {
    for (const [width, height] of [
      [40, 40],
      [48, 30],
    ] as const) {
      let picture = noise(width, height, 1);
      let where = { x: width * 0.55, y: height * 0.4, size: 25, angle: 0.3 };
      const reference = cropRegion(picture, where, 32);
      for (let quarter = 1; quarter <= 4; quarter++) {
        where = {
          x: picture.height - where.y,
          y: where.x,
          size: where.size,
          angle: where.angle + Math.PI / 2,
        };
        picture = turnClockwise(picture);
        const crop = cropRegion(picture, where, 32);
        for (let i = 0; i < crop.length; i++)
          expect(Math.abs(crop[i]! - reference[i]!)).toBeLessThanOrEqual(1);
      }
    }
  });

  it("gives the same for gray and for three equal channels", () => {
    const picture = noise(20, 30, 1);
    const where = { x: 3, y: 25, size: 33, angle: 1 };
    expect(cropRegion(asRgb(picture), where, 24)).toEqual(cropRegion(picture, where, 24));
  });

  it("is black outside the picture", () => {
    const white: Picture = { width: 10, height: 10, channels: 1, data: new Uint8Array(100).fill(255) };
    expect(cropRegion(white, { x: 40, y: 40, size: 10, angle: 0 }, 8).every((v) => v === 0)).toBe(true);
    const beside = cropRegion(white, { x: 10, y: 5, size: 10, angle: 0 }, 10);
    expect(beside[0]).toBe(255);
    expect(beside[9 * 3]).toBe(0);
  });

  it("averages what it shrinks instead of picking pixels", () => {
    const checks: Picture = {
      width: 96,
      height: 96,
      channels: 1,
      data: Uint8Array.from({ length: 96 * 96 }, (_, i) => (((i % 96) + Math.floor(i / 96)) % 2 ? 255 : 0)),
    };
    const crop = cropRegion(checks, wholePicture(checks, 0.4), 16);
    for (let j = 5; j < 11; j++)
      for (let i = 5; i < 11; i++) expect(Math.abs(crop[(j * 16 + i) * 3]! - 127.5)).toBeLessThan(30);
  });

  it("refuses a region or side without size", () => {
    const picture = noise(4, 4, 1);
    expect(() => cropRegion(picture, { x: 0, y: 0, size: 0, angle: 0 }, 8)).toThrow(RangeError);
    expect(() => cropRegion(picture, { x: Number.NaN, y: 0, size: 1, angle: 0 }, 8)).toThrow(RangeError);
    expect(() => cropRegion(picture, wholePicture(picture), 0)).toThrow(RangeError);
  });
});
