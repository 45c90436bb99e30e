import { useMemo } from "react";
import type { FlowSegment, LegFlow, SeenPoses } from "../../../src/night/recall-night.ts";
import type { KeypointName } from "../../../src/pose/keypoint.ts";
import { useAsked } from "../api/use-asked.ts";

/** Flow is asked for in pieces of this length, seconds: every frame of it is told. */
const PIECE = 10;
/** A swing of this many seconds at the present speed is drawn: small movements must show. */
const SHOWN = 0.25;

/** Where each segment's arrow begins: between two points of the pose, or at the one. */
const PLACES: readonly (readonly [FlowSegment, KeypointName, KeypointName])[] = [
  ["leftThigh", "leftHip", "leftKnee"],
  ["leftShank", "leftKnee", "leftAnkle"],
  ["leftFoot", "leftAnkle", "leftAnkle"],
  ["rightThigh", "rightHip", "rightKnee"],
  ["rightShank", "rightKnee", "rightAnkle"],
  ["rightFoot", "rightAnkle", "rightAnkle"],
];

/** How the segments of the legs move at the frame shown, as optical flow measured it: the witness of how. */
export function FlowArrows({ night, now }: { readonly night: string; readonly now: number }) {
  const from = Math.floor(now / PIECE) * PIECE;
  const { value: flow } = useAsked<LegFlow>(`/nights/${night}/flow?onset=${from}&duration=${PIECE}`);
  const { value: poses } = useAsked<SeenPoses>(`/nights/${night}/poses?onset=${from}&duration=${PIECE}`);
  const arrows = useMemo(() => (flow && poses ? arrowsAt(flow, poses, now) : []), [flow, poses, now]);
  return (
    <svg className="overlay flow" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {arrows.map(({ name, x, y, dx, dy }) => (
        <g key={name}>
          <line x1={x} y1={y} x2={x + dx} y2={y + dy} />
          <ellipse cx={x} cy={y} rx="0.004" ry="0.007" />
        </g>
      ))}
    </svg>
  );
}

function arrowsAt(flow: LegFlow, poses: SeenPoses, now: number) {
  const frame = nearest(flow.time, now, 0.1);
  const pose = nearest(poses.time, now, 0.6);
  if (frame === -1 || pose === -1) return [];
  return PLACES.flatMap(([name, first, second]) => {
    const speed = flow.segments[name][frame];
    const [a, b] = [poses.points[first][pose], poses.points[second][pose]];
    if (!speed || !a || !b) return [];
    return [{ name, x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, dx: speed[0] * SHOWN, dy: speed[1] * SHOWN }];
  });
}

/** Index of the time nearest to a moment; -1 when none is as near as `most`. */
function nearest(times: readonly number[], now: number, most: number): number {
  let best = -1;
  for (const [i, time] of times.entries()) {
    if (Math.abs(time - now) <= most && (best === -1 || Math.abs(time - now) < Math.abs(times[best]! - now)))
      best = i;
  }
  return best;
}
