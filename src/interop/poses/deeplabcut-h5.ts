import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";
import type { ModelIdentity } from "../../pose/pose-estimator.ts";
import type { PoseTable } from "../../pose/pose-table.ts";
import { chooseIndividual } from "./choose-individual.ts";
import { findKeypointColumns, putRow } from "./deeplabcut-columns.ts";
import { type Hdf5Reader, writeHdf5 } from "./hdf5-file.ts";
import { parsePickledNames } from "./pickled-names.ts";
import { roomForFrames } from "./room-for-frames.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

const FORMAT = "HDF5 file of DeepLabCut";
const GROUP = "/df_with_missing";
/** Rows read at once: records become objects. */
const ROWS_AT_ONCE = 5000;
/** Of bodies that DeepLabCut tracks as many, this one stands for body parts that belong to none. */
const NOBODY = "single";

/** One column of pandas' table. */
interface Column {
  readonly individual: string | undefined;
  readonly part: string;
  readonly coord: string;
}

/** A table of pandas as it lies in a file. */
interface Frame {
  readonly columns: readonly Column[];
  /** Frame of each row. */
  readonly frames: readonly number[];
  /** Calls for each row with its values in the columns' order. */
  readonly eachRow: (visit: (row: number, values: ArrayLike<number>) => void) => void;
}

export function isDeepLabCut(file: Hdf5Reader): boolean {
  return groupOf(file) !== undefined;
}

/**
 * Reads the HDF5 file that DeepLabCut writes, as pandas' `table` or `fixed` layout: columns by scorer, body part and
 * coordinate, or with individuals between; rows by frame number, or by pictures' names that end in one.
 *
 * @throws KicklineError `poses-unreadable`, also for columns of several kinds of numbers and rows with several names.
 */
export function parseDeepLabCutH5(
  file: Hdf5Reader,
  model: ModelIdentity,
  individual: string | undefined,
): PoseTable {
  const group = groupOf(file)!;
  const isTable = file.attribute(group, "pandas_type") === "frame_table";
  const { columns, frames, eachRow } = isTable ? openTable(file, group) : openFixed(file, group);
  const names = [...new Set(columns.map((column) => column.individual))];
  const bodies = names.filter(
    (name) => name !== undefined && (name !== NOBODY || names.length === 1),
  ) as string[];
  const who =
    names.length === 1 && names[0] === undefined
      ? undefined
      : bodies[chooseIndividual(bodies, individual, FORMAT)];
  if (names[0] === undefined && individual !== undefined) chooseIndividual([], individual, FORMAT);
  const used = findKeypointColumns(
    columns.map((column, at) => ({ ...column, at })).filter((column) => column.individual === who),
    FORMAT,
  );
  const count = frames.reduce((most, frame) => Math.max(most, frame + 1), 0);
  const table = roomForFrames(model, count, FORMAT);
  eachRow((row, values) => putRow(table, frames[row]!, used, (column) => values[column] ?? NaN));
  return table;
}

function groupOf(file: Hdf5Reader): string | undefined {
  const isFrame = (path: string) => /^frame/.test(String(file.attribute(path, "pandas_type") ?? ""));
  return [GROUP, ...file.names("/").map((name) => `/${name}`)].find(isFrame);
}

function openTable(file: Hdf5Reader, group: string): Frame {
  const path = `${group}/table`;
  const [rows] = file.shape(path) ?? [];
  const members = file.columns(path);
  const at = members.findIndex((name) => /^values_block_\d+$/.test(name));
  const others = members.filter((name, i) => i !== at && name !== "index");
  if (rows === undefined || at < 0 || !members.includes("index"))
    throw unreadablePoses(FORMAT, `its table has the columns ${members.join(", ")}`);
  if (others.length > 0) throw unreadablePoses(FORMAT, `its table has further columns: ${others.join(", ")}`);
  const named = file.attribute(path, `${members[at]}_kind`);
  const columns = columnsOf(parsePickledNames(String(named)));
  const index = members.indexOf("index");
  const eachRecord = (visit: (row: number, record: readonly unknown[]) => void) => {
    for (let from = 0; from < rows; from += ROWS_AT_ONCE)
      for (const [i, record] of file.records(path, from, Math.min(rows, from + ROWS_AT_ONCE)).entries())
        visit(from + i, record);
  };
  const frames: number[] = [];
  eachRecord((_, record) => frames.push(frameOf(record[index])));
  return {
    ...{ columns, frames },
    eachRow: (visit) => eachRecord((row, record) => visit(row, record[at] as ArrayLike<number>)),
  };
}

