import { KEYPOINT_NAMES, type KeypointName, type Pose } from "../pose/keypoint.ts";
import { median } from "../signal/statistics.ts";
import type { Track, Tracks } from "./tracks.ts";

export interface LinkOptions {
  /** Keypoints below this confidence are missing. */
  readonly minConfidence: number;
}

/**
 * 95th percentile of the shoulder width of infants in trunk lengths, same labels as {@link LONGEST}: a
 * trunk that looks shorter than that against its shoulders is foreshortened.
 */
const WIDEST_SHOULDERS = 0.89;

/**
 * Upper bounds of limb lengths in trunk lengths: the 99th percentiles of hand-labelled infants. Lower
 * bounds would reject legs drawn up towards the camera, which are short in the picture and real.
 *
 * *Source:* labels of Passmore et al., doi 10.1371/journal.pdig.0000432, 475 frames of 100 infants.
 * *Differs from the source:* a margin of three fifths is added: for models less exact than a hand, and for a camera
 * at an end of the cot, which shortens a trunk that lies along its view and not a thigh that lies across it
 * (measured on rendered infants with drawn-up legs: up to 0.95).
 */
const LONGEST = { thigh: 0.63 * 1.6, shank: 1.05 * 1.6 } as const;

const LEGS = [
  ["leftHip", "leftKnee", "leftAnkle"],
  ["rightHip", "rightKnee", "rightAnkle"],
] as const;

/**
 * Links the poses of one active span into tracks, gated by confidence and by anatomy. Gaps stay NaN.
 *
 * @param poses in order of time; a moment at which no infant was found is a pose with no keypoints.
 */
export function linkPoses(poses: readonly Pose[], options: LinkOptions): Tracks {
  const time = Float64Array.from(poses, (pose) => pose.time);
  const byKeypoint = {} as Record<KeypointName, Track>;
  for (const [k, keypoint] of KEYPOINT_NAMES.entries()) {
    const accepted = poses.map((pose) => {
      const point = pose.keypoints[k];
      return point && point.confidence >= options.minConfidence ? point : undefined;
    });
    byKeypoint[keypoint] = {
      keypoint,
      x: Float32Array.from(accepted, (point) => point?.x ?? NaN),
      y: Float32Array.from(accepted, (point) => point?.y ?? NaN),
      confidence: Float32Array.from(poses, (pose) => pose.keypoints[k]?.confidence ?? 0),
    };
  }
  const trunkLengthPx = median(trunkLengths(byKeypoint, time.length));
  gateLegs(byKeypoint, trunkLengthPx);
  return {
    subject: "infant",
    time,
    byKeypoint,
    trunkLengthPx,
    legCoverage: legCoverage(byKeypoint, time.length),
  };
}

/**
 * Trunk length at each pose. A camera at the foot of the cot shortens the trunk but not the shoulders, so
 * the longer of both says how large the infant is.
 */
function trunkLengths(tracks: Record<KeypointName, Track>, length: number): Float64Array {
  const { leftShoulder, rightShoulder, leftHip, rightHip } = tracks;
  return Float64Array.from({ length }, (_, i) => {
    const trunk = Math.hypot(
      (leftShoulder.x[i]! + rightShoulder.x[i]! - leftHip.x[i]! - rightHip.x[i]!) / 2,
      (leftShoulder.y[i]! + rightShoulder.y[i]! - leftHip.y[i]! - rightHip.y[i]!) / 2,
    );
    const shoulders = Math.hypot(
      leftShoulder.x[i]! - rightShoulder.x[i]!,
      leftShoulder.y[i]! - rightShoulder.y[i]!,
    );
    return Math.max(trunk, shoulders / WIDEST_SHOULDERS);
  });
}

function gateLegs(tracks: Record<KeypointName, Track>, trunkLengthPx: number): void {
  for (const [hip, knee, ankle] of LEGS) {
    const [h, k, a] = [tracks[hip], tracks[knee], tracks[ankle]];
    for (let i = 0; i < h.x.length; i++) {
      const thigh = Math.hypot(k.x[i]! - h.x[i]!, k.y[i]! - h.y[i]!);
      const shank = Math.hypot(a.x[i]! - k.x[i]!, a.y[i]! - k.y[i]!);
      if (thigh > LONGEST.thigh * trunkLengthPx) k.x[i] = k.y[i] = a.x[i] = a.y[i] = NaN;
      else if (shank > LONGEST.shank * trunkLengthPx) a.x[i] = a.y[i] = NaN;
    }
  }
}

function legCoverage(tracks: Record<KeypointName, Track>, length: number): number {
  if (length === 0) return 0;
  const needed = [tracks.leftKnee, tracks.rightKnee, tracks.leftAnkle, tracks.rightAnkle];
  let seen = 0;
  for (let i = 0; i < length; i++) if (needed.every((track) => !Number.isNaN(track.x[i]!))) seen++;
  return seen / length;
}
