import { type RegionFlow, SEGMENTS, type Segment, type SpanFlow } from "../../src/flow/limb-flow.ts";
import { LIMBS, type NoiseFloor, type SpanMovement } from "../../src/movement/movement.ts";
import { measureNoiseFloor } from "../../src/movement/noise-floor.ts";
import { computeSpanMovement, type SpanInput } from "../../src/movement/span-movement.ts";
import { KEYPOINT_NAMES, type KeypointName, type Pose } from "../../src/pose/keypoint.ts";
import type { Interval } from "../../src/signal/intervals.ts";
import type { LightChange } from "../../src/survey/survey.ts";
import { linkPoses } from "../../src/tracks/link-poses.ts";
import { frameTimes } from "../signal/sampled-sine.ts";
import { seededNormal } from "../signal/seeded-random.ts";
import { motionMap } from "../survey/motion-map.ts";

/** Displacement of a limb's end from where it rests, trunk lengths, at seconds from the span's onset. */
export type Motion = (time: number) => number;

export interface Scene {
  readonly duration: number;
  /** Where in the recording the span begins, seconds. */
  readonly onset?: number;
  readonly rate?: number;
  readonly jitter?: number;
  readonly drop?: number;
  readonly seed?: number;
  /** px of the flow picture. */
  readonly trunkPx?: number;
  /** Noise of flow, px a frame, each axis. */
  readonly noisePx?: number;
  /** Legs are always in view (see `seesLegs`); arms, head and trunk only when the scene moves them. */
  readonly move?: Partial<Record<"leftLeg" | "rightLeg" | "leftArm" | "rightArm" | "head" | "trunk", Motion>>;
  /** What the moving squares of the picture show. Default: both legs. */
  readonly region?: Motion;
  /** Whether pose finds the legs. Default: yes. */
  readonly seesLegs?: boolean;
  /** When a carer's arm lies in the picture, from the span's onset. */
  readonly carer?: Interval;
  /** The camera's own movement, px of the flow picture. */
  readonly camera?: Motion;
  /** True when the picture only flickers with the rhythm, so that the mean picture shows no displacement. */
  readonly hidesFromMean?: boolean;
  readonly lightChanges?: readonly LightChange[];
}

/** How much of the limb's motion each segment shows, and whose it is. */
const SEGMENT_MOTION: Readonly<Record<Segment, readonly [keyof NonNullable<Scene["move"]>, number]>> = {
  leftThigh: ["leftLeg", 0.4],
  leftShank: ["leftLeg", 0.8],
  leftFoot: ["leftLeg", 1],
  rightThigh: ["rightLeg", 0.4],
  rightShank: ["rightLeg", 0.8],
  rightFoot: ["rightLeg", 1],
  leftArm: ["leftArm", 1],
  rightArm: ["rightArm", 1],
  head: ["head", 1],
  trunk: ["trunk", 1],
};

/** Where keypoints rest, trunk lengths from the middle of the trunk; the infant lies on its back, head up. */
const FIGURE: Readonly<Record<KeypointName, readonly [number, number]>> = {
  ...{ nose: [0, -0.8], leftEye: [0.08, -0.85], rightEye: [-0.08, -0.85], leftEar: [0.15, -0.8] },
  ...{ rightEar: [-0.15, -0.8], leftShoulder: [0.35, -0.5], rightShoulder: [-0.35, -0.5] },
  ...{ leftElbow: [0.6, -0.3], rightElbow: [-0.6, -0.3], leftWrist: [0.7, 0], rightWrist: [-0.7, 0] },
  ...{ leftHip: [0.2, 0.5], rightHip: [-0.2, 0.5], leftKnee: [0.35, 0.9], rightKnee: [-0.35, 0.9] },
  ...{ leftAnkle: [0.3, 1.35], rightAnkle: [-0.3, 1.35] },
};

/** Direction in which limbs swing; x is mirrored for the right side. */
const SWING = { x: 0.6, y: 0.8 };
const POSE_RATE = 5;
const POSE_NOISE = 0.4;
const MEAN_SECONDS = 1;
const SIGMA = 0.02;

/**
 * What flow, pose and survey would report of an infant who moves exactly as told, filmed in gray pictures of
 * 320 x 240 by a camera with a little noise.
 */
export function syntheticInput(scene: Scene): SpanInput {
  const { onset = 0, duration, rate = 25, trunkPx = 60, lightChanges = [] } = scene;
  const frames = frameTimes({ ...scene, onset, rate });
  const width = Math.round((320 * trunkPx) / 60);
  const height = Math.round((240 * trunkPx) / 60);
  const flow = flowOf(scene, frames, { width, height, trunkPx });
  const tracks = linkPoses(posesOf(scene, { width, height, trunkPx }), { minConfidence: 0.2 });
  const { carer } = scene;
  const map = motionMap({
    duration: onset + duration,
    level: (time, column, row) => {
      const at = time - onset;
      const isCarer = carer && at >= carer.onset && at < carer.onset + carer.duration;
      return isCarer && column < 6 && row < 10 ? 180 : 100;
    },
  });
  return {
    ...{ span: { onset, duration }, flow, tracks, map, lightChanges },
    isKeyFrame: new Uint8Array(flow.time.length),
    usual: new Float32Array(map.columns * map.rows),
    surveyHeight: 240,
  };
}

