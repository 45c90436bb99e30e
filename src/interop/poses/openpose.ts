import { z } from "zod";
import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";
import type { ModelIdentity } from "../../pose/pose-estimator.ts";
import type { PoseTable } from "../../pose/pose-table.ts";
import { roomForFrames } from "./room-for-frames.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

const FORMAT = "folder of OpenPose's JSON files";
/** Where each of the 17 stands in OpenPose's orders, by how many keypoints a person has. */
const ORDERS: Readonly<Record<number, readonly number[]>> = {
  25: [0, 16, 15, 18, 17, 5, 2, 6, 3, 7, 4, 12, 9, 13, 10, 14, 11],
  18: [0, 15, 14, 17, 16, 5, 2, 6, 3, 7, 4, 11, 8, 12, 9, 13, 10],
};
const fileSchema = z.object({ people: z.array(z.object({ pose_keypoints_2d: z.array(z.number()) })) });

/**
 * Reads the files that OpenPose writes with `--write_json`, one a frame: BODY_25 or COCO-18. Of several people the one with the most
 * confidence is taken.
 *
 * @param files name and text of each; the number before `_keypoints.json` is the frame's.
 * @throws KicklineError `poses-unreadable` naming the file.
 */
export function parseOpenPose(
  files: readonly { readonly name: string; readonly text: string }[],
  model: ModelIdentity,
): PoseTable {
  const frames = files.map(({ name, text }) => {
    const number = Number(/(\d+)_keypoints\.json$/.exec(name)?.[1] ?? NaN);
    if (Number.isNaN(number)) throw unreadablePoses(FORMAT, `${name} names no frame`);
    try {
      return { name, number, people: fileSchema.parse(JSON.parse(text.replace(/^\uFEFF/, ""))).people };
    } catch (cause) {
      throw unreadablePoses(FORMAT, `${name} is another's`, cause);
    }
  });
  const first = frames.reduce((least, { number }) => Math.min(least, number), Infinity);
  const last = frames.reduce((most, { number }) => Math.max(most, number), -1);
  if (frames.length === 0) throw unreadablePoses(FORMAT, "it is empty");
  // OpenPose itself counts from 0; pictures that were cut beforehand are counted from 1.
  const table = roomForFrames(model, last - Math.min(first, 1) + 1, FORMAT);
  for (const { name, number, people } of frames) {
    const [best] = people
      .map(({ pose_keypoints_2d: values }) => ({
        values,
        sum: values.reduce((all, v, i) => all + (i % 3 === 2 ? v : 0), 0),
      }))
      .sort((a, b) => b.sum - a.sum);
    if (!best) continue;
    const order = ORDERS[best.values.length / 3];
    if (!order) throw unreadablePoses(FORMAT, `${name} has ${best.values.length / 3} keypoints a person`);
    for (const [k, at] of order.entries()) {
      const [x, y, confidence] = best.values.slice(3 * at, 3 * at + 3) as [number, number, number];
      if (confidence <= 0) continue;
      const i = (number - Math.min(first, 1)) * KEYPOINT_NAMES.length + k;
      table.x[i] = x;
      table.y[i] = y;
      table.confidence[i] = confidence;
    }
  }
  return table;
}

const BODY_25 = ORDERS[25]!;
/** Two keypoints of BODY_25 that COCO lacks stand in the middle of others: where it stands, and between which. */
const MIDDLES = [
  [1, "leftShoulder", "rightShoulder"],
  [8, "leftHip", "rightHip"],
] as const;

/**
 * Writes poses as OpenPose does with `--write_json`: a file a frame, one person of BODY_25 or nobody. Neck and middle of the hips are
 * the middles of shoulders and hips; keypoints of the feet are not known, and zero as OpenPose writes them.
 *
 * Source: OpenPose's documentation of its output, "JSON Output Format" and the keypoints of BODY_25.
 *
 * @param table coordinates in px of the recording's picture, confidence 0-1; missing is NaN.
 * @param stem of the files' names, as OpenPose takes it from the film.
 * @returns name and text of each file, in the order of frames.
 */
export function* formatOpenPose(table: PoseTable, stem: string): Generator<{ name: string; text: string }> {
  const count = KEYPOINT_NAMES.length;
  for (let frame = 0; frame < table.frames; frame++) {
    const values = new Array<number>(25 * 3).fill(0);
    const put = (at: number, x: number, y: number, confidence: number) =>
      values.splice(3 * at, 3, tidy(x), tidy(y), tidy(confidence));
    const read = (k: number) => {
      const i = frame * count + k;
      const [x, y, confidence] = [table.x[i]!, table.y[i]!, table.confidence[i]!];
      return Number.isFinite(x) && confidence > 0 ? { x, y, confidence } : undefined;
    };
    for (const [k, at] of BODY_25.entries()) {
      const point = read(k);
      if (point) put(at, point.x, point.y, point.confidence);
    }
    for (const [at, left, right] of MIDDLES) {
      const [a, b] = [read(KEYPOINT_NAMES.indexOf(left)), read(KEYPOINT_NAMES.indexOf(right))];
      if (a && b) put(at, (a.x + b.x) / 2, (a.y + b.y) / 2, Math.min(a.confidence, b.confidence));
    }
    const nobody = values.every((value) => value === 0);
    const people = nobody ? [] : [{ person_id: [-1], pose_keypoints_2d: values, ...NO_MORE }];
    const name = `${stem}_${String(frame).padStart(12, "0")}_keypoints.json`;
    yield { name, text: JSON.stringify({ version: 1.3, people }) };
  }
}

/** What OpenPose writes of those parts that were not asked for. */
const NO_MORE = {
  ...{ face_keypoints_2d: [], hand_left_keypoints_2d: [], hand_right_keypoints_2d: [] },
  ...{
    pose_keypoints_3d: [],
    face_keypoints_3d: [],
    hand_left_keypoints_3d: [],
    hand_right_keypoints_3d: [],
  },
};

/** As many digits as OpenPose writes. */
function tidy(value: number): number {
  return Number(value.toPrecision(6));
}
