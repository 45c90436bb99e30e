import type { AddedModel, RegressionOutput } from "../added-model.ts";
import type { PlacedKeypoint } from "./placed-keypoint.ts";

/**
 * Reads a head that gives the place of each keypoint as numbers. Without any score a keypoint inside the input counts
 * as 1 and one outside as 0: the model cannot tell when it is wrong.
 *
 * Out: as `decodeHeatmap`.
 */
export function decodeRegression(
  values: Float32Array,
  scores: Float32Array | undefined,
  input: AddedModel["input"],
  output: RegressionOutput,
): PlacedKeypoint[] | undefined {
  const step = output.values.length;
  const count = values.length / step;
  if (!Number.isInteger(count) || count === 0) return undefined;
  if (scores !== undefined && scores.length < count) return undefined;
  const [across, down] = output.coordinates === "unit" ? [input.width, input.height] : [1, 1];
  const [xAt, yAt, scoreAt] = (["x", "y", "score"] as const).map((name) => output.values.indexOf(name));
  return Array.from({ length: count }, (_, k) => {
    const x = values[k * step + xAt!]! * across;
    const y = values[k * step + yAt!]! * down;
    const given = scores ? scores[k]! : scoreAt! >= 0 ? values[k * step + scoreAt!]! : undefined;
    if (given === undefined) {
      const isInside = x >= 0 && y >= 0 && x <= input.width && y <= input.height;
      return { x, y, score: isInside ? 1 : 0 };
    }
    return { x, y, score: output.sigmoid ? 1 / (1 + Math.exp(-given)) : given };
  });
}
