import { describe, expect, it } from "vitest";
import { computeActivity } from "../../src/movement/activity.ts";
import { computeLimbSignals } from "../../src/movement/limb-signals.ts";
import { measureNoiseFloor } from "../../src/movement/noise-floor.ts";
import { mean } from "../../src/signal/statistics.ts";
import { rhythm, stroke } from "../events/motions.ts";
import { type Scene, syntheticInput, syntheticSpan } from "../events/synthetic-span.ts";

const QUIET = { duration: 6, noisePx: 0 } as const;

function signalsOf(scene: Scene, isUsable?: (i: number) => boolean) {
  const { flow } = syntheticInput(scene);
  const usable = Uint8Array.from(flow.time, (_, i) => (isUsable?.(i) === false ? 0 : 1));
  return { flow, signals: computeLimbSignals(flow, scene.trunkPx ?? 60, usable) };
}

const most = (values: Float32Array) => values.reduce((a, b) => Math.max(a, b || 0), 0);

describe("computeLimbSignals", () => {
  it("gives velocities in trunk lengths a second", () => {
    // A foot that swings 0.3 trunk lengths once in a second is fastest at pi * 0.3.
    const { signals } = signalsOf({ ...QUIET, move: { leftLeg: stroke(0.3, 2, 1) } });
    const [thighX, thighY, , , footX, footY] = signals.leftLeg.velocity;
    expect(signals.leftLeg.velocity).toHaveLength(6);
    expect(Math.hypot(most(footX!), most(footY!))).toBeCloseTo(0.3 * Math.PI, 1);
    expect(most(thighX!) / most(footX!)).toBeCloseTo(0.4, 2);
    expect(most(thighY!) / most(footY!)).toBeCloseTo(0.4, 2);
    expect(most(signals.rightLeg.speed)).toBe(0);
  });

  it("takes a moving camera and a moving trunk out of the limbs, and the camera out of the trunk", () => {
    const shaken = signalsOf({ ...QUIET, camera: stroke(60, 2, 2) }).signals;
    expect(most(shaken.leftLeg.speed)).toBeLessThan(0.4);
    const carried = signalsOf({
      ...QUIET,
      move: { trunk: stroke(1, 2, 2), leftLeg: stroke(1, 2, 2) },
    }).signals;
    expect(most(carried.trunk.speed)).toBeGreaterThan(1);
    // The foot goes as the trunk does; what is left belongs to the thigh, which the scene moves less.
    expect(most(carried.leftLeg.velocity[4]!)).toBeLessThan(0.2);
  });

  it("leaves out unusable frames; a single one is bridged, several are not", () => {
    const scene: Scene = { ...QUIET, move: { leftLeg: rhythm(0.1, 2, 0, 6) } };
    const { signals } = signalsOf(scene, (i) => i !== 30 && i !== 60 && i !== 61);
    const missing = [...signals.leftLeg.speed].flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
    expect(missing).toEqual([60, 61]);
  });

  it("leaves out what flow is not sure of", () => {
    const { flow } = syntheticInput(QUIET);
    const vague = { ...flow.segments.leftFoot, sigma: flow.segments.leftFoot.sigma.map(() => 3) };
    const segments = { ...flow.segments, leftFoot: vague };
    const usable = new Uint8Array(flow.time.length).fill(1);
    const { leftLeg } = computeLimbSignals({ ...flow, segments }, 60, usable);
    expect([...leftLeg.velocity[4]!].every(Number.isNaN)).toBe(true);
    expect([...leftLeg.speed].some(Number.isNaN)).toBe(false);
  });

  it("is missing where nothing is seen", () => {
    const { signals } = signalsOf({ ...QUIET, seesLegs: false });
    expect([...signals.leftLeg.speed].every(Number.isNaN)).toBe(true);
    expect([...signals.region.speed].some(Number.isNaN)).toBe(false);
  });
});

describe("computeActivity", () => {
  const time = Float64Array.from({ length: 50 }, (_, i) => i / 25);

  it("is a constant speed itself", () => {
    for (const value of computeActivity(time, new Float32Array(50).fill(0.7)))
      expect(value).toBeCloseTo(0.7, 5);
  });

  it("is the root mean square of the samples within a tenth of a second", () => {
    const speed = new Float32Array(50);
    speed[25] = 1;
    const activity = computeActivity(time, speed);
    expect(activity[25]).toBeCloseTo(Math.sqrt(1 / 5), 4);
    expect(activity[27]).toBeCloseTo(Math.sqrt(1 / 5), 4);
    expect(activity[28]).toBeCloseTo(0, 4);
  });

  it("leaves missing samples out, and is missing among them", () => {
    const speed = new Float32Array(50).fill(2);
    speed.fill(NaN, 10, 30);
    const activity = computeActivity(time, speed);
    expect(activity[11]).toBeCloseTo(2, 5);
    expect(activity[20]).toBeNaN();
    expect(computeActivity(new Float64Array(), new Float32Array())).toHaveLength(0);
  });
});

describe("measureNoiseFloor", () => {
  const span = syntheticSpan({ duration: 10, noisePx: 0.03, move: { leftLeg: stroke(0.5, 4, 2) } });

  it("is the middle activity of each limb while nothing moves", () => {
    const floor = measureNoiseFloor([span], (time) => time < 3 || time > 7);
    // Noise of 0.03 px on both axes at 25 frames a second of 60 px.
    expect(floor.activity.leftLeg).toBeCloseTo((0.03 * Math.SQRT2 * 25) / 60, 2);
    expect(floor.seconds).toBeCloseTo(6, 0);
    expect(mean(Object.values(floor.activity))).toBeGreaterThan(0.004);
  });

  it("is assumed, and says so, where there is no still second", () => {
    expect(measureNoiseFloor([span], (time) => time < 0.5)).toMatchObject({
      seconds: 0,
      activity: { leftLeg: 0.012 },
    });
    expect(measureNoiseFloor([], () => true).seconds).toBe(0);
  });

  it("is never nothing, as in a painted picture", () => {
    const painted = syntheticSpan({ duration: 4, noisePx: 0 });
    expect(measureNoiseFloor([painted], () => true).activity.leftLeg).toBeGreaterThan(0.001);
  });
});
