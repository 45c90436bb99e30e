import { describe, expect, it } from "vitest";
import type { Picture } from "../../src/frames/frame.ts";
import { createScriptedEstimator } from "../../src/pose/estimators/scripted.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import type { BodyRegion, PoseEstimator } from "../../src/pose/pose-estimator.ts";
import { createPoseFollower, POSE_FOLLOWER_DEFAULTS } from "../../src/pose/pose-follower.ts";
import { posedKeypoints } from "./posed-keypoints.ts";

const PICTURE: Picture = { width: 640, height: 360, channels: 1, data: new Uint8Array(640 * 360) };

interface World {
  estimator: PoseEstimator;
  asked: BodyRegion[];
  infant: { x: number; y: number; trunkLength: number; angle: number };
  visible: number;
}

/** A model that is sure when the trunk is upright in its square and the infant fills it, like MoveNet. */
function world(): World {
  const self: World = {
    asked: [],
    infant: { x: 300, y: 180, trunkLength: 60, angle: 2.6 },
    visible: 1,
    estimator: createScriptedEstimator((_, region) => {
      self.asked.push(region);
      const upright = 0.5 + 0.5 * Math.cos(region.angle - self.infant.angle);
      const fill = Math.min(1, (self.infant.trunkLength * 4) / region.size);
      return posedKeypoints({ ...self.infant, confidence: self.visible * upright * (0.5 + 0.4 * fill) });
    }),
  };
  return self;
}

describe("createPoseFollower", () => {
  it("searches in four turns once, refines, then asks once for each picture", async () => {
    const scene = world();
    const follower = createPoseFollower(scene.estimator);
    const first = await follower.next(PICTURE, 1);
    expect(scene.asked.slice(0, 4).map(({ angle }) => angle)).toEqual([
      0,
      Math.PI / 2,
      Math.PI,
      -Math.PI / 2,
    ]);
    expect(scene.asked.length).toBeGreaterThan(4);
    expect(scene.asked.length).toBeLessThanOrEqual(6);
    expect(first).toMatchObject({ time: 1, confidence: expect.closeTo(0.9, 1) });
    expect(first!.keypoints.map(({ name }) => name)).toEqual(KEYPOINT_NAMES);
    for (let i = 0; i < 5; i++) {
      scene.asked.length = 0;
      scene.infant = { ...scene.infant, x: scene.infant.x + 5, angle: scene.infant.angle + 0.1 };
      const pose = await follower.next(PICTURE, 2 + i);
      expect(scene.asked).toHaveLength(1);
      expect(pose!.keypoints[11]!.x).toBeCloseTo(posedKeypoints({ ...scene.infant, confidence: 1 })[11]!.x);
    }
    expect(scene.asked[0]!.angle).toBeCloseTo(scene.infant.angle - 0.1);
  });

  it("searches again when the confidence falls, and finds the infant turned round", async () => {
    const scene = world();
    const follower = createPoseFollower(scene.estimator);
    await follower.next(PICTURE, 0);
    scene.asked.length = 0;
    scene.infant = { ...scene.infant, angle: scene.infant.angle + Math.PI };
    const pose = await follower.next(PICTURE, 1);
    expect(scene.asked.length).toBeGreaterThan(4);
    expect(pose!.confidence).toBeGreaterThan(0.8);
  });

  it("answers undefined while nobody is there, and searches every time", async () => {
    const scene = world();
    scene.visible = 0.1;
    const follower = createPoseFollower(scene.estimator);
    expect(await follower.next(PICTURE, 0)).toBeUndefined();
    expect(await follower.next(PICTURE, 1)).toBeUndefined();
    scene.visible = 1;
    expect(await follower.next(PICTURE, 2)).toBeDefined();
  });

  it("drops a closer look that lowers the confidence", async () => {
    const estimator = createScriptedEstimator((_, region) =>
      posedKeypoints({
        x: 300,
        y: 180,
        trunkLength: 60,
        angle: 1,
        confidence: region.size === 640 ? 0.5 : 0.4,
      }),
    );
    const pose = await createPoseFollower(estimator).next(PICTURE, 0);
    expect(pose!.confidence).toBeCloseTo(0.5);
  });

  it("prefers a possible pose to a surer impossible one, and accepts no impossible pose alone", async () => {
    const stretched = posedKeypoints({ x: 300, y: 180, trunkLength: 60, angle: 0, confidence: 0.9 }).map(
      (keypoint) => (keypoint.name === "leftAnkle" ? { ...keypoint, x: 640 } : keypoint),
    );
    const both = createScriptedEstimator((_, region) =>
      region.angle === 0
        ? stretched
        : posedKeypoints({ x: 300, y: 180, trunkLength: 60, angle: 0, confidence: 0.5 }),
    );
    expect((await createPoseFollower(both).next(PICTURE, 0))!.confidence).toBeCloseTo(0.5);
    expect(
      await createPoseFollower(createScriptedEstimator(() => stretched)).next(PICTURE, 0),
    ).toBeUndefined();
  });

  it("takes places from the second estimator and confidences from the first", async () => {
    const scene = world();
    const regions: BodyRegion[] = [];
    const detail = createScriptedEstimator((_, region) => {
      regions.push(region);
      return KEYPOINT_NAMES.map((name, i) => ({ name, x: i, y: -i, confidence: 0.99 }));
    });
    const pose = await createPoseFollower(scene.estimator, POSE_FOLLOWER_DEFAULTS, detail).next(PICTURE, 0);
    expect(regions).toHaveLength(1);
    expect(regions[0]!.angle).toBeCloseTo(scene.infant.angle);
    expect(pose!.keypoints[16]).toMatchObject({ x: 16, y: -16, confidence: expect.closeTo(0.9, 1) });
  });

  it("stops with the reason of the signal", async () => {
    const scene = world();
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await expect(createPoseFollower(scene.estimator).next(PICTURE, 0, stop.signal)).rejects.toThrow("enough");
    expect(scene.asked).toHaveLength(0);
  });
});
