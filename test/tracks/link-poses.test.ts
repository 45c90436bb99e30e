import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KEYPOINT_NAMES, type KeypointName, type Pose } from "../../src/pose/keypoint.ts";
import { linkPoses } from "../../src/tracks/link-poses.ts";

const OPTIONS = { minConfidence: 0.2 };

/** Trunk of 60 px, legs down; places may be moved, and keypoints be unsure. */
function pose(
  time: number,
  moved: Partial<Record<KeypointName, readonly [number, number]>> = {},
  confidence: Partial<Record<KeypointName, number>> = {},
): Pose {
  const places: Partial<Record<KeypointName, readonly [number, number]>> = {
    ...{ leftShoulder: [175, 80], rightShoulder: [145, 80], leftHip: [170, 140], rightHip: [150, 140] },
    ...{ leftKnee: [175, 165], rightKnee: [145, 165], leftAnkle: [175, 195], rightAnkle: [145, 195] },
    ...moved,
  };
  const keypoints = KEYPOINT_NAMES.map((name) => {
    const [x, y] = places[name] ?? [160, 60];
    return { name, x, y, confidence: confidence[name] ?? 0.9 };
  });
  return { time, keypoints, confidence: 0.9 };
}

const nobody = (time: number): Pose => ({ time, keypoints: [], confidence: 0 });

describe("linkPoses", () => {
  it("makes one track per keypoint, with the time of each pose", () => {
    const tracks = linkPoses([pose(1), pose(1.2), pose(1.4)], OPTIONS);
    expect(tracks.time).toEqual(Float64Array.of(1, 1.2, 1.4));
    expect(Object.keys(tracks.byKeypoint)).toEqual([...KEYPOINT_NAMES]);
    expect(tracks.byKeypoint.leftKnee.x).toEqual(Float32Array.of(175, 175, 175));
    expect(tracks).toMatchObject({ trunkLengthPx: 60, legCoverage: 1 });
  });

  it("leaves gaps where a keypoint is unsure or nobody is found, and fills none", () => {
    const tracks = linkPoses([pose(0), pose(1, {}, { leftAnkle: 0.19 }), nobody(2), pose(3)], OPTIONS);
    expect([...tracks.byKeypoint.leftAnkle.x]).toEqual([175, NaN, NaN, 175]);
    expect([...tracks.byKeypoint.leftKnee.y]).toEqual([165, 165, NaN, 165]);
    expect([...tracks.byKeypoint.leftAnkle.confidence].map((c) => Number(c.toFixed(2)))).toEqual([
      0.9, 0.19, 0, 0.9,
    ]);
    expect(tracks.legCoverage).toBe(0.5);
  });

  it("takes no leg that is longer than an infant's", () => {
    const longShank = linkPoses([pose(0), pose(1, { leftAnkle: [175, 275] }), pose(2)], OPTIONS);
    expect([...longShank.byKeypoint.leftAnkle.x]).toEqual([175, NaN, 175]);
    expect([...longShank.byKeypoint.leftKnee.x]).toEqual([175, 175, 175]);
    const longThigh = linkPoses([pose(0), pose(1, { leftKnee: [175, 210] }), pose(2)], OPTIONS);
    expect([...longThigh.byKeypoint.leftKnee.x]).toEqual([175, NaN, 175]);
    expect([...longThigh.byKeypoint.leftAnkle.x]).toEqual([175, NaN, 175]);
    expect([...longThigh.byKeypoint.rightAnkle.x]).toEqual([145, 145, 145]);
  });

  it("keeps a leg drawn up towards the camera, however short it looks", () => {
    const drawnUp = linkPoses([pose(0, { leftKnee: [171, 142], leftAnkle: [170, 148] })], OPTIONS);
    expect(drawnUp.legCoverage).toBe(1);
  });

  it("takes the size of the infant from the shoulders where the trunk is foreshortened", () => {
    const short = {
      leftHip: [170, 100],
      rightHip: [150, 100],
      leftShoulder: [190, 80],
      rightShoulder: [130, 80],
    } as const;
    const tracks = linkPoses([pose(0, { ...short, leftKnee: [175, 120], rightKnee: [145, 120] })], OPTIONS);
    expect(tracks.trunkLengthPx).toBeCloseTo(60 / 0.89, 3);
  });

  it("knows no size and no legs where nobody was ever found", () => {
    expect(linkPoses([nobody(0), nobody(1)], OPTIONS)).toMatchObject({ trunkLengthPx: NaN, legCoverage: 0 });
    expect(linkPoses([], OPTIONS)).toMatchObject({ trunkLengthPx: NaN, legCoverage: 0 });
  });

  it("gives the same in a larger picture, only larger", () => {
    const places = fc.array(
      fc.tuple(fc.double({ min: 0, max: 300, noNaN: true }), fc.double({ min: 0, max: 300, noNaN: true })),
      {
        minLength: 4,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(places, fc.constantFrom(0.5, 2, 4), ([a, b, c, d], scale) => {
        const moved = { leftKnee: a!, leftAnkle: b!, rightKnee: c!, rightAnkle: d! };
        const one = pose(0, moved);
        const larger = {
          ...one,
          keypoints: one.keypoints.map((point) => ({ ...point, x: scale * point.x, y: scale * point.y })),
        };
        const [small, large] = [linkPoses([one], OPTIONS), linkPoses([larger], OPTIONS)];
        expect(large.legCoverage).toBe(small.legCoverage);
        expect(large.trunkLengthPx).toBeCloseTo(scale * small.trunkLengthPx, 3);
        for (const name of KEYPOINT_NAMES) {
          expect(Number.isNaN(large.byKeypoint[name].x[0])).toBe(Number.isNaN(small.byKeypoint[name].x[0]));
        }
      }),
    );
  });
});
