import type { SkeletonAt, SkeletonLine } from "../media/skeleton-clip.ts";
import type { KeypointName } from "../pose/keypoint.ts";
import type { SeenPoses } from "./recall-night.ts";

/** The links of the skeleton that are drawn, and which limb each belongs to. */
export const SKELETON_LINKS: readonly (readonly [KeypointName, KeypointName, SkeletonLine["part"]])[] = [
  ["leftShoulder", "rightShoulder", "rest"],
  ["leftHip", "rightHip", "rest"],
  ["leftShoulder", "leftHip", "rest"],
  ["rightShoulder", "rightHip", "rest"],
  ["leftShoulder", "leftElbow", "rest"],
  ["leftElbow", "leftWrist", "rest"],
  ["rightShoulder", "rightElbow", "rest"],
  ["rightElbow", "rightWrist", "rest"],
  ["leftHip", "leftKnee", "left leg"],
  ["leftKnee", "leftAnkle", "left leg"],
  ["rightHip", "rightKnee", "right leg"],
  ["rightKnee", "rightAnkle", "right leg"],
];

/** Poses further apart than this are not joined, seconds: nothing is known between them. */
const LONGEST_JOIN = 0.6;

/** The skeleton at any moment, between two poses as if moving evenly from one to the other. */
export function skeletonOf(poses: SeenPoses): SkeletonAt {
  const { time, points } = poses;
  return (moment) => {
    const after = time.findIndex((at) => at >= moment);
    const [a, b] = after <= 0 ? [after, after] : [after - 1, after];
    const [first, second] = [time[a], time[b]];
    if (first === undefined || second === undefined) return [];
    if (second - first > LONGEST_JOIN || Math.abs(moment - first) > LONGEST_JOIN) return [];
    const share = second === first ? 0 : (moment - first) / (second - first);
    const at = (name: KeypointName): readonly [number, number] | undefined => {
      const [p, q] = [points[name][a], points[name][b]];
      return p && q ? [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])] : undefined;
    };
    return SKELETON_LINKS.flatMap(([from, to, part]) => {
      const [start, end] = [at(from), at(to)];
      return start && end ? [{ from: start, to: end, part }] : [];
    });
  };
}
