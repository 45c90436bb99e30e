import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regionAround } from "../../src/pose/body-region.ts";
import { pointInCrop } from "../../src/pose/crop.ts";
import { posedKeypoints } from "./posed-keypoints.ts";

describe("regionAround", () => {
  it("holds every keypoint with the margin left, whatever the angle", () => {
    const angle = fc.double({ min: -3.1, max: 3.1, noNaN: true });
    fc.assert(
      fc.property(angle, fc.integer({ min: 10, max: 300 }), (turn, trunkLength) => {
        const keypoints = posedKeypoints({ x: 200, y: -40, trunkLength, angle: turn, confidence: 0.5 });
        const region = regionAround(keypoints, 1.35, 0.1)!;
        expect(region.angle).toBeCloseTo(turn);
        const places = keypoints.map((keypoint) => pointInCrop(region, keypoint));
        const border = (1 - 1 / 1.35) / 2;
        for (const { x, y } of places) {
          expect(Math.min(x, y)).toBeGreaterThan(border - 1e-6);
          expect(Math.max(x, y)).toBeLessThan(1 - border + 1e-6);
        }
        const down = places.map(({ y }) => y);
        expect(Math.max(...down) - Math.min(...down)).toBeCloseTo(1 / 1.35);
        expect(places[11]!.y).toBeLessThan(places[0]!.y + 1);
      }),
    );
  });

  it("leaves unsure keypoints out, but not most of them", () => {
    const keypoints = posedKeypoints({ x: 0, y: 0, trunkLength: 50, angle: 0, confidence: 0.5 });
    const stray = keypoints.map((keypoint, i) =>
      i === 10 ? { ...keypoint, x: 5000, confidence: 0.01 } : keypoint,
    );
    expect(regionAround(stray, 1, 0.1)!.size).toBeLessThan(200);
    const unsure = keypoints.map((keypoint) => ({ ...keypoint, confidence: 0.01 }));
    expect(regionAround(unsure, 1, 0.1)!.size).toBeCloseTo(regionAround(keypoints, 1, 0.1)!.size);
  });

  it("knows no region of a single point", () => {
    const flat = posedKeypoints({ x: 0, y: 0, trunkLength: 0, angle: 0, confidence: 1 });
    expect(regionAround(flat, 1.35, 0.1)).toBeUndefined();
  });
});
