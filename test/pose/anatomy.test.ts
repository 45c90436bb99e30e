import { describe, expect, it } from "vitest";
import { judgeAnatomy } from "../../src/pose/anatomy.ts";
import type { Keypoint, KeypointName } from "../../src/pose/keypoint.ts";
import { computeTrunk } from "../../src/pose/trunk.ts";
import { posedKeypoints } from "./posed-keypoints.ts";

const INFANT = posedKeypoints({ x: 100, y: 80, trunkLength: 50, angle: 0.7, confidence: 0.6 });

function moved(name: KeypointName, change: Partial<Keypoint>): Keypoint[] {
  return INFANT.map((keypoint) => (keypoint.name === name ? { ...keypoint, ...change } : keypoint));
}

describe("computeTrunk", () => {
  it("gives length and angle of a turned trunk", () => {
    for (const angle of [0, 0.7, 1.6, 3, -1.2, -3]) {
      const trunk = computeTrunk(posedKeypoints({ x: 5, y: 9, trunkLength: 40, angle, confidence: 1 }));
      expect(trunk.length).toBeCloseTo(40);
      expect(trunk.angle).toBeCloseTo(angle);
      expect(trunk.hips.x).toBeCloseTo(5);
      expect(trunk.hips.y).toBeCloseTo(9);
    }
  });
});

describe("judgeAnatomy", () => {
  it("finds nothing in an infant, at any size", () => {
    expect(judgeAnatomy(INFANT)).toEqual({ possible: true, trunkLength: expect.closeTo(50), findings: [] });
    const large = posedKeypoints({ x: 0, y: 0, trunkLength: 500, angle: 2, confidence: 0.6 });
    expect(judgeAnatomy(large).findings).toEqual([]);
  });

  it("accepts legs that point at the camera", () => {
    const hip = INFANT.find(({ name }) => name === "leftHip")!;
    expect(judgeAnatomy(moved("leftKnee", { x: hip.x, y: hip.y })).possible).toBe(true);
  });

  it("flags the legs of an adult without rejecting them", () => {
    const hip = INFANT.find(({ name }) => name === "leftHip")!;
    const judgement = judgeAnatomy(moved("leftKnee", { x: hip.x + 0.9 * 50, y: hip.y }));
    expect(judgement.possible).toBe(true);
    expect(judgement.findings.find(({ segment }) => segment === "leftThigh")).toMatchObject({
      verdict: "unusual",
      ratio: expect.closeTo(0.9),
      limit: 0.63,
    });
  });

  it("rejects a leg longer than any", () => {
    const judgement = judgeAnatomy(moved("rightAnkle", { x: 1000, y: 1000 }));
    expect(judgement.possible).toBe(false);
    expect(judgement.findings).toMatchObject([{ segment: "rightShank", verdict: "impossible" }]);
  });

  it("does not judge unsure or missing keypoints", () => {
    expect(judgeAnatomy(moved("rightAnkle", { x: 1000, confidence: 0.1 })).findings).toEqual([]);
    expect(judgeAnatomy(moved("leftHip", { x: Number.NaN })).possible).toBe(true);
  });

  it("rejects a trunk without length", () => {
    const flat = INFANT.map((keypoint) => ({ ...keypoint, x: 1, y: 1 }));
    expect(judgeAnatomy(flat)).toMatchObject({ possible: false, trunkLength: 0 });
  });
});
