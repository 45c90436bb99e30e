import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Keypoint } from "../../src/pose/keypoint.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import type { BodyRegion, PoseEstimator } from "../../src/pose/pose-estimator.ts";
import { asRgb, readGoldenPicture, turnClockwise } from "../pose/golden-picture.ts";

const REGION: BodyRegion = { x: 182, y: 98, size: 190, angle: 0.2 };
const ELSEWHERE: BodyRegion = { x: 60, y: 60, size: 80, angle: 2 };
const CALLS_AT_ONCE = 5;

/** What every pose estimator keeps; see the contract in `src/pose/pose-estimator.ts`. */
export function describePoseEstimator(title: string, open: () => Promise<PoseEstimator>): void {
  describe(title, () => {
    const picture = readGoldenPicture();
    let estimator: PoseEstimator;
    let reference: readonly Keypoint[];
    beforeAll(async () => {
      estimator = await open();
      reference = await estimator.estimate(picture, REGION);
    });
    afterAll(() => estimator.close());

    it("names itself and its model", () => {
      expect(estimator.name).not.toBe("");
      expect(estimator.model.name).not.toBe("");
      expect(estimator.model.sha256).toMatch(/^[0-9a-f]{64}$/);
    });

    it("answers 17 keypoints in COCO order with finite places and confidences from 0 to 1", () => {
      expect(reference.map(({ name }) => name)).toEqual(KEYPOINT_NAMES);
      for (const { x, y, confidence } of reference) {
        expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }
    });

    it("answers the same whatever was asked before", async () => {
      await estimator.estimate(picture, ELSEWHERE);
      expect(await estimator.estimate(picture, REGION)).toEqual(reference);
    });

    it("answers overlapping calls each with its own answer", async () => {
      const elsewhere = await estimator.estimate(picture, ELSEWHERE);
      const calls = Array.from({ length: CALLS_AT_ONCE }, (_, i) =>
        estimator.estimate(picture, i % 2 ? ELSEWHERE : REGION),
      );
      for (const [i, keypoints] of (await Promise.all(calls)).entries()) {
        expect(keypoints).toEqual(i % 2 ? elsewhere : reference);
      }
    });

    it("leaves the picture as it was", async () => {
      const before = picture.data.slice();
      await estimator.estimate(picture, REGION);
      expect(Buffer.compare(picture.data, before)).toBe(0);
    });

    it("sees the same in gray and in three equal channels", async () => {
      expect(await estimator.estimate(asRgb(picture), REGION)).toEqual(reference);
    });

    it("accepts a region that reaches beyond the picture, or lies outside it", async () => {
      const beyond = await estimator.estimate(picture, { x: 0, y: 200, size: 600, angle: -1 });
      const outside = await estimator.estimate(picture, { x: -900, y: -900, size: 100, angle: 0 });
      for (const { x, y } of [...beyond, ...outside])
        expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
    });

    it("turns its answer with picture and region", async () => {
      const turned = await estimator.estimate(turnClockwise(picture), {
        x: picture.height - REGION.y,
        y: REGION.x,
        size: REGION.size,
        angle: REGION.angle + Math.PI / 2,
      });
      for (const [i, { x, y, confidence }] of turned.entries()) {
        expect(Math.abs(x - (picture.height - reference[i]!.y))).toBeLessThan(1);
        expect(Math.abs(y - reference[i]!.x)).toBeLessThan(1);
        expect(Math.abs(confidence - reference[i]!.confidence)).toBeLessThan(0.05);
      }
    });

    it("rejects after it was closed, and may be closed twice", async () => {
      const closed = await open();
      const running = closed.estimate(picture, REGION);
      await running;
      await closed.close();
      await closed.close();
      await expect(closed.estimate(picture, REGION)).rejects.toThrow(/closed/);
    });
  });
}
