import type { SpanFlow } from "../flow/limb-flow.ts";
import type { Interval } from "../signal/intervals.ts";
import { endOf } from "../signal/intervals.ts";
import { median } from "../signal/statistics.ts";
import type { LightChange, MotionMap } from "../survey/survey.ts";
import type { Tracks } from "../tracks/tracks.ts";
import { computeActivity } from "./activity.ts";
import { computeForeignMotion } from "./foreign-motion.ts";
import { computeLimbSignals } from "./limb-signals.ts";
import { LIMBS, type Limb, type LimbMovement, type SpanMovement } from "./movement.ts";
import { computePosture } from "./posture.ts";
import { noRhythm, type RhythmOptions, trackRhythm } from "./rhythm.ts";

/** Without a trunk in view lengths are counted in fifths of the picture's height. */
const UNKNOWN_UNIT = 1 / 5;
/** Key frames are left out only where they are rare: an all-key-frame video has no pulse. */
const RARE_KEY_FRAMES = 0.2;
const FAST = { window: 2.5, hop: 0.25, fromHz: 0.4 } as const;
const SLOW = { window: 6, hop: 0.5, fromHz: 0.2, toHz: 4 } as const;
/** No rhythm of an infant's limb is looked for above this, Hz. */
const HIGHEST_HZ = 14;
/** The camera is believed to move only where the surroundings are seen this well, px. */
const SURE_PX = 0.3;

export interface SpanInput {
  readonly span: Interval;
  readonly flow: SpanFlow;
  readonly tracks: Tracks;
  /** 1 where the later frame of a pair is a key frame. */
  readonly isKeyFrame: Uint8Array;
  readonly lightChanges: readonly LightChange[];
  readonly map: MotionMap;
  readonly usual: Float32Array;
  readonly surveyHeight: number;
}

/** Computes every signal and feature of one active span. Pure. */
export function computeSpanMovement(input: SpanInput): SpanMovement {
  const { flow, tracks, span } = input;
  const isScaled = tracks.trunkLengthPx > 0;
  const unitPx = isScaled ? tracks.trunkLengthPx : UNKNOWN_UNIT * flow.height;
  const signals = computeLimbSignals(flow, unitPx, usableFrames(input));
  const frameRate = 1 / median(flow.interval);
  const toHz = Math.min(HIGHEST_HZ, frameRate / 2);
  const limbs = {} as Record<Limb, LimbMovement>;
  for (const limb of LIMBS) {
    const signal = signals[limb];
    const track = (options: RhythmOptions) => trackRhythm(flow.time, flow.interval, signal, options);
    limbs[limb] = {
      signal,
      activity: computeActivity(flow.time, signal.speed),
      // A trunk does not tremble by itself; it rocks.
      fastRhythm: limb === "trunk" ? noRhythm(FAST.window) : track({ ...FAST, toHz }),
      slowRhythm: track({ ...SLOW, toHz: Math.min(SLOW.toHz, toHz) }),
    };
  }
  const { background } = flow;
  return {
    onset: span.onset,
    duration: span.duration,
    time: flow.time,
    interval: flow.interval,
    frameRate,
    limbs,
    posture: computePosture(tracks, unitPx),
    trunkLengthPx: tracks.trunkLengthPx,
    legCoverage: tracks.legCoverage,
    ...foreignPerFrame(input),
    keyFrames: areKeyFramesRare(input)
      ? flow.time.filter((_, i) => input.isKeyFrame[i])
      : new Float64Array(0),
    cameraSpeed: background.dx.map((dx, i) =>
      background.sigma[i]! <= SURE_PX ? Math.hypot(dx, background.dy[i]!) / flow.interval[i]! : 0,
    ),
    lightChanges: input.lightChanges.filter(
      (change) => change.onset < endOf(span) && endOf(change) > span.onset,
    ),
  };
}

function areKeyFramesRare({ isKeyFrame }: SpanInput): boolean {
  return isKeyFrame.reduce((sum, key) => sum + key, 0) < RARE_KEY_FRAMES * isKeyFrame.length;
}

function usableFrames(input: SpanInput): Uint8Array {
  const { flow, isKeyFrame, lightChanges } = input;
  const areKeysRare = areKeyFramesRare(input);
  return Uint8Array.from(flow.time, (time, i) => {
    if (areKeysRare && isKeyFrame[i]) return 0;
    const before = time - flow.interval[i]!;
    return lightChanges.some((change) => change.onset < time + 1e-6 && endOf(change) > before - 1e-6) ? 0 : 1;
  });
}

function foreignPerFrame({ map, usual, span, tracks, flow, surveyHeight, lightChanges }: SpanInput) {
  const { firstBin, share, presence, area, place } = computeForeignMotion(
    map,
    usual,
    span,
    tracks,
    flow.height / surveyHeight,
    lightChanges,
  );
  const perFrame = (bins: Float32Array) =>
    Float32Array.from(flow.time, (time) => bins[Math.floor(time / map.binDuration) - firstBin] ?? NaN);
  return {
    foreignShare: perFrame(share),
    foreignPresence: perFrame(presence),
    foreignArea: perFrame(area),
    foreignPlace: [perFrame(place[0]), perFrame(place[1])] as const,
  };
}
