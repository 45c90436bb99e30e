import type { Dataset, Entity, File, Group } from "h5wasm";
import { KicklineError } from "../../errors.ts";

/** What is read of an HDF5 file; links to other files lead nowhere. */
export interface Hdf5Reader {
  /** Names within a group; "/" is the file itself. Empty for what is no group. */
  names(group: string): string[];
  /** Sizes of an array; undefined when there is none at that path. */
  shape(path: string): readonly number[] | undefined;
  attribute(path: string, name: string): string | number | undefined;
  /** All numbers of an array, the last dimension running fastest. */
  numbers(path: string): Float64Array;
  texts(path: string): string[];
  /** Names of an array's dimensions, as netCDF gives them; undefined for one without. */
  dimensions(path: string): readonly (string | undefined)[];
  /** The columns of a table of records. */
  columns(path: string): readonly string[];
  /** Records of a table, some at a time: each is its columns' values in order. */
  records(path: string, from: number, to: number): readonly (readonly unknown[])[];
}

/** What is written of an HDF5 file. */
export interface Hdf5Writer {
  group(path: string, attributes: Attributes): void;
  numbers(
    path: string,
    values: Float64Array | Int8Array | Uint8Array | BigInt64Array,
    shape: readonly number[],
    attributes?: Attributes,
  ): void;
  /** Texts in a field as long as the longest; */
  texts(path: string, values: readonly string[], attributes?: Attributes): void;
  /** or each as long as it is, in Unicode, as netCDF has them. */
  freeTexts(path: string, values: readonly string[]): void;
  attributes(path: string, attributes: Attributes): void;
  /** Makes an array one that names a dimension. */
  scale(path: string): void;
  /** Names the dimensions of an array by other arrays of the file, as netCDF does. */
  dimensions(path: string, scales: readonly string[]): void;
}

export type Attributes = Readonly<Record<string, string | number | BigInt64Array>>;

/** Numbers that are read of one array at most: a file of some kB can claim any size. */
const MOST_NUMBERS = 2 ** 28;
/** Bytes of a file that are taken at most: it is held in memory whole. */
const MOST_BYTES = 2 ** 30;
const INT64 = "<q";

type Library = typeof import("h5wasm");
type FileSystem = Awaited<Library["ready"]>["FS"];

/**
 * Opens an HDF5 file that lies in memory. Nothing but these bytes can be reached from it: the library sees a file system
 * of its own, which holds them alone.
 *
 * @throws KicklineError `poses-unreadable` when the bytes are no HDF5 file, or the package that reads them (h5wasm) is
 * not installed; whatever `read` throws.
 */
export async function readHdf5<T>(bytes: Uint8Array, read: (file: Hdf5Reader) => T): Promise<T> {
  if (bytes.length > MOST_BYTES) throw refuse(`it has ${bytes.length} bytes; at most ${MOST_BYTES} are read`);
  return withPlace(async (library, place) => {
    const { FS } = await library.ready;
    FS.writeFile(place, bytes);
    let file: File;
    try {
      file = new library.File(place, "r");
      if (file.file_id < 0n) throw new Error("it is no HDF5 file");
    } catch (cause) {
      throw refuse("it is no HDF5 file, or is cut short", cause);
    }
    try {
      return read(readerOf(library, file));
    } catch (cause) {
      if (cause instanceof KicklineError) throw cause;
      throw refuse(cause instanceof Error ? cause.message : String(cause), cause);
    } finally {
      file.close();
    }
  });
}

/** Makes an HDF5 file. @throws KicklineError when the package that writes it (h5wasm) is not installed. */
export async function writeHdf5(write: (file: Hdf5Writer) => void): Promise<Uint8Array> {
  return withPlace(async (library, place) => {
    const { FS } = await library.ready;
    const file = new library.File(place, "w", { track_order: true });
    try {
      write(writerOf(library, file));
      file.flush();
    } finally {
      file.close();
    }
    return FS.readFile(place);
  });
}

async function withPlace<T>(work: (library: Library, place: string) => Promise<T>): Promise<T> {
  let library: Library;
  try {
    library = await import("h5wasm");
  } catch (cause) {
    throw new KicklineError(
      "poses-unreadable",
      "HDF5 files need the package h5wasm, which is not installed",
      "Install it beside Kickline (npm install h5wasm@0.10.3), or use CSV or JSON.",
      { cause },
    );
  }
  const { FS } = await library.ready;
  silence(FS);
  const place = `/${crypto.randomUUID()}.h5`;
  try {
    return await work(library, place);
  } finally {
    if (FS.analyzePath(place, false).exists) FS.unlink(place);
  }
}

/**
 * The library tells of every question that is answered with no on its own stderr, which ends on the console. Sent to its
 * own /dev/null: what matters is thrown.
 */
function silence(FS: FileSystem): void {
  const { streams } = FS as unknown as { readonly streams: readonly ({ readonly path?: string } | null)[] };
  const stderr = streams[2];
  if (!stderr || stderr.path === "/dev/null") return;
  FS.close(stderr as never);
  // Takes the lowest free number, which is that of stderr.
  FS.open("/dev/null", "w");
}

