import { decodeChange, encodeChange, type SurveyFrames } from "./survey.ts";
import type { SurveyPart } from "./surveyor.ts";

/**
 * Joins the parts of a survey, in order of time. A bin that two parts share takes the mean of both,
 * weighted by nothing: parts are cut at key frames, and a bin is half a second.
 */
export function mergeParts(parts: readonly SurveyPart[]): SurveyPart {
  const first = parts[0];
  if (!first) throw new RangeError("mergeParts: at least one part is needed");
  const blocks = first.map.columns * first.map.rows;
  const lastBin = Math.max(...parts.map((part) => part.firstBin + part.map.bins));
  const data = new Uint8Array(lastBin * blocks);
  const level = new Uint8Array(lastBin * blocks);
  const written = new Uint8Array(lastBin);
  for (const part of parts) {
    for (let bin = 0; bin < part.map.bins; bin++) {
      const target = data.subarray((part.firstBin + bin) * blocks, (part.firstBin + bin + 1) * blocks);
      const source = part.map.data.subarray(bin * blocks, (bin + 1) * blocks);
      level.set(part.map.level.subarray(bin * blocks, (bin + 1) * blocks), (part.firstBin + bin) * blocks);
      if (written[part.firstBin + bin]) {
        for (let b = 0; b < blocks; b++) {
          target[b] = encodeChange((decodeChange(target[b]!) + decodeChange(source[b]!)) / 2);
        }
      } else target.set(source);
      written[part.firstBin + bin] = 1;
    }
  }
  return {
    ...first,
    firstBin: 0,
    map: { ...first.map, bins: lastBin, data, level },
    frames: mergeFrames(parts.map((part) => part.frames)),
  };
}

function mergeFrames(parts: readonly SurveyFrames[]): SurveyFrames {
  const total = parts.reduce((sum, part) => sum + part.time.length, 0);
  const join = (key: Exclude<keyof SurveyFrames, "time">) => {
    const joined = new Float32Array(total);
    let at = 0;
    for (const part of parts) {
      joined.set(part[key], at);
      at += part[key].length;
    }
    return joined;
  };
  const time = new Float64Array(total);
  let at = 0;
  for (const part of parts) {
    time.set(part.time, at);
    at += part.time.length;
  }
  return {
    time,
    brightness: join("brightness"),
    level: join("level"),
    noise: join("noise"),
    energy: join("energy"),
    lightShift: join("lightShift"),
    changedShare: join("changedShare"),
  };
}
