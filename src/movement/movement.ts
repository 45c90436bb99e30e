import type { LightChange } from "../survey/survey.ts";

/** Whose movement a signal is. "region": the moving part of the picture, whatever it shows. */
export const LIMBS = ["leftLeg", "rightLeg", "leftArm", "rightArm", "head", "trunk", "region"] as const;
export type Limb = (typeof LIMBS)[number];

/** The velocity of one limb at every frame of an active span. Missing is NaN. */
export interface LimbSignal {
  readonly limb: Limb;
  /** One array per segment and axis, trunk lengths per second; relative to trunk and camera. */
  readonly velocity: readonly Float32Array[];
  /** Displacement against the recent mean picture, same order, trunk lengths. */
  readonly displacement: readonly Float32Array[];
  /** Root mean square over segments of the speed, trunk lengths per second. Not smoothed. */
  readonly speed: Float32Array;
}

/** The strongest rhythm in each window of a sliding analysis. Struct of arrays, one entry per window. */
export interface RhythmTrack {
  /** Middle of the window, seconds. */
  readonly time: Float64Array;
  /** Seconds. */
  readonly window: number;
  readonly frequencyHz: Float32Array;
  /** Share of the power that lies at the peak, 0-1. */
  readonly concentration: Float32Array;
  readonly snrDb: Float32Array;
  /** Amplitude of the strongest segment, trunk lengths: a lower bound (see definitions). */
  readonly amplitude: Float32Array;
  /** Peak frequency of the displacement against the mean picture, Hz: the second witness. */
  readonly secondHz: Float32Array;
}

export interface LimbMovement {
  readonly signal: LimbSignal;
  /** Speed as root mean square over a short window, trunk lengths per second: for finding when, not how fast. */
  readonly activity: Float32Array;
  /** 2.5 s windows: tremor-like rhythms. */
  readonly fastRhythm: RhythmTrack;
  /** 6 s windows: slow rhythms. */
  readonly slowRhythm: RhythmTrack;
}

/** Posture through a span, from pose: the slow witness. Struct of arrays, one entry per pose. */
export interface Posture {
  readonly time: Float64Array;
  /** Degrees; 180 is straight. */
  readonly leftKneeAngle: Float32Array;
  readonly rightKneeAngle: Float32Array;
  /** Ankle against the middle of the hips, trunk lengths, in the trunk's own axes (along, across). */
  readonly leftAnkle: readonly [Float32Array, Float32Array];
  readonly rightAnkle: readonly [Float32Array, Float32Array];
  /** Direction hips to shoulders, radians, unwrapped. */
  readonly trunkAngle: Float32Array;
  /** Middle of the trunk, trunk lengths, picture axes. */
  readonly trunkCentre: readonly [Float32Array, Float32Array];
  /** Width of the shoulders and of the hips together, trunk lengths: narrower when the body rolls. */
  readonly width: Float32Array;
  /** From the knee to the ankle, trunk lengths. */
  readonly leftShank: Float32Array;
  readonly rightShank: Float32Array;
  /** From an ankle to the nearest point of the other leg's shank, trunk lengths. */
  readonly leftFootToLeg: Float32Array;
  readonly rightFootToLeg: Float32Array;
  /** From a wrist to the nearest point of either leg, trunk lengths. */
  readonly leftHandToLeg: Float32Array;
  readonly rightHandToLeg: Float32Array;
  /** From the middle of the shoulders to the nose along the trunk, trunk lengths. */
  readonly headReach: Float32Array;
}

/** Everything the later stages know of one active span. */
export interface SpanMovement {
  readonly onset: number;
  readonly duration: number;
  /** Per frame pair: time of the later frame, and seconds since the earlier one. */
  readonly time: Float64Array;
  readonly interval: Float32Array;
  /** Measured in this span. */
  readonly frameRate: number;
  readonly limbs: Readonly<Record<Limb, LimbMovement>>;
  readonly posture: Posture;
  /** px of the flow picture; NaN when the trunk was never seen and lengths are in fifths of its height. */
  readonly trunkLengthPx: number;
  /** Share of poses with both legs seen. */
  readonly legCoverage: number;
  /** Share of motion energy outside the infant's body, per frame pair, 0-1. */
  readonly foreignShare: Float32Array;
  /** Share of the picture, off the body, that shows something else than when the span began, 0-1. */
  readonly foreignPresence: Float32Array;
  /** Share of the picture that moves off the body, per frame pair, 0-1; and where its middle is, 0-1. */
  readonly foreignArea: Float32Array;
  readonly foreignPlace: readonly [Float32Array, Float32Array];
  /** Times of key frames, seconds; empty where they are too many to have a pulse. */
  readonly keyFrames: Float64Array;
  /** Motion of the surroundings: the camera's, px per second. */
  readonly cameraSpeed: Float32Array;
  readonly lightChanges: readonly LightChange[];
}

/** What stillness looks like in this recording. */
export interface NoiseFloor {
  /** Median activity of each limb while the survey saw no motion, trunk lengths per second. */
  readonly activity: Readonly<Record<Limb, number>>;
  /** Seconds it was measured on; 0 means assumed, not measured. */
  readonly seconds: number;
}
