import { describe, expect, it } from "vitest";
import { countStrokes } from "../../src/events/strokes.ts";
import type { SpanMovement } from "../../src/movement/movement.ts";
import { stroke, together } from "./motions.ts";

const RATE = 25;

/** Speed of a hump of half a second about a moment. */
const hump = (at: number, height = 1) => stroke(height, at - 0.2, 0.4);

/** A span of which only the legs' speeds matter here. */
function spanOf(left: (t: number) => number, right: (t: number) => number = () => 0): SpanMovement {
  const time = Float64Array.from({ length: 10 * RATE }, (_, i) => (i + 1) / RATE);
  const activity = (speed: (t: number) => number) => ({ activity: Float32Array.from(time, speed) });
  return { time, limbs: { leftLeg: activity(left), rightLeg: activity(right) } } as unknown as SpanMovement;
}

function strokesOf(left: (t: number) => number, right?: (t: number) => number) {
  return countStrokes(spanOf(left, right), { onset: 0, duration: 10 }, ["leftLeg", "rightLeg"]);
}

describe("countStrokes", () => {
  it("counts humps of speed, at their moments", () => {
    const found = strokesOf(together(hump(2), hump(3.2), hump(5), hump(7.4)));
    expect(found.map(({ time }) => Math.round(time * 10) / 10)).toEqual([2, 3.2, 5, 7.4]);
  });

  it("counts out and back in quick succession as one stroke", () => {
    expect(strokesOf(together(hump(2), hump(2.42)))).toHaveLength(1);
    expect(strokesOf(together(hump(2), hump(2.6)))).toHaveLength(2);
  });

  it("counts no hump that does not part from its neighbour", () => {
    const shoulder = (t: number) => (t > 2 && t < 4 ? 1 + 0.2 * Math.sin(12 * t) : 0);
    expect(strokesOf(shoulder)).toHaveLength(1);
  });

  it("counts no hump far below the highest", () => {
    expect(strokesOf(together(hump(2), hump(4, 0.1)))).toHaveLength(1);
    expect(strokesOf(together(hump(2), hump(4, 0.3)))).toHaveLength(2);
  });

  it("counts what both legs do together once, and what they do in turn twice", () => {
    expect(strokesOf(together(hump(2), hump(4)), together(hump(2.1), hump(4.1)))).toHaveLength(2);
    expect(strokesOf(together(hump(2), hump(4)), together(hump(2.6), hump(4.6)))).toHaveLength(4);
  });

  it("is no matter of left and right", () => {
    const [one, other] = [together(hump(2), hump(4)), together(hump(2.6), hump(6))];
    expect(strokesOf(one, other)).toHaveLength(strokesOf(other, one).length);
  });

  it("counts only within the interval, and nothing in nothing", () => {
    const span = spanOf(together(hump(2), hump(4), hump(6)));
    expect(countStrokes(span, { onset: 3, duration: 2 }, ["leftLeg"])).toHaveLength(1);
    expect(strokesOf(() => NaN)).toHaveLength(0);
    expect(strokesOf(() => 0)).toHaveLength(0);
  });
});
