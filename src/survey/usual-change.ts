import { decodeChange, type MotionMap } from "./survey.ts";

/** The change of a block is usual up to this quantile of all bins: most of a night is still. */
const QUANTILE = 0.25;

/**
 * The usual change of each block over the whole recording, gray levels: its noise, and whatever always
 * moves there (a clock, a fan). Bins without frames are left out.
 */
export function usualChange(map: MotionMap): Float32Array {
  const blocks = map.columns * map.rows;
  const histogram = new Uint32Array(blocks * 256);
  for (let i = 0; i < map.data.length; i++) histogram[(i % blocks) * 256 + map.data[i]!]!++;
  return Float32Array.from({ length: blocks }, (_, b) => {
    const counts = histogram.subarray(b * 256, (b + 1) * 256);
    if (counts[0] === map.bins) return 0;
    let wanted = QUANTILE * (map.bins - counts[0]!);
    for (let code = 1; code < 256; code++) {
      wanted -= counts[code]!;
      if (wanted <= 0) return decodeChange(code);
    }
    return 0;
  });
}
