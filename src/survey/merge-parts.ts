import { decodeChange, encodeChange, type SurveyFrames } from "./survey.ts";
import type { SurveyPart } from "./surveyor.ts";

/**
 * Joins the parts of a survey, in order of time, into what one pass over the whole would have left (a bin
 * that was cut in two to within one code step). Frames without a change of their own take that of the frame
 * before.
 */
export function mergeParts(parts: readonly SurveyPart[]): SurveyPart {
  const first = parts[0];
  if (!first) throw new RangeError("mergeParts: at least one part is needed");
  const blocks = first.map.columns * first.map.rows;
  const bins = Math.max(...parts.map((part) => part.firstBin + part.map.bins));
  const data = new Uint8Array(bins * blocks);
  const level = new Uint8Array(bins * blocks);
  const changeFrames = new Uint16Array(bins);
  const levelFrames = new Uint16Array(bins);
  let end = 0;
  for (const part of parts) {
    // What lies between two parts is a gap: the last picture seen stands there.
    for (; end > 0 && end < part.firstBin; end++)
      level.copyWithin(end * blocks, (end - 1) * blocks, end * blocks);
    for (let i = 0; i < part.map.bins; i++) {
      const bin = part.firstBin + i;
      const own = [i * blocks, (i + 1) * blocks] as const;
      const all = [bin * blocks, (bin + 1) * blocks] as const;
      const [changed, shown] = [part.changeFrames[i]!, part.levelFrames[i]!];
      joinChange(
        data.subarray(...all),
        part.map.data.subarray(...own),
        changed / (changed + changeFrames[bin]!),
      );
      joinLevel(level.subarray(...all), part.map.level.subarray(...own), shown / (shown + levelFrames[bin]!));
      changeFrames[bin]! += changed;
      levelFrames[bin]! += shown;
    }
    end = part.firstBin + part.map.bins;
  }
  return {
    ...first,
    firstBin: 0,
    map: { ...first.map, bins, data, level },
    changeFrames,
    levelFrames,
    frames: mergeFrames(parts.map((part) => part.frames)),
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

function mergeFrames(parts: readonly SurveyFrames[]): SurveyFrames {
  const total = parts.reduce((sum, part) => sum + part.time.length, 0);
  const join = <T extends Float32Array | Float64Array>(joined: T, key: keyof SurveyFrames): T => {
    let at = 0;
    for (const part of parts) {
      joined.set(part[key], at);
      at += part[key].length;
    }
    return joined;
  };
  const column = (key: Exclude<keyof SurveyFrames, "time">) => join(new Float32Array(total), key);
  return {
    time: join(new Float64Array(total), "time"),
    brightness: column("brightness"),
    noise: fillForward(column("noise")),
    energy: fillForward(column("energy")),
    lightShift: column("lightShift"),
    changedShare: column("changedShare"),
  };
}

/** Frames without a change of their own (the first, key frames) take that of the frame before. */
function fillForward(values: Float32Array): Float32Array {
  let last = values.find((value) => !Number.isNaN(value)) ?? 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) values[i] = last;
    else last = values[i]!;
  }
  return values;
}
