import { describe, expect, it } from "vitest";
import { SEGMENTS } from "../../src/flow/limb-flow.ts";
import type { PixelRegion } from "../../src/flow/lucas-kanade.ts";
import { backgroundRegion, cellRegion, segmentRegion } from "../../src/flow/regions.ts";
import type { KeypointName } from "../../src/pose/keypoint.ts";

const PICTURE = { width: 320, height: 240, levels: 3 };
const TRUNK = 60;

const PLACES: Partial<Record<KeypointName, readonly [number, number]>> = {
  nose: [160, 50],
  leftShoulder: [180, 80],
  rightShoulder: [140, 80],
  leftHip: [170, 140],
  rightHip: [150, 140],
  leftKnee: [175, 170],
  rightKnee: [145, 170],
  leftAnkle: [175, 200],
  rightAnkle: [145, 200],
  leftElbow: [200, 100],
  rightElbow: [120, 100],
  leftWrist: [210, 130],
  rightWrist: [110, 130],
};

const keypoint =
  (confidence = 0.9, missing?: KeypointName) =>
  (name: KeypointName) => {
    const [x, y] = name === missing ? [NaN, NaN] : (PLACES[name] ?? [0, 0]);
    return { name, x, y, confidence };
  };

function centreOf({ levels }: PixelRegion, level: number): [number, number] {
  const { x, y } = levels[level]!;
  const mean = (values: Int16Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean(x), mean(y)];
}

describe("segmentRegion", () => {
  it("gives every segment of a seen body enough pixels at full size, all inside the picture", () => {
    for (const segment of SEGMENTS) {
      const region = segmentRegion(segment, keypoint(), TRUNK, 0.2, PICTURE)!;
      for (const [level, { x, y }] of region.levels.entries()) {
        expect(x.length).toBe(y.length);
        expect(Math.min(...x, ...y)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...x)).toBeLessThan((PICTURE.width >> level) - 1);
        expect(Math.max(...y)).toBeLessThan((PICTURE.height >> level) - 1);
      }
      expect(region.levels[0]!.x.length).toBeGreaterThan(100);
    }
  });

  it("lies about the middle of its bone, at every level", () => {
    const region = segmentRegion("leftShank", keypoint(), TRUNK, 0.2, PICTURE)!;
    for (const level of [0, 1, 2]) {
      const [x, y] = centreOf(region, level);
      expect(Math.abs(x * 2 ** level - 175)).toBeLessThan(2 ** level);
      expect(Math.abs(y * 2 ** level - 185)).toBeLessThan(2 ** level);
    }
  });

  it("reaches with a foot beyond the ankle, away from the knee", () => {
    const [x, y] = centreOf(segmentRegion("rightFoot", keypoint(), TRUNK, 0.2, PICTURE)!, 0);
    expect(Math.abs(x - 145)).toBeLessThan(2);
    expect(y).toBeGreaterThan(203);
  });

  it("is not given for a keypoint that is missing or unsure", () => {
    expect(segmentRegion("leftFoot", keypoint(0.1), TRUNK, 0.2, PICTURE)).toBeUndefined();
    expect(segmentRegion("leftFoot", keypoint(NaN), TRUNK, 0.2, PICTURE)).toBeUndefined();
    expect(segmentRegion("leftShank", keypoint(0.9, "leftAnkle"), TRUNK, 0.2, PICTURE)).toBeUndefined();
    expect(segmentRegion("leftThigh", keypoint(0.9, "leftAnkle"), TRUNK, 0.2, PICTURE)).toBeDefined();
  });
});

describe("cellRegion", () => {
  it("fills a square around its centre", () => {
    const { x, y } = cellRegion({ x: 100, y: 60, size: 16 }, PICTURE).levels[0]!;
    expect([Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)]).toEqual([92, 107, 52, 67]);
  });
});

describe("backgroundRegion", () => {
  it("spares what is left out, at every level", () => {
    const box = { left: 100, right: 200, top: 50, bottom: 150 };
    for (const [level, { x, y }] of backgroundRegion([box], PICTURE).levels.entries()) {
      expect(x.length).toBeGreaterThan(100);
      for (let i = 0; i < x.length; i++) {
        const [px, py] = [x[i]! * 2 ** level, y[i]! * 2 ** level];
        expect(px > box.left && px < box.right && py > box.top && py < box.bottom).toBe(false);
      }
    }
  });

  it("may be left with nothing", () => {
    const everything = { left: -1, right: 999, top: -1, bottom: 999 };
    expect(backgroundRegion([everything], PICTURE).levels[0]!.x).toHaveLength(0);
  });
});
