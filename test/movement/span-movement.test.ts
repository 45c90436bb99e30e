import { describe, expect, it } from "vitest";
import { computeSpanMovement } from "../../src/movement/span-movement.ts";
import { rhythm } from "../events/motions.ts";
import { type Scene, syntheticInput } from "../events/synthetic-span.ts";

const SCENE: Scene = { duration: 6, move: { leftLeg: rhythm(0.05, 3, 0, 6) } };

/** The left leg's measured and missing samples, when some frames are key frames. */
function missingWith(isKey: (i: number) => boolean, scene = SCENE): number[] {
  const input = syntheticInput(scene);
  const isKeyFrame = Uint8Array.from(input.flow.time, (_, i) => (isKey(i) ? 1 : 0));
  const { limbs } = computeSpanMovement({ ...input, isKeyFrame });
  return [...limbs.leftLeg.signal.speed].flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
}

describe("computeSpanMovement", () => {
  it("measures the frame rate from the frames themselves", () => {
    for (const rate of [10, 15, 25, 30]) {
      expect(computeSpanMovement(syntheticInput({ ...SCENE, rate })).frameRate).toBeCloseTo(rate, 3);
    }
    const lost = computeSpanMovement(syntheticInput({ ...SCENE, rate: 25, drop: 0.2 }));
    expect(lost.frameRate).toBeCloseTo(25, 3);
  });

  it("takes no movement from key frames where they are rare, and from all frames where all are key frames", () => {
    expect(missingWith((i) => i === 40 || i === 41)).toEqual([40, 41]);
    expect(missingWith(() => true)).toEqual([]);
  });

  it("takes no movement from frames across which the light changes", () => {
    const lightChanges = [{ onset: 2, duration: 0.3, shift: 30, isSudden: true }];
    const input = syntheticInput({ ...SCENE, lightChanges });
    const { time, limbs, lightChanges: own } = computeSpanMovement(input);
    for (const [i, speed] of limbs.leftLeg.signal.speed.entries()) {
      const isBefore = time[i]! < 2 - 1e-3;
      const isAfter = time[i]! - input.flow.interval[i]! > 2.3 + 1e-3;
      expect(Number.isNaN(speed)).toBe(!isBefore && !isAfter);
    }
    expect(own).toEqual(lightChanges);
  });

  it("keeps of the night's changes of light those within the span", () => {
    const change = { onset: 90, duration: 1, shift: 5, isSudden: false };
    expect(computeSpanMovement(syntheticInput({ ...SCENE, lightChanges: [change] })).lightChanges).toEqual(
      [],
    );
  });

  it("counts lengths in fifths of the picture where the infant was never seen", () => {
    const input = syntheticInput(SCENE);
    const unseen = { ...input.tracks, trunkLengthPx: NaN };
    const known = computeSpanMovement(input).limbs.region.signal.speed;
    const unknown = computeSpanMovement({ ...input, tracks: unseen }).limbs.region.signal.speed;
    const unit = input.tracks.trunkLengthPx;
    for (const [i, speed] of unknown.entries()) expect(speed).toBeCloseTo((known[i]! * unit) / (240 / 5), 4);
  });
});
