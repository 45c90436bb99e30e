import { describe, expect, it } from "vitest";
import { computePosture } from "../../src/movement/posture.ts";
import { KEYPOINT_NAMES, type KeypointName } from "../../src/pose/keypoint.ts";
import { linkPoses } from "../../src/tracks/link-poses.ts";

type Places = Partial<Record<KeypointName, readonly [number, number]>>;

/** A trunk of 100 px that points up; the left leg hangs straight down from its hip, bent as told. */
const UPRIGHT: Places = {
  ...{ leftShoulder: [30, 0], rightShoulder: [-30, 0], leftHip: [20, 100], rightHip: [-20, 100] },
  ...{ leftKnee: [20, 150], leftAnkle: [20, 200], rightKnee: [-20, 150], rightAnkle: [-20, 200] },
};

/** Turned clockwise on screen about the origin. */
function turned(places: Places, degrees: number): Places {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return Object.fromEntries(
    Object.entries(places).map(([name, [x, y]]) => [name, [c * x - s * y, s * x + c * y]]),
  ) as Places;
}

function postureOf(...poses: readonly Places[]) {
  const tracks = linkPoses(
    poses.map((places, time) => ({
      time,
      confidence: 1,
      keypoints: KEYPOINT_NAMES.map((name) => {
        const [x, y] = places[name] ?? [NaN, NaN];
        return { name, x, y, confidence: Number.isNaN(x) ? 0 : 1 };
      }),
    })),
    { minConfidence: 0.2 },
  );
  return computePosture(tracks, tracks.trunkLengthPx);
}

describe("computePosture", () => {
  it("measures knees: 180 degrees is straight, 90 a right angle, 0 folded", () => {
    const bent = (x: number, y: number) => postureOf({ ...UPRIGHT, leftAnkle: [x, y] }).leftKneeAngle[0];
    expect(bent(20, 200)).toBeCloseTo(180, 4);
    expect(bent(70, 150)).toBeCloseTo(90, 4);
    expect(bent(-30, 150)).toBeCloseTo(90, 4);
    expect(bent(20, 110)).toBeCloseTo(0, 4);
  });

  it("gives ankles in the trunk's own axes, in trunk lengths: along towards the head, and across", () => {
    const { leftAnkle, rightAnkle } = postureOf(UPRIGHT);
    expect([leftAnkle[0][0], leftAnkle[1][0]].map((v) => Number(v!.toFixed(4)))).toEqual([-1, 0.2]);
    expect([rightAnkle[0][0], rightAnkle[1][0]].map((v) => Number(v!.toFixed(4)))).toEqual([-1, -0.2]);
  });

  it("does not hang on how the infant lies", () => {
    const upright = postureOf(UPRIGHT);
    for (const degrees of [30, 90, 180, -135]) {
      const lying = postureOf(turned(UPRIGHT, degrees));
      expect(lying.leftKneeAngle[0]).toBeCloseTo(upright.leftKneeAngle[0]!, 3);
      for (const axis of [0, 1] as const) {
        expect(lying.leftAnkle[axis][0]).toBeCloseTo(upright.leftAnkle[axis][0]!, 4);
        expect(lying.rightAnkle[axis][0]).toBeCloseTo(upright.rightAnkle[axis][0]!, 4);
      }
    }
  });

  it("unwraps the trunk's turning, over gaps too", () => {
    const angles = [0, 60, 120, 180, 240, 300, 360];
    const poses = angles.map((degrees) => (degrees === 180 ? {} : turned(UPRIGHT, degrees)));
    const { trunkAngle } = postureOf(...poses);
    expect(trunkAngle[3]).toBeNaN();
    expect(((trunkAngle[6]! - trunkAngle[0]!) * 180) / Math.PI).toBeCloseTo(360, 3);
  });

  it("is missing where a keypoint is", () => {
    const { leftKneeAngle, rightKneeAngle, leftAnkle, trunkAngle } = postureOf({
      ...UPRIGHT,
      leftAnkle: [NaN, NaN],
    });
    expect(leftKneeAngle[0]).toBeNaN();
    expect(leftAnkle[0][0]).toBeNaN();
    expect(rightKneeAngle[0]).toBeCloseTo(180, 4);
    expect(trunkAngle[0]).toBeCloseTo(-Math.PI / 2, 5);
    expect(postureOf().time).toHaveLength(0);
  });
});
