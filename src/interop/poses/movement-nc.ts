import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";
import type { ModelIdentity } from "../../pose/pose-estimator.ts";
import type { PoseTable } from "../../pose/pose-table.ts";
import { chooseIndividual } from "./choose-individual.ts";
import { type Hdf5Reader, writeHdf5 } from "./hdf5-file.ts";
import { needLegs } from "./keypoint-names.ts";
import { roomForFrames } from "./room-for-frames.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

const FORMAT = "netCDF file of movement";
const INDIVIDUAL = "infant";

export function isMovement(file: Hdf5Reader): boolean {
  return file.shape("/position") !== undefined && file.shape("/keypoints") !== undefined;
}

/**
 * Reads the netCDF-4 file of a pose data set of the Python package `movement`: `position` and `confidence` over time,
 * space, keypoints and individuals in any order. Times in seconds become frames by the file's own `fps`.
 *
 * @throws KicklineError `poses-unreadable`, also for three-dimensional poses.
 */
export function parseMovement(
  file: Hdf5Reader,
  model: ModelIdentity,
  individual: string | undefined,
): PoseTable {
  const position = axesOf(file, "/position", ["time", "space", "keypoints", "individuals"]);
  const space = file.texts("/space");
  const [x, y] = [space.indexOf("x"), space.indexOf("y")];
  if (x < 0 || y < 0 || space.length !== 2)
    throw unreadablePoses(FORMAT, `its space is ${space.join(", ")}; only x and y of a picture are read`);
  const who = chooseIndividual(file.texts("/individuals"), individual, FORMAT);
  const keypoints = needLegs(file.texts("/keypoints"), FORMAT);
  const frames = framesOf(file);
  const points = file.numbers("/position");
  const confidence =
    file.shape("/confidence") && axesOf(file, "/confidence", ["time", "keypoints", "individuals"]);
  const scores = confidence && file.numbers("/confidence");
  const table = roomForFrames(model, (frames.at(-1) ?? -1) + 1, FORMAT);
  for (const { keypoint, part } of keypoints) {
    for (const [time, frame] of frames.entries()) {
      const place = { time, keypoints: part, individuals: who };
      const [px, py] = [points[position({ ...place, space: x })]!, points[position({ ...place, space: y })]!];
      if (!Number.isFinite(px + py)) continue;
      const i = frame * KEYPOINT_NAMES.length + keypoint;
      [table.x[i], table.y[i]] = [px, py];
      // Data without confidence holds NaN there.
      const score = confidence && scores ? scores[confidence(place)]! : NaN;
      table.confidence[i] = Number.isNaN(score) ? 1 : Math.min(1, Math.max(0, score));
    }
  }
  return table;
}

/** Where a value lies in an array whose dimensions are named. */
function axesOf(file: Hdf5Reader, path: string, needed: readonly string[]) {
  const shape = file.shape(path)!;
  const names = file.dimensions(path);
  if (shape.length !== needed.length || !needed.every((name) => names.includes(name)))
    throw unreadablePoses(FORMAT, `${path.slice(1)} is over ${names.join(", ")}, not ${needed.join(", ")}`);
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  return (place: Readonly<Record<string, number>>) =>
    names.reduce((sum, name, axis) => sum + steps[axis]! * place[name!]!, 0);
}

function framesOf(file: Hdf5Reader): number[] {
  const times = file.numbers("/time");
  const unit = file.attribute("/", "time_unit");
  const fps = file.attribute("/", "fps");
  const rate = unit === "frames" ? 1 : typeof fps === "number" && fps > 0 ? fps : NaN;
  if (Number.isNaN(rate)) throw unreadablePoses(FORMAT, "its times are in seconds, and it names no `fps`");
  const frames = Array.from(times, (time) => Math.round(time * rate));
  const isOrdered = frames.every(
    (frame, i) => frame >= 0 && frame < 2 ** 31 && (i === 0 || frame > frames[i - 1]!),
  );
  if (!isOrdered) throw unreadablePoses(FORMAT, "its times are no frames in order");
  return frames;
}

/** Writes poses as a pose data set of `movement`, by frame number. */
export async function formatMovement(table: PoseTable): Promise<Uint8Array> {
  const [count, { frames }] = [KEYPOINT_NAMES.length, table];
  const position = new Float64Array(2 * table.x.length);
  for (let frame = 0; frame < frames; frame++) {
    position.set(table.x.subarray(frame * count, (frame + 1) * count), 2 * frame * count);
    position.set(table.y.subarray(frame * count, (frame + 1) * count), (2 * frame + 1) * count);
  }
  return writeHdf5((file) => {
    file.attributes("/", { time_unit: "frames", source_software: "Kickline", ds_type: "poses" });
    file.numbers(
      "/time",
      BigInt64Array.from({ length: frames }, (_, frame) => BigInt(frame)),
      [frames],
    );
    file.freeTexts("/space", ["x", "y"]);
    file.freeTexts("/keypoints", KEYPOINT_NAMES);
    file.freeTexts("/individuals", [INDIVIDUAL]);
    for (const name of ["/time", "/space", "/keypoints", "/individuals"]) file.scale(name);
    file.numbers("/position", position, [frames, 2, count, 1]);
    file.dimensions("/position", ["/time", "/space", "/keypoints", "/individuals"]);
    file.numbers("/confidence", Float64Array.from(table.confidence), [frames, count, 1]);
    file.dimensions("/confidence", ["/time", "/keypoints", "/individuals"]);
  });
}
