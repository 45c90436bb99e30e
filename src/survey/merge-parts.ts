import { decodeChange, encodeChange, type SurveyFrames } from "./survey.ts";
import type { SurveyPart } from "./surveyor.ts";

/**
 * Joins the parts of a survey, in order of time, into what one pass over the whole would have left (a bin
 * that was cut in two to within one code step). Frames without a change of their own take that of the frame
 * before.
 */
export function mergeParts(parts: readonly SurveyPart[]): SurveyPart {
  const merger = new PartMerger();
  for (const part of parts) merger.add(part);
  return merger.finish();
}

/**
 * Joins parts as they come, in order of time, and keeps none of them: a night's map is held once. State with
 * a lifetime: one per survey.
 */
export class PartMerger {
  readonly #capacity: { readonly bins: number; readonly frames: number };
  #first: SurveyPart | undefined;
  #map = { data: new Uint8Array(0), level: new Uint8Array(0) };
  #changeFrames = new Uint16Array(0);
  #levelFrames = new Uint16Array(0);
  #frames: SurveyFrames = emptyFrames(0);
  #count = 0;
  #bins = 0;

  /** @param capacity what is to be expected; more is taken too, at the cost of a copy. */
  constructor(capacity: { readonly bins: number; readonly frames: number } = { bins: 0, frames: 0 }) {
    this.#capacity = capacity;
  }

  add(part: SurveyPart): void {
    const blocks = part.map.columns * part.map.rows;
    if (!this.#first) {
      // Of the first part, what the joint one takes over; its pictures are not kept with it.
      this.#first = { ...part, map: { ...part.map, data: NOTHING, level: NOTHING }, frames: emptyFrames(0) };
      this.#growBins(this.#capacity.bins, blocks);
      this.#growFrames(this.#capacity.frames);
    }
    const end = part.firstBin + part.map.bins;
    this.#growBins(end, blocks);
    const { data, level } = this.#map;
    // What lies between two parts is a gap: the last picture seen stands there.
    if (this.#bins > 0) {
      for (let bin = this.#bins; bin < part.firstBin; bin++)
        level.copyWithin(bin * blocks, (bin - 1) * blocks, bin * blocks);
    }
    for (let i = 0; i < part.map.bins; i++) {
      const bin = part.firstBin + i;
      const own = [i * blocks, (i + 1) * blocks] as const;
      const all = [bin * blocks, (bin + 1) * blocks] as const;
      const [changed, shown] = [part.changeFrames[i]!, part.levelFrames[i]!];
      const [changedAll, shownAll] = [
        changed + this.#changeFrames[bin]!,
        shown + this.#levelFrames[bin]!,
      ] as const;
      joinChange(data.subarray(...all), part.map.data.subarray(...own), changed / changedAll);
      joinLevel(level.subarray(...all), part.map.level.subarray(...own), shown / shownAll);
      this.#changeFrames[bin] = changedAll;
      this.#levelFrames[bin] = shownAll;
    }
    this.#bins = Math.max(this.#bins, end);
    this.#growFrames(this.#count + part.frames.time.length);
    for (const column of COLUMNS) this.#frames[column].set(part.frames[column], this.#count);
    this.#count += part.frames.time.length;
  }

  /** @throws RangeError when there was no part. */
  finish(): SurveyPart {
    if (!this.#first) throw new RangeError("mergeParts: at least one part is needed");
    const blocks = this.#first.map.columns * this.#first.map.rows;
    const frames = readColumns(this.#frames, this.#count);
    fillForward(frames.noise);
    fillForward(frames.energy);
    return {
      ...this.#first,
      firstBin: 0,
      map: {
        ...this.#first.map,
        bins: this.#bins,
        data: this.#map.data.subarray(0, this.#bins * blocks),
        level: this.#map.level.subarray(0, this.#bins * blocks),
      },
      changeFrames: this.#changeFrames.subarray(0, this.#bins),
      levelFrames: this.#levelFrames.subarray(0, this.#bins),
      frames,
    };
  }

  #growBins(bins: number, blocks: number): void {
    if (bins <= this.#changeFrames.length) return;
    const room = Math.max(bins, Math.ceil(1.5 * this.#bins));
    this.#map = {
      data: grown(this.#map.data, new Uint8Array(room * blocks)),
      level: grown(this.#map.level, new Uint8Array(room * blocks)),
    };
    this.#changeFrames = grown(this.#changeFrames, new Uint16Array(room));
    this.#levelFrames = grown(this.#levelFrames, new Uint16Array(room));
  }

  #growFrames(frames: number): void {
    if (frames <= this.#frames.time.length) return;
    const larger = emptyFrames(Math.max(frames, Math.ceil(1.5 * this.#count)));
    for (const column of COLUMNS) larger[column].set(this.#frames[column]);
    this.#frames = larger;
  }
}

const NOTHING = new Uint8Array(0);
const COLUMNS = ["time", "brightness", "noise", "energy", "lightShift", "changedShare"] as const;

function grown<T extends Uint8Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function emptyFrames(length: number): SurveyFrames {
  const column = () => new Float32Array(length);
  return {
    time: new Float64Array(length),
    brightness: column(),
    noise: column(),
    energy: column(),
    lightShift: column(),
    changedShare: column(),
  };
}

function readColumns(frames: SurveyFrames, length: number): SurveyFrames {
  return {
    time: frames.time.subarray(0, length),
    brightness: frames.brightness.subarray(0, length),
    noise: frames.noise.subarray(0, length),
    energy: frames.energy.subarray(0, length),
    lightShift: frames.lightShift.subarray(0, length),
    changedShare: frames.changedShare.subarray(0, length),
  };
}

/** Takes a part's bin into the joint one; `share`: the part's share of the bin's frames, NaN when it has none. */
function joinChange(target: Uint8Array, source: Uint8Array, share: number): void {
  if (share === 1) target.set(source);
  else if (share > 0) {
    for (let b = 0; b < target.length; b++) {
      target[b] = encodeChange((1 - share) * decodeChange(target[b]!) + share * decodeChange(source[b]!));
    }
  }
}

function joinLevel(target: Uint8Array, source: Uint8Array, share: number): void {
  // A bin without frames carries the level of the one before.
  if (share === 1 || Number.isNaN(share)) target.set(source);
  else
    for (let b = 0; b < target.length; b++)
      target[b] = Math.round((1 - share) * target[b]! + share * source[b]!);
}

/** Frames without a change of their own (the first, key frames) take that of the frame before. */
function fillForward(values: Float32Array): void {
  let last = values.find((value) => !Number.isNaN(value)) ?? 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) values[i] = last;
    else last = values[i]!;
  }
}