export function syntheticSpan(scene: Scene): SpanMovement {
  return computeSpanMovement(syntheticInput(scene));
}

/** The noise floor of a span that is still for its first and last second and a half. */
export function floorOf(span: SpanMovement): NoiseFloor {
  const end = span.onset + span.duration;
  return measureNoiseFloor([span], (time) => time < span.onset + 1.5 || time > end - 1.5);
}

/** A floor for every limb, where a scene has no still moment. */
export function evenFloor(activity: number): NoiseFloor {
  return {
    activity: Object.fromEntries(LIMBS.map((limb) => [limb, activity])) as NoiseFloor["activity"],
    seconds: 9,
  };
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly trunkPx: number;
}

function flowOf(scene: Scene, frames: Float64Array, { width, height, trunkPx }: Picture): SpanFlow {
  const { onset = 0, noisePx = 0.02, move = {}, seesLegs = true, seed = 1 } = scene;
  const noise = seededNormal(seed);
  const time = frames.slice(1);
  const interval = Float32Array.from(time, (at, i) => at - frames[i]!);
  const camera = scene.camera ?? (() => 0);
  const region = (motion: Motion, side: number, isSeen: boolean): RegionFlow => {
    const px = (at: number) => motion(at - onset) * trunkPx;
    const scale = (noisePx * trunkPx) / 60;
    const jitter = (ideal: number) => (isSeen ? ideal + scale * noise() : NaN);
    const step = Float32Array.from(time, (at, i) => px(at) - px(frames[i]!));
    const shake = Float32Array.from(time, (at, i) => camera(at - onset) - camera(frames[i]! - onset));
    const away = scene.hidesFromMean ? new Float32Array(time.length) : awayFromMean(frames, px);
    return {
      dx: step.map((d, i) => jitter(side * SWING.x * d + shake[i]!)),
      dy: step.map((d) => jitter(SWING.y * d)),
      meanDx: away.map((d) => jitter(side * SWING.x * d)),
      meanDy: away.map((d) => jitter(SWING.y * d)),
      sigma: new Float32Array(time.length).fill(isSeen ? (SIGMA * trunkPx) / 60 : NaN),
    };
  };
  const segments = {} as Record<Segment, RegionFlow>;
  for (const segment of SEGMENTS) {
    const [limb, share] = SEGMENT_MOTION[segment];
    const motion = move[limb] ?? (() => 0);
    const isSeen = limb.endsWith("Leg") ? seesLegs : move[limb] !== undefined;
    segments[segment] = region((at) => share * motion(at), limb.startsWith("right") ? -1 : 1, isSeen);
  }
  const legs: Motion = (at) => (move.leftLeg?.(at) ?? 0) + (move.rightLeg?.(at) ?? 0);
  const cells = [0, 1].map((i) => ({
    ...{ x: width / 2, y: height * (0.7 + 0.1 * i), size: 16 },
    flow: region(scene.region ?? legs, 1, true),
  }));
  return { time, interval, width, height, segments, cells, background: region(() => 0, 1, true) };
}

/** Displacement against the running mean of the last second, as the flow tracker keeps it. */
function awayFromMean(frames: Float64Array, px: Motion): Float32Array {
  let mean = px(frames[0]!);
  return Float32Array.from(frames.slice(1), (at, i) => {
    const away = px(at) - mean;
    mean += (1 - Math.exp(-(at - frames[i]!) / MEAN_SECONDS)) * away;
    return away;
  });
}

function posesOf(scene: Scene, { width, height, trunkPx }: Picture): Pose[] {
  const { onset = 0, duration, move = {}, seesLegs = true, seed = 1 } = scene;
  const noise = seededNormal(seed + 1);
  const isLeg = (name: KeypointName) => name.endsWith("Knee") || name.endsWith("Ankle");
  return Array.from({ length: Math.floor(duration * POSE_RATE) }, (_, i) => {
    const at = (i + 0.5) / POSE_RATE;
    const keypoints = KEYPOINT_NAMES.map((name) => {
      const side = name.startsWith("right") ? "right" : "left";
      const share = name.endsWith("Ankle") || name.endsWith("Wrist") ? 1 : name.endsWith("Knee") ? 0.5 : 0;
      const motion = name.endsWith("Wrist") ? move[`${side}Arm`] : move[`${side}Leg`];
      const swing = share * (motion?.(at) ?? 0);
      const jitter = () => (POSE_NOISE * trunkPx * noise()) / 60;
      return {
        name,
        x: width / 2 + (FIGURE[name][0] + (side === "right" ? -1 : 1) * SWING.x * swing) * trunkPx + jitter(),
        y: height / 2 + (FIGURE[name][1] + SWING.y * swing) * trunkPx + jitter(),
        confidence: isLeg(name) && !seesLegs ? 0.05 : 0.8,
      };
    });
    return { time: onset + at, keypoints, confidence: 0.6 };
  });
}
