import type { AddedModel, SimccOutput } from "../added-model.ts";
import type { PlacedKeypoint } from "./placed-keypoint.ts";

/** Bins across and down of a SimCC head. */
export function simccBins({ width, height }: AddedModel["input"], { split }: SimccOutput) {
  return { across: Math.round(width * split), down: Math.round(height * split) };
}

/**
 * Reads a head that classifies each keypoint's place across and down into bins of `1 / split` px: the middle of the
 * highest bin. The score is the lower of both heights.
 *
 * Out: as `decodeHeatmap`. *Source:* Li et al. 2022, SimCC, arXiv 2107.03332. *Differs from the source:* the middle of
 * a bin, not its edge.
 */
export function decodeSimcc(
  x: Float32Array,
  y: Float32Array,
  input: AddedModel["input"],
  output: SimccOutput,
): PlacedKeypoint[] | undefined {
  const { across, down } = simccBins(input, output);
  const count = x.length / across;
  if (!Number.isInteger(count) || count === 0 || y.length !== count * down) return undefined;
  return Array.from({ length: count }, (_, k) => {
    const column = highest(x.subarray(k * across, (k + 1) * across), output.activation);
    const row = highest(y.subarray(k * down, (k + 1) * down), output.activation);
    return {
      x: (column.bin + 0.5) / output.split,
      y: (row.bin + 0.5) / output.split,
      score: Math.min(column.score, row.score),
    };
  });
}

function highest(bins: Float32Array, activation: SimccOutput["activation"]) {
  let [bin, most] = [0, NaN];
  for (const [i, value] of bins.entries())
    if (!(value <= most) && !Number.isNaN(value)) [bin, most] = [i, value];
  if (activation === "none") return { bin, score: most };
  return { bin, score: 1 / bins.reduce((sum, value) => sum + Math.exp(value - most), 0) };
}
