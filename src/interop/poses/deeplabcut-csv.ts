import { parse } from "csv-parse/sync";
import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";
import type { ModelIdentity } from "../../pose/pose-estimator.ts";
import type { PoseTable } from "../../pose/pose-table.ts";
import { chooseIndividual } from "./choose-individual.ts";
import { findKeypointColumns, putRow } from "./deeplabcut-columns.ts";
import { roomForFrames } from "./room-for-frames.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

const FORMAT = "CSV of DeepLabCut";

/**
 * Reads the CSV that DeepLabCut writes: lines `scorer`, `bodyparts`, `coords` (and `individuals`), then a line a
 * frame with x, y and likelihood of each body part. Without a likelihood a keypoint that is there counts as 1.
 *
 * @param individual which of several; by default the first.
 * @throws KicklineError `poses-unreadable` for other tables, and where no body part is one of the legs'.
 */
export function parseDeepLabCutCsv(text: string, model: ModelIdentity, individual?: string): PoseTable {
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (cause) {
    throw unreadablePoses(FORMAT, "its lines are no table", cause);
  }
  const line = (name: string) => rows.find(([first]) => first === name);
  const [parts, coords, individuals] = [line("bodyparts"), line("coords"), line("individuals")];
  if (!parts || !coords) throw unreadablePoses(FORMAT, "it has no lines `bodyparts` and `coords`");
  const first = individual ?? individuals?.[1];
  const known = [...new Set((individuals ?? []).slice(1))];
  if (individual !== undefined) chooseIndividual(known, individual, FORMAT);
  const columns = parts
    .map((part, at) => ({ at, part, coord: coords[at] ?? "" }))
    .slice(1)
    .filter(({ at }) => individuals === undefined || individuals[at] === first);
  const used = findKeypointColumns(columns, FORMAT);
  const body = rows.slice(rows.indexOf(coords) + 1);
  const frameOf = (cells: readonly string[]) => Number(/(\d+)(?:\.\w+)?$/.exec(cells[0] ?? "")?.[1] ?? NaN);
  const numbers = body.map(frameOf);
  if (numbers.some(Number.isNaN))
    throw unreadablePoses(FORMAT, "a line does not begin with a frame's number");
  const frames = numbers.reduce((most, number) => Math.max(most, number + 1), 0);
  const table = roomForFrames(model, frames, FORMAT);
  for (const [row, cells] of body.entries()) {
    const valueAt = (column: number) => (cells[column]?.trim() ? Number(cells[column]) : NaN);
    putRow(table, numbers[row]!, used, valueAt);
  }
  return table;
}

/** Writes poses as DeepLabCut's CSV. */
export function formatDeepLabCutCsv(table: PoseTable): string {
  const heads = [
    ["scorer", ...KEYPOINT_NAMES.flatMap(() => [table.model.name, table.model.name, table.model.name])],
    ["bodyparts", ...KEYPOINT_NAMES.flatMap((name) => [name, name, name])],
    ["coords", ...KEYPOINT_NAMES.flatMap(() => ["x", "y", "likelihood"])],
  ];
  const cell = (value: number) => (Number.isFinite(value) ? String(value) : "");
  const lines = Array.from({ length: table.frames }, (_, frame) => [
    String(frame),
    ...KEYPOINT_NAMES.flatMap((_name, k) => {
      const i = frame * KEYPOINT_NAMES.length + k;
      return [table.x[i]!, table.y[i]!, table.confidence[i]!].map(cell);
    }),
  ]);
  return `${[...heads, ...lines].map((cells) => cells.join(",")).join("\n")}\n`;
}
