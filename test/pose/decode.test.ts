import { describe, expect, it } from "vitest";
import { decodeBlazePose } from "../../src/pose/estimators/decode-blazepose.ts";
import { decodeMovenet } from "../../src/pose/estimators/decode-movenet.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";

const REGION = { x: 100, y: 50, size: 64, angle: 0 };
const COCO = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

describe("decodeMovenet", () => {
  it("reads down, across, confidence", () => {
    const values = Float32Array.from(KEYPOINT_NAMES.flatMap((_, i) => [0.25, 0.75, i / 16]));
    const keypoints = decodeMovenet(values, REGION);
    expect(keypoints[3]).toEqual({ name: "leftEar", x: 116, y: 34, confidence: expect.closeTo(3 / 16) });
  });
});

describe("decodeBlazePose", () => {
  const empty = () => ({ landmarks: new Float32Array(39 * 5), heatmap: new Float32Array(64 * 64 * 39) });

  it("takes the regressed place when the heatmap says little", () => {
    const output = empty();
    output.landmarks.set([128, 64, 0, 100, 0], 27 * 5);
    output.heatmap[(16 * 64 + 33) * 39 + 27] = 0.4;
    const ankle = decodeBlazePose(output, REGION, COCO, 256)[15]!;
    expect(ankle).toEqual({ name: "leftAnkle", x: 100, y: 34, confidence: 1 });
  });

  it("moves to the centre of mass of a clear peak nearby, and only of its own channel", () => {
    const output = empty();
    output.landmarks.set([128, 64, 0, 0, 0], 27 * 5);
    output.heatmap[(16 * 64 + 33) * 39 + 27] = 0.9;
    output.heatmap[(18 * 64 + 33) * 39 + 27] = 0.9;
    output.heatmap[(16 * 64 + 30) * 39 + 28] = 0.9;
    output.heatmap[(16 * 64 + 36) * 39 + 27] = 0.9; // Four cells away: out of the window.
    const ankle = decodeBlazePose(output, REGION, COCO, 256)[15]!;
    expect(ankle.x).toBeCloseTo(101);
    expect(ankle.y).toBeCloseTo(35);
    expect(ankle.confidence).toBe(0.5);
  });

  it("keeps a place outside the crop", () => {
    const output = empty();
    output.landmarks.set([-64, 300, 0, 0, 0], 0);
    const nose = decodeBlazePose(output, REGION, COCO, 256)[0]!;
    expect(nose.x).toBeCloseTo(52);
    expect(nose.y).toBeCloseTo(93);
  });
});
