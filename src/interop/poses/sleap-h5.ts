import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";
import type { ModelIdentity } from "../../pose/pose-estimator.ts";
import type { PoseTable } from "../../pose/pose-table.ts";
import { chooseIndividual } from "./choose-individual.ts";
import { type Hdf5Reader, writeHdf5 } from "./hdf5-file.ts";
import { needLegs } from "./keypoint-names.ts";
import { roomForFrames } from "./room-for-frames.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

const FORMAT = "analysis file of SLEAP";
const TRACK = "infant";

export function isSleap(file: Hdf5Reader): boolean {
  return file.shape("/tracks") !== undefined && file.shape("/node_names") !== undefined;
}

/**
 * Reads the analysis file that SLEAP exports: `tracks` as (tracks, 2, nodes, frames), or in the reverse order, and
 * `point_scores` likewise; frames count from the film's first. Without scores a keypoint that is there counts as 1.
 *
 * @throws KicklineError `poses-unreadable`.
 */
export function parseSleap(
  file: Hdf5Reader,
  model: ModelIdentity,
  individual: string | undefined,
): PoseTable {
  const nodes = file.texts("/node_names");
  const shape = file.shape("/tracks")!;
  const named = file.shape("/track_names");
  const given = named?.every((size) => size > 0) ? file.texts("/track_names") : [];
  // With two tracks both orders have a 2 where the other has its coordinates: the names tell them apart.
  const isOf = (tracks: number | undefined) => given.length === 0 || given.length === tracks;
  const isReverse = !(shape[1] === 2 && isOf(shape[0])) && shape[3] === 2;
  const [tracks, space, count, frames] = isReverse ? [shape[1], shape[3], shape[2], shape[0]] : shape;
  if (shape.length !== 4 || space !== 2 || count !== nodes.length)
    throw unreadablePoses(FORMAT, `tracks is [${shape.join(", ")}] for ${nodes.length} nodes`);
  const names = Array.from({ length: tracks! }, (_, t) => given[t] ?? `track_${t}`);
  const track = chooseIndividual(names, individual, FORMAT);
  const keypoints = needLegs(nodes, FORMAT);
  const table = roomForFrames(model, frames!, FORMAT);
  const points = file.numbers("/tracks");
  const scoreShape = file.shape("/point_scores");
  const scores =
    scoreShape?.reduce((product, size) => product * size, 1) === tracks! * count! * frames!
      ? file.numbers("/point_scores")
      : undefined;
  for (const { keypoint, part } of keypoints) {
    for (let frame = 0; frame < frames!; frame++) {
      const at = (axis: number) =>
        isReverse
          ? ((frame * tracks! + track) * count! + part) * 2 + axis
          : ((track * 2 + axis) * count! + part) * frames! + frame;
      const [x, y] = [points[at(0)]!, points[at(1)]!];
      if (!Number.isFinite(x + y)) continue;
      const score = isReverse
        ? (frame * tracks! + track) * count! + part
        : (track * count! + part) * frames! + frame;
      const i = frame * KEYPOINT_NAMES.length + keypoint;
      [table.x[i], table.y[i]] = [x, y];
      table.confidence[i] = Math.min(1, Math.max(0, scores ? scores[score]! || 0 : 1));
    }
  }
  return table;
}

/** Writes poses as SLEAP's analysis file. */
export async function formatSleap(table: PoseTable): Promise<Uint8Array> {
  const [count, frames] = [KEYPOINT_NAMES.length, table.frames];
  const turned = (values: Float32Array) =>
    Float64Array.from(
      { length: count * frames },
      (_, i) => values[(i % frames) * count + Math.floor(i / frames)]!,
    );
  const tracks = new Float64Array(2 * count * frames);
  tracks.set(turned(table.x));
  tracks.set(turned(table.y), count * frames);
  const isSeen = (frame: number) =>
    KEYPOINT_NAMES.some((_, k) => Number.isFinite(table.x[frame * count + k]!));
  return writeHdf5((file) => {
    file.texts("/track_names", [TRACK]);
    file.texts("/node_names", KEYPOINT_NAMES);
    file.numbers("/tracks", tracks, [1, 2, count, frames]);
    file.numbers(
      "/track_occupancy",
      Uint8Array.from({ length: frames }, (_, frame) => (isSeen(frame) ? 1 : 0)),
      [frames, 1],
    );
    file.numbers("/point_scores", turned(table.confidence), [1, count, frames]);
  });
}
