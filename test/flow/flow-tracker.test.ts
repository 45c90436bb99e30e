import { describe, expect, it } from "vitest";
import { type FlowRegions, FlowTracker } from "../../src/flow/flow-tracker.ts";
import type { SpanFlow } from "../../src/flow/limb-flow.ts";
import { cellRegion } from "../../src/flow/regions.ts";
import { HEIGHT, paint, randomTexture, shifted, WIDTH } from "./textures.ts";

const SIZE = { width: WIDTH, height: HEIGHT, levels: FlowTracker.levels };
const leg = cellRegion({ x: 60, y: 60, size: 30 }, SIZE);
const REGIONS: FlowRegions = {
  segments: { leftShank: leg },
  background: cellRegion({ x: 120, y: 60, size: 30 }, SIZE),
};
const CELL = { x: 60, y: 60, size: 30, region: leg };
const RATE = 20;

/** Follows a texture that moves as told; `dark` frames are told to be unusable and are 30 levels darker. */
function follow(
  position: (time: number) => number,
  frames: number,
  {
    dark = () => false,
    regions = () => REGIONS,
  }: { dark?: (i: number) => boolean; regions?: (i: number) => FlowRegions } = {},
): SpanFlow {
  const texture = randomTexture(1, 25);
  const tracker = new FlowTracker(WIDTH, HEIGHT, [CELL]);
  for (let i = 0; i < frames; i++) {
    const moved = shifted(texture, position(i / RATE), 0);
    const data = Uint8Array.from(paint(moved), (level) =>
      Math.min(255, Math.max(0, level - (dark(i) ? 30 : 0))),
    );
    tracker.add({ width: WIDTH, height: HEIGHT, channels: 1, data }, 10 + i / RATE, regions(i), !dark(i));
  }
  return tracker.finish();
}

describe("FlowTracker", () => {
  it("gives one entry per frame after the first, with times and intervals", () => {
    const flow = follow(() => 0, 5);
    expect(flow.time).toHaveLength(4);
    expect(flow.time[0]).toBeCloseTo(10.05, 9);
    for (const interval of flow.interval) expect(interval).toBeCloseTo(1 / RATE, 6);
    expect(flow.segments.leftShank.dx).toHaveLength(4);
    expect(flow.cells[0]!.flow.dx).toHaveLength(4);
  });

  it("measures a swing against the frame before and against the recent mean", () => {
    const position = (time: number) => 1.2 * Math.sin(2 * Math.PI * 4 * time);
    const { segments, time } = follow(position, 40);
    const { dx, dy, meanDx } = segments.leftShank;
    for (let i = 20; i < dx.length; i++) {
      const at = time[i]! - 10;
      expect(Math.abs(dx[i]! - (position(at) - position(at - 1 / RATE)))).toBeLessThan(0.03);
      expect(Math.abs(dy[i]!)).toBeLessThan(0.03);
      expect(Math.abs(meanDx[i]! - position(at))).toBeLessThan(0.35);
    }
  });

  it("leaves out segments that are not seen, and only those", () => {
    const flow = follow(() => 0, 6, { regions: (i) => (i === 3 ? { ...REGIONS, segments: {} } : REGIONS) });
    expect([...flow.segments.leftShank.dx].map(Number.isNaN)).toEqual([false, false, true, false, false]);
    expect([...flow.segments.rightShank.dx].every(Number.isNaN)).toBe(true);
    expect([...flow.background.dx].some(Number.isNaN)).toBe(false);
  });

  it("measures nothing while the light changes", () => {
    const flow = follow(() => 0, 8, { dark: (i) => i === 4 });
    expect([...flow.segments.leftShank.dx].map(Number.isNaN)).toEqual([
      ...[false, false, false],
      true,
      ...[false, false, false],
    ]);
  });

  it("says nothing of a single frame", () => {
    expect(follow(() => 0, 1).time).toHaveLength(0);
    expect(new FlowTracker(WIDTH, HEIGHT, []).finish().time).toHaveLength(0);
  });
});
