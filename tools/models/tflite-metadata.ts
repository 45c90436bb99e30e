/** As much of the flatbuffers package's Builder as is used. */
export interface FlatBuilder {
  startVector(size: number, count: number, align: number): void;
  endVector(): number;
  startObject(fields: number): void;
  endObject(): number;
  addFieldOffset(field: number, value: number, none: number): void;
  addFieldInt8(field: number, value: number, none: number): void;
  addFloat32(value: number): void;
  addOffset(value: number): void;
  createString(text: string): number;
  finish(root: number, identifier: string): void;
  asUint8Array(): Uint8Array;
}

const IMAGE_PROPERTIES = 2;
const NORMALIZATION = 1;
const RGB = 1;

/**
 * The metadata a task demands of a model with a picture as input: how pixel values become its numbers,
 * (value - mean) / deviation. Tables and fields as in TensorFlow Lite's metadata schema (Apache-2.0).
 */
export function describeImageInput(builder: FlatBuilder, mean: number, deviation: number): Uint8Array {
  const listOf = (add: () => void) => {
    builder.startVector(4, 1, 4);
    add();
    return builder.endVector();
  };
  const table = (fields: number, fill: () => void) => {
    builder.startObject(fields);
    fill();
    return builder.endObject();
  };
  const means = listOf(() => builder.addFloat32(mean));
  const deviations = listOf(() => builder.addFloat32(deviation));
  const normalization = table(2, () => {
    builder.addFieldOffset(0, means, 0);
    builder.addFieldOffset(1, deviations, 0);
  });
  const unit = table(2, () => {
    builder.addFieldInt8(0, NORMALIZATION, 0);
    builder.addFieldOffset(1, normalization, 0);
  });
  const units = listOf(() => builder.addOffset(unit));
  const picture = table(2, () => builder.addFieldInt8(0, RGB, 0));
  const content = table(3, () => {
    builder.addFieldInt8(0, IMAGE_PROPERTIES, 0);
    builder.addFieldOffset(1, picture, 0);
  });
  const name = builder.createString("image");
  const tensor = table(7, () => {
    builder.addFieldOffset(0, name, 0);
    builder.addFieldOffset(3, content, 0);
    builder.addFieldOffset(4, units, 0);
  });
  const tensors = listOf(() => builder.addOffset(tensor));
  const subgraph = table(4, () => builder.addFieldOffset(2, tensors, 0));
  const subgraphs = listOf(() => builder.addOffset(subgraph));
  builder.finish(
    table(8, () => builder.addFieldOffset(3, subgraphs, 0)),
    "M001",
  );
  return builder.asUint8Array();
}

/** Fields of TensorFlow Lite's root table. */
const FIELDS = 8;
const [VERSION, BUFFERS, METADATA] = [0, 4, 6];

/**
 * Adds a piece of metadata to a model, whose own bytes stay as they are, behind a new beginning: offsets of a
 * flatbuffer are relative and point forwards, so a new root before the old data may refer to all of it.
 */
export function addMetadata(model: Uint8Array, metadata: Uint8Array): Uint8Array {
  const old = new DataView(model.buffer, model.byteOffset, model.byteLength);
  const root = old.getUint32(0, true);
  const vtable = root - old.getInt32(root, true);
  const place = (field: number) => {
    const at = 4 + 2 * field;
    const offset = at < old.getUint16(vtable, true) ? old.getUint16(vtable + at, true) : 0;
    return offset === 0 ? 0 : root + offset;
  };
  const target = (field: number) =>
    place(field) === 0 ? 0 : place(field) + old.getUint32(place(field), true);
  const listed = (list: number) =>
    Array.from({ length: list === 0 ? 0 : old.getUint32(list, true) }, (_, i) => {
      const at = list + 4 + 4 * i;
      return at + old.getUint32(at, true);
    });
  const buffers = listed(target(BUFFERS));
  const described = listed(target(METADATA));
  const name = new TextEncoder().encode("TFLITE_METADATA");

  let end = 8;
  const take = (size: number, align = 4) => {
    const at = Math.ceil(end / align) * align;
    end = at + size;
    return at;
  };
  const newVtable = take(4 + 2 * FIELDS);
  const newRoot = take(4 + 4 * FIELDS);
  const bufferList = take(4 + 4 * (buffers.length + 1));
  const metadataList = take(4 + 4 * (described.length + 1));
  const [entryVtable, entry, entryName] = [take(8), take(12), take(4 + name.length + 1)];
  const [bufferVtable, buffer] = [take(6), take(8)];
  // Its length stands before the data, and the data are aligned.
  const data = take(0, 16) + 12;
  end = data + 4 + metadata.length;
  const shift = Math.ceil(end / 64) * 64;

  const bytes = new Uint8Array(shift + model.length);
  const view = new DataView(bytes.buffer);
  const refer = (at: number, to: number) => view.setUint32(at, to - at, true);
  const vtableOf = (at: number, size: number, offsets: readonly number[]) => {
    for (const [i, value] of [4 + 2 * offsets.length, size, ...offsets].entries())
      view.setUint16(at + 2 * i, value, true);
  };
  bytes.set(model, shift);
  view.setUint32(0, newRoot, true);
  bytes.set(new TextEncoder().encode("TFL3"), 4);
  const isSet = (field: number) => field === METADATA || place(field) !== 0;
  const offsets = Array.from({ length: FIELDS }, (_, field) => (isSet(field) ? 4 + 4 * field : 0));
  vtableOf(newVtable, 4 + 4 * FIELDS, offsets);
  view.setInt32(newRoot, newRoot - newVtable, true);
  for (const [field, offset] of offsets.entries()) {
    if (offset === 0) continue;
    if (field === VERSION) view.setUint32(newRoot + offset, old.getUint32(place(field), true), true);
    else if (field === BUFFERS) refer(newRoot + offset, bufferList);
    else if (field === METADATA) refer(newRoot + offset, metadataList);
    else refer(newRoot + offset, target(field) + shift);
  }
  const writeList = (at: number, places: readonly number[]) => {
    view.setUint32(at, places.length, true);
    for (const [i, to] of places.entries()) refer(at + 4 + 4 * i, to);
  };
  writeList(bufferList, [...buffers.map((at) => at + shift), buffer]);
  writeList(metadataList, [...described.map((at) => at + shift), entry]);
  vtableOf(entryVtable, 12, [4, 8]);
  view.setInt32(entry, entry - entryVtable, true);
  refer(entry + 4, entryName);
  view.setUint32(entry + 8, buffers.length, true);
  view.setUint32(entryName, name.length, true);
  bytes.set(name, entryName + 4);
  vtableOf(bufferVtable, 8, [4]);
  view.setInt32(buffer, buffer - bufferVtable, true);
  refer(buffer + 4, data);
  view.setUint32(data, metadata.length, true);
  bytes.set(metadata, data + 4);
  return bytes;
}
