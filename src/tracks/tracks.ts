import type { KeypointName } from "../pose/keypoint.ts";

/**
 * One keypoint through an active span. Struct of arrays, one entry per pose; a pose whose keypoint did not
 * pass the gates is NaN in x and y.
 */
export interface Track {
  readonly keypoint: KeypointName;
  /** px of the flow picture. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly confidence: Float32Array;
}

/** The tracks of the infant in one active span. */
export interface Tracks {
  readonly subject: string;
  /** Seconds from the recording's start, one per pose. */
  readonly time: Float64Array;
  readonly byKeypoint: Readonly<Record<KeypointName, Track>>;
  /** Median shoulder-to-hip distance, px of the flow picture; NaN when the trunk was never seen. */
  readonly trunkLengthPx: number;
  /** Share of poses in which both knees and ankles passed the gates, 0-1. */
  readonly legCoverage: number;
}
