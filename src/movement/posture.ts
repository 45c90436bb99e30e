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
    for (const side of ["left", "right"] as const) {
      const ankle = at(`${side}Ankle`, i);
      const [dx, dy] = [(ankle[0] - hips[0]) / unitPx, (ankle[1] - hips[1]) / unitPx];
      const [along, across] = posture[`${side}Ankle`];
      along[i] = dx * Math.cos(angle) + dy * Math.sin(angle);
      across[i] = -dx * Math.sin(angle) + dy * Math.cos(angle);
    }
  }
  return posture;
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
