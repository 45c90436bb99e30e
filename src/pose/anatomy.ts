import type { Keypoint, KeypointName } from "./keypoint.ts";
import { computeTrunk, findKeypoint } from "./trunk.ts";

/** A distance between two keypoints that is judged in trunk lengths. */
export type AnatomySegment =
  | "leftThigh"
  | "rightThigh"
  | "leftShank"
  | "rightShank"
  | "shoulderWidth"
  | "hipWidth";

/** One distance that is out of the usual. */
export interface AnatomyFinding {
  readonly segment: AnatomySegment;
  /** Trunk lengths. */
  readonly ratio: number;
  /** The limit it passed, trunk lengths. */
  readonly limit: number;
  readonly verdict: "unusual" | "impossible";
}

/** Whether a pose can be that of an infant. */
export interface AnatomyJudgement {
  /** False when any finding is "impossible" or the trunk has no length. */
  readonly possible: boolean;
  /** px. */
  readonly trunkLength: number;
  readonly findings: readonly AnatomyFinding[];
}

/** Options of {@link judgeAnatomy}. */
export interface AnatomyOptions {
  /**
   * Keypoints less confident than this are not judged. 0-1, default 0.2. Source: MoveNet's confidence of misplaced
   * keypoints on pictures without a person is mostly below it.
   */
  readonly minimumConfidence: number;
  /**
   * A segment longer than its 99th percentile times this is impossible. Factor, default 2. Source: a trunk tilted by
   * 60 degrees towards the camera looks half as long; adults reach 1.4 (thigh) and must not be rejected.
   */
  readonly impossibleFactor: number;
}

export const ANATOMY_DEFAULTS: AnatomyOptions = { minimumConfidence: 0.2, impossibleFactor: 2 };

/** 99th percentiles in trunk lengths, see {@link judgeAnatomy}. The shank was labelled from knee to heel. */
const THIGH_P99 = 0.63;
const SHANK_P99 = 1.05;
const SHOULDER_WIDTH_P99 = 1.03;
const HIP_WIDTH_P99 = 0.89;

const SEGMENTS: Readonly<Record<AnatomySegment, readonly [KeypointName, KeypointName, number]>> = {
  leftThigh: ["leftHip", "leftKnee", THIGH_P99],
  rightThigh: ["rightHip", "rightKnee", THIGH_P99],
  leftShank: ["leftKnee", "leftAnkle", SHANK_P99],
  rightShank: ["rightKnee", "rightAnkle", SHANK_P99],
  shoulderWidth: ["leftShoulder", "rightShoulder", SHOULDER_WIDTH_P99],
  hipWidth: ["leftHip", "rightHip", HIP_WIDTH_P99],
};

/**
 * Judges whether the distances of a pose can be an infant's, and says which are out of the usual.
 *
 * In: 17 keypoints, px. Each segment is divided by the trunk length (middle of hips to middle of shoulders). Above the
 * 99th percentile of infants it is "unusual" (an adult bending into view, a tilted trunk); above that limit times
 * `impossibleFactor` it is "impossible" and the pose must not be used. Nothing is rejected for being short: a limb
 * pointing at the camera has no length. Keypoints are never moved and left and right never exchanged.
 *
 * *Source:* percentiles measured on 475 hand-labelled frames of infants published with Passmore et al. 2024,
 * doi 10.1371/journal.pdig.0000432. *Differs from the source:* the paper labels the heel, we see the ankle, so the
 * shank's limit is generous; the factor is ours. *Limits:* infants lying, camera from above.
 *
 * Keypoints below `minimumConfidence` or not finite are not judged; without all four trunk keypoints nothing is.
 */
export function judgeAnatomy(
  keypoints: readonly Keypoint[],
  options: AnatomyOptions = ANATOMY_DEFAULTS,
): AnatomyJudgement {
  const seen = (name: KeypointName): boolean =>
    findKeypoint(keypoints, name).confidence >= options.minimumConfidence;
  const trunkLength = computeTrunk(keypoints).length;
  const trunkSeen = (["leftShoulder", "rightShoulder", "leftHip", "rightHip"] as const).every(seen);
  if (!trunkSeen || !Number.isFinite(trunkLength)) return { possible: true, trunkLength, findings: [] };
  if (trunkLength === 0) return { possible: false, trunkLength, findings: [] };

  const findings: AnatomyFinding[] = [];
  for (const [segment, [from, to, p99]] of Object.entries(SEGMENTS) as [
    AnatomySegment,
    readonly [KeypointName, KeypointName, number],
  ][]) {
    if (!seen(from) || !seen(to)) continue;
    const a = findKeypoint(keypoints, from);
    const b = findKeypoint(keypoints, to);
    const ratio = Math.hypot(a.x - b.x, a.y - b.y) / trunkLength;
    const impossible = p99 * options.impossibleFactor;
    if (ratio > impossible) findings.push({ segment, ratio, limit: impossible, verdict: "impossible" });
    else if (ratio > p99) findings.push({ segment, ratio, limit: p99, verdict: "unusual" });
  }
  return { possible: findings.every(({ verdict }) => verdict !== "impossible"), trunkLength, findings };
}