function openFixed(file: Hdf5Reader, group: string): Frame {
  const at = (name: string) => `${group}/${name}`;
  if (file.attribute(group, "nblocks") !== 1)
    throw unreadablePoses(FORMAT, "its columns are of several kinds of numbers");
  if (file.attribute(group, "axis1_variety") !== "regular")
    throw unreadablePoses(FORMAT, "its rows have several names each");
  const levels = Number(file.attribute(group, "block0_items_nlevels"));
  const names = Array.from({ length: levels || 0 }, (_, level) => {
    const words = file.texts(at(`block0_items_level${level}`));
    return Array.from(file.numbers(at(`block0_items_label${level}`)), (place) => words[place] ?? "");
  });
  const columns = columnsOf((names[0] ?? []).map((_, column) => names.map((level) => level[column]!)));
  const shape = file.shape(at("block0_values")) ?? [];
  if (shape[1] !== columns.length)
    throw unreadablePoses(FORMAT, `its values are [${shape.join(", ")}] for ${columns.length} columns`);
  const isNumbered = file.attribute(at("axis1"), "kind") !== "string";
  const frames = (isNumbered ? [...file.numbers(at("axis1"))] : file.texts(at("axis1"))).map(frameOf);
  if (shape[0] !== frames.length) throw unreadablePoses(FORMAT, "it has more rows than names of rows");
  const values = file.numbers(at("block0_values"));
  const width = columns.length;
  return {
    ...{ columns, frames },
    eachRow: (visit) => {
      for (const row of frames.keys()) visit(row, values.subarray(row * width, (row + 1) * width));
    },
  };
}

function columnsOf(names: unknown): Column[] {
  if (!Array.isArray(names)) throw unreadablePoses(FORMAT, "its columns have no names");
  return names.map((name: unknown) => {
    const levels: readonly unknown[] = Array.isArray(name) ? name : [];
    const isPlain = levels.every((level) => typeof level === "string" || typeof level === "number");
    // Lists within lists can be few in the file and without end when written out.
    const [scorer, one, two, three] = isPlain ? levels.map(String) : [];
    if (scorer === undefined || levels.length < 3 || levels.length > 4)
      throw unreadablePoses(FORMAT, "its columns are not named by scorer, body part and coordinate");
    return levels.length === 3
      ? { individual: undefined, part: one!, coord: two! }
      : { individual: one!, part: two!, coord: three! };
  });
}

function frameOf(name: unknown): number {
  const number =
    typeof name === "string"
      ? Number(/(\d+)(?:\.\w+)?$/.exec(name)?.[1] ?? NaN)
      : Number(name as number | bigint);
  if (Number.isInteger(number) && number >= 0 && number <= 1e7) return number;
  throw unreadablePoses(
    FORMAT,
    `a row is called ${JSON.stringify(String(name))}, which is no frame's number`,
  );
}

/** Writes poses as pandas' `fixed` layout, which DeepLabCut and pandas read. */
export async function formatDeepLabCutH5(table: PoseTable): Promise<Uint8Array> {
  const coords = ["x", "y", "likelihood"];
  const columns = KEYPOINT_NAMES.flatMap((_, part) => coords.map((_, coord) => [0, part, coord] as const));
  const values = Float64Array.from({ length: table.frames * columns.length }, (_, i) => {
    const cell = Math.floor(i / coords.length);
    return [table.x, table.y, table.confidence][i % coords.length]![cell]!;
  });
  const node = { CLASS: "ARRAY", FLAVOR: "numpy", VERSION: "2.4" };
  const int = (value: number) => BigInt64Array.of(BigInt(value));
  return writeHdf5((file) => {
    file.attributes("/", { CLASS: "GROUP", PYTABLES_FORMAT_VERSION: "2.1", VERSION: "1.0" });
    file.group(GROUP, {
      ...{
        CLASS: "GROUP",
        VERSION: "1.0",
        encoding: "UTF-8",
        errors: "strict",
        ndim: int(2),
        nblocks: int(1),
      },
      ...{ pandas_type: "frame", pandas_version: "0.15.2", axis1_variety: "regular" },
      ...{
        axis0_variety: "multi",
        axis0_nlevels: int(3),
        block0_items_variety: "multi",
        block0_items_nlevels: int(3),
      },
    });
    const levels = [
      ["scorer", [table.model.name]],
      ["bodyparts", KEYPOINT_NAMES],
      ["coords", coords],
    ] as const;
    for (const axis of ["axis0", "block0_items"]) {
      for (const [level, [name, words]] of levels.entries()) {
        const named = { ...node, kind: "string", name, [`${axis}_name${name}`]: name };
        file.texts(`${GROUP}/${axis}_level${level}`, words, named);
        const places = Int8Array.from(columns, (column) => column[level]!);
        file.numbers(`${GROUP}/${axis}_label${level}`, places, [columns.length], node);
      }
    }
    const rows = BigInt64Array.from({ length: table.frames }, (_, frame) => BigInt(frame));
    file.numbers(`${GROUP}/axis1`, rows, [table.frames], { ...node, kind: "integer" });
    const turned = { ...node, transposed: int(1) };
    file.numbers(`${GROUP}/block0_values`, values, [table.frames, columns.length], turned);
  });
}
