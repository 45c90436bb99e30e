import { describe, expect, it } from "vitest";
import { adviseCamera, type CameraCheck, viewOf } from "../../src/resolvability/coach-advice.ts";

const GOOD: CameraCheck = {
  ...{ seconds: 60, statedFrameRate: 25, frameRate: 25, newPictureRate: 25 },
  ...{ picture: { width: 1280, height: 720 }, trunkPx: 150, legPx: 130, view: "from above" as const },
  ...{ brightness: 110, noise: 2, kinds: [] },
  floor: {
    ...{ onset: 0, duration: 60, frameRate: 25, highestHz: 10, exposure: 0.04, blurKept: 0.76 },
    ...{ noiseSpeed: 0.01, noisePx: 1.5, noiseSeconds: 20, trunkPx: 150, shankPx: 70, atHz: 5 },
    ...{ smallestPx: 0.7, smallestShanks: 0.01, legsSeen: 0.9 },
  },
};
const advise = (change: Partial<CameraCheck>) => adviseCamera({ ...GOOD, ...change }).join("\n");

describe("adviseCamera", () => {
  it("has nothing to say of a good camera", () => {
    expect(adviseCamera(GOOD)).toEqual([]);
  });

  it("tells a stated frame rate from a real one, and repeats from both, one remark for all", () => {
    expect(advise({ statedFrameRate: 30, frameRate: 15, newPictureRate: 15 })).toMatch(/states 30.*gives 15/);
    expect(advise({ newPictureRate: 12.5 })).toMatch(/holds 25 .* only 12.5 are new/);
    expect(advise({ statedFrameRate: 15, frameRate: 15, newPictureRate: 15 })).toMatch(/25 or 30/);
    expect(advise({ statedFrameRate: NaN })).toBe("");
    expect(adviseCamera({ ...GOOD, frameRate: 10, newPictureRate: 5, statedFrameRate: 30 })).toHaveLength(1);
  });

  it("wants a larger infant, by how much, or any at all", () => {
    expect(advise({ legPx: 30 })).toMatch(/about 2 times larger/);
    expect(advise({ legPx: 55 })).toMatch(/about 1.5 times larger/);
    expect(advise({ trunkPx: NaN, legPx: NaN })).toMatch(/was not found/);
  });

  it("wants light where it is dark, less where it is bright, and more where it is noisy", () => {
    expect(advise({ brightness: 5 })).toMatch(/almost black/);
    expect(advise({ brightness: 25 })).toMatch(/is dark/);
    expect(advise({ brightness: 250 })).toMatch(/too bright/);
    expect(advise({ noise: 12 })).toMatch(/noisy/);
  });

  it("wants the camera above the cot, and a clip of some length", () => {
    expect(advise({ view: "slanted" })).toMatch(/straight above/);
    expect(advise({ seconds: 8 })).toMatch(/a minute tells more/);
  });
});

describe("viewOf", () => {
  it("tells a slant from a view from above by the shanks and by the width", () => {
    expect(viewOf([0.68, 0.72, NaN], [0.6, 0.55])).toBe("from above");
    expect(viewOf([0.7], [])).toBe("from above");
    expect(viewOf([0.7], [0.73, 0.72])).toBe("slanted");
    expect(viewOf([0.7], [0.35])).toBe("slanted");
    expect(viewOf([1, 1.1], [0.6])).toBe("slanted");
    expect(viewOf([0.3], [0.6])).toBe("slanted");
    expect(viewOf([], [0.6])).toBe("not known");
  });
});
