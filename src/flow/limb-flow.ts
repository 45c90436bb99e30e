/** The parts of the body whose movement is followed at every frame. Left and right are the infant's own. */
export const SEGMENTS = [
  "leftThigh",
  "leftShank",
  "leftFoot",
  "rightThigh",
  "rightShank",
  "rightFoot",
  "leftArm",
  "rightArm",
  "head",
  "trunk",
] as const;

export type Segment = (typeof SEGMENTS)[number];

/**
 * Optical flow of one region at every frame of an active span. Struct of arrays, one entry per frame after
 * the first; missing is NaN.
 */
export interface RegionFlow {
  /** Shift since the frame before, px of the flow picture. */
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  /** Shift against the region's own recent mean picture, px: the second witness of small rhythms. */
  readonly meanDx: Float32Array;
  readonly meanDy: Float32Array;
  /** Standard error of `dx`, `dy`, px. */
  readonly sigma: Float32Array;
}

/** A square of the picture that moved, whatever it shows: the witness that needs no pose. */
export interface MovingCell {
  /** Centre, px of the flow picture. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly flow: RegionFlow;
}

/** Everything flow saw in one active span. */
export interface SpanFlow {
  /** Time of the later frame of each pair, seconds from the recording's start. */
  readonly time: Float64Array;
  /** Time from the frame before, seconds. */
  readonly interval: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Per segment; a segment that pose did not see at a frame is NaN there. */
  readonly segments: Readonly<Record<Segment, RegionFlow>>;
  readonly cells: readonly MovingCell[];
  /** The still surroundings: what moves them moved the camera. */
  readonly background: RegionFlow;
}