function readerOf(library: Library, file: File): Hdf5Reader {
  const find = (path: string): Entity | null => (path === "/" ? file : file.get(path));
  const arrayAt = (path: string): Dataset | undefined => {
    const found = find(path);
    return found instanceof library.Dataset ? found : undefined;
  };
  const need = (path: string): Dataset => {
    const found = arrayAt(path);
    if (!found) throw refuse(`it has no array ${path}`);
    const size = (found.shape ?? []).reduce((product, length) => product * length, 1);
    if (size > MOST_NUMBERS) throw refuse(`${path} claims ${size} numbers; at most ${MOST_NUMBERS} are read`);
    return found;
  };
  return {
    names: (path) => {
      const found = find(path);
      return found instanceof library.Group ? (found as Group).keys() : [];
    },
    shape: (path) => arrayAt(path)?.shape ?? undefined,
    attribute(path, name) {
      const found = find(path);
      if (!(found instanceof library.Dataset || found instanceof library.Group)) return undefined;
      if (!Object.hasOwn(found.attrs, name)) return undefined;
      const value: unknown = found.attrs[name]!.value;
      if (typeof value === "string" || typeof value === "number") return value;
      const [first] =
        ArrayBuffer.isView(value) || Array.isArray(value)
          ? (value as ArrayLike<unknown> & Iterable<unknown>)
          : [value];
      return typeof first === "bigint"
        ? Number(first)
        : typeof first === "number" || typeof first === "string"
          ? first
          : undefined;
    },
    numbers(path) {
      const value: unknown = need(path).value;
      if (value instanceof Float64Array) return value;
      if (!ArrayBuffer.isView(value)) throw refuse(`${path} holds no numbers`);
      return Float64Array.from(value as unknown as ArrayLike<number | bigint>, Number);
    },
    texts(path) {
      const value: unknown = need(path).value;
      const all: unknown[] = Array.isArray(value) ? value.flat(Infinity) : [value];
      if (!all.every((one) => typeof one === "string")) throw refuse(`${path} holds no texts`);
      return all;
    },
    dimensions(path) {
      const found = need(path);
      return (found.shape ?? []).map((_, axis) => found.get_attached_scales(axis)[0]?.replace(/^.*\//, ""));
    },
    columns: (path) => arrayAt(path)?.metadata.compound_type?.members.map(({ name }) => name) ?? [],
    records(path, from, to) {
      const value: unknown = need(path).slice([[from, to]]);
      if (!Array.isArray(value)) throw refuse(`${path} holds no records`);
      return value as unknown[][];
    },
  };
}

function writerOf(library: Library, file: File): Hdf5Writer {
  const groupOf = (path: string): [Group, string] => {
    const at = path.lastIndexOf("/");
    const group = at <= 0 ? file : (file.get(path.slice(0, at)) as Group);
    return [group, path.slice(at + 1)];
  };
  const setAll = (target: Group | Dataset, attributes: Attributes = {}) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "object") target.create_attribute(name, value, [], INT64);
      else if (typeof value === "number") target.create_attribute(name, Float64Array.of(value), []);
      else
        target.create_attribute(name, value, [], `S${Math.max(1, new TextEncoder().encode(value).length)}`);
    }
  };
  return {
    group(path, attributes) {
      const [parent, name] = groupOf(path);
      setAll(parent.create_group(name, true), attributes);
    },
    numbers(path, values, shape, attributes) {
      const [parent, name] = groupOf(path);
      setAll(parent.create_dataset({ name, data: values, shape: [...shape] }), attributes);
    },
    texts(path, values, attributes) {
      const [parent, name] = groupOf(path);
      const longest = values.reduce(
        (most, value) => Math.max(most, new TextEncoder().encode(value).length),
        1,
      );
      const data = [...values];
      setAll(parent.create_dataset({ name, data, shape: [data.length], dtype: `S${longest}` }), attributes);
    },
    freeTexts(path, values) {
      const [parent, name] = groupOf(path);
      parent.create_dataset({ name, data: [...values], shape: [values.length], dtype: "S" });
    },
    attributes: (path, attributes) =>
      setAll(path === "/" ? file : (file.get(path) as Group | Dataset), attributes),
    scale(path) {
      const array = file.get(path);
      if (!(array instanceof library.Dataset)) throw new TypeError(`${path} is no array`);
      array.make_scale(path.slice(path.lastIndexOf("/") + 1));
    },
    dimensions(path, scales) {
      const array = file.get(path);
      if (!(array instanceof library.Dataset)) throw new TypeError(`${path} is no array`);
      for (const [axis, scale] of scales.entries()) array.attach_scale(axis, scale);
    },
  };
}

function refuse(what: string, cause?: unknown): KicklineError {
  return new KicklineError(
    "poses-unreadable",
    `this HDF5 file cannot be read: ${what}`,
    "See docs/formats.md for the files that are read.",
    { cause },
  );
}
