import type { KeypointName } from "../pose/keypoint.ts";
import type { Tracks } from "../tracks/tracks.ts";
import type { Posture } from "./movement.ts";

/**
 * Computes joint angles and ankle positions from the tracks of a span.
 *
 * @param unitPx px per trunk length.
 * @returns one entry per pose; NaN where a keypoint is missing. Angles in the picture plane: a leg that
 * points at the camera looks shorter and straighter or more bent than it is.
 */
export function computePosture(tracks: Tracks, unitPx: number): Posture {
  const n = tracks.time.length;
  const at = (name: KeypointName, i: number): readonly [number, number] => [
    tracks.byKeypoint[name].x[i]!,
    tracks.byKeypoint[name].y[i]!,
  ];
  const column = () => new Float32Array(n).fill(NaN);
  const posture = {
    time: tracks.time,
    leftKneeAngle: column(),
    rightKneeAngle: column(),
    leftAnkle: [column(), column()] as const,
    rightAnkle: [column(), column()] as const,
    trunkAngle: column(),
    trunkCentre: [column(), column()] as const,
    ...{ width: column(), leftShank: column(), rightShank: column(), headReach: column() },
    ...{ leftFootToLeg: column(), rightFootToLeg: column() },
    ...{ leftHandToLeg: column(), rightHandToLeg: column() },
  };
  let previous = NaN;
  for (let i = 0; i < n; i++) {
    const hips = middle(at("leftHip", i), at("rightHip", i));
    const shoulders = middle(at("leftShoulder", i), at("rightShoulder", i));
    let angle = Math.atan2(shoulders[1] - hips[1], shoulders[0] - hips[0]);
    if (!Number.isNaN(previous)) angle = previous + wrap(angle - previous);
    if (!Number.isNaN(angle)) previous = angle;
    posture.trunkAngle[i] = angle;
    posture.trunkCentre[0][i] = (hips[0] + shoulders[0]) / 2 / unitPx;
    posture.trunkCentre[1][i] = (hips[1] + shoulders[1]) / 2 / unitPx;
    posture.leftKneeAngle[i] = jointAngle(at("leftHip", i), at("leftKnee", i), at("leftAnkle", i));
    posture.rightKneeAngle[i] = jointAngle(at("rightHip", i), at("rightKnee", i), at("rightAnkle", i));
    const between = (a: Place, b: Place) => Math.hypot(a[0] - b[0], a[1] - b[1]) / unitPx;
    posture.width[i] =
      (between(at("leftShoulder", i), at("rightShoulder", i)) +
        between(at("leftHip", i), at("rightHip", i))) /
      2;
    const nose = at("nose", i);
    posture.headReach[i] =
      ((nose[0] - shoulders[0]) * Math.cos(angle) + (nose[1] - shoulders[1]) * Math.sin(angle)) / unitPx;
    for (const side of ["left", "right"] as const) {
      const other = side === "left" ? "right" : "left";
      posture[`${side}Shank`][i] = between(at(`${side}Knee`, i), at(`${side}Ankle`, i));
      const shank = [at(`${other}Knee`, i), at(`${other}Ankle`, i)] as const;
      posture[`${side}FootToLeg`][i] = toSegment(at(`${side}Ankle`, i), ...shank) / unitPx;
      const wrist = at(`${side}Wrist`, i);
      posture[`${side}HandToLeg`][i] = nearest(
        (["left", "right"] as const).flatMap((leg) => [
          toSegment(wrist, at(`${leg}Hip`, i), at(`${leg}Knee`, i)),
          toSegment(wrist, at(`${leg}Knee`, i), at(`${leg}Ankle`, i)),
        ]),
        unitPx,
      );
      const ankle = at(`${side}Ankle`, i);
      const [dx, dy] = [(ankle[0] - hips[0]) / unitPx, (ankle[1] - hips[1]) / unitPx];
      const [along, across] = posture[`${side}Ankle`];
      along[i] = dx * Math.cos(angle) + dy * Math.sin(angle);
      across[i] = -dx * Math.sin(angle) + dy * Math.cos(angle);
    }
  }
  return posture;
}

type Place = readonly [number, number];

/** Distance of a point from the line between two others; NaN when one is missing. */
function toSegment(point: Place, from: Place, to: Place): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / squared;
  const along = Math.min(1, Math.max(0, share));
  return Math.hypot(point[0] - from[0] - along * dx, point[1] - from[1] - along * dy);
}

function nearest(distances: readonly number[], unitPx: number): number {
  const known = distances.filter((distance) => !Number.isNaN(distance));
  return known.length === 0 ? NaN : Math.min(...known) / unitPx;
}

function middle(a: readonly [number, number], b: readonly [number, number]): readonly [number, number] {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** Angle at `b` between `a` and `c`, degrees; 180 is straight. */
function jointAngle(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
): number {
  const first = Math.atan2(a[1] - b[1], a[0] - b[0]);
  const second = Math.atan2(c[1] - b[1], c[0] - b[0]);
  return (Math.abs(wrap(first - second)) * 180) / Math.PI;
}

function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
