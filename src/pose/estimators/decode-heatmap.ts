import type { AddedModel, HeatmapOutput } from "../added-model.ts";
import type { PlacedKeypoint } from "./placed-keypoint.ts";

/** How far the quarter offset goes, cells. */
const QUARTER = 0.25;
/** Below this a smoothed map is taken for it, so that its logarithm is one. */
const SMALLEST = 1e-10;

/** The maps of one picture and how they lie in memory. */
interface Maps {
  readonly values: Float32Array;
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  readonly isLast: boolean;
}

/** Cells across and down of a heat-map head. */
export function heatmapSize({ width, height }: AddedModel["input"], { stride }: HeatmapOutput) {
  return { columns: Math.round(width / stride), rows: Math.round(height / stride) };
}

/**
 * Reads a head that draws a map for each keypoint: the highest cell, moved by a quarter of a cell towards its higher
 * neighbour (`quarter`) or to the top of the parabola of the logarithm (`dark`). Of equally high cells the first counts.
 *
 * Out: for each of the model's keypoints its place in px of the input (pixel i covers [i, i + 1)) and the height of
 * its cell; undefined when the output has not the cells it should.
 *
 * *Source:* quarter offset as in Newell et al. 2016, arXiv 1603.06937; `dark` Zhang et al. 2020, distribution-aware
 * coordinate representation, arXiv 1910.06278; `cells: corners` Huang et al. 2020, unbiased data processing, arXiv
 * 1911.07524. *Differs from the source:* the smoothed map is not brought back to its old height, which changes no
 * place.
 */
export function decodeHeatmap(
  values: Float32Array,
  input: AddedModel["input"],
  output: HeatmapOutput,
): PlacedKeypoint[] | undefined {
  const { columns, rows } = heatmapSize(input, output);
  const count = values.length / (columns * rows);
  if (!Number.isInteger(count) || count === 0) return undefined;
  const maps: Maps = { values, columns, rows, count, isLast: output.layout === "NHWC" };
  return Array.from({ length: count }, (_, k) => {
    const peak = findPeak(maps, k);
    const [dx, dy] =
      output.refine === "quarter"
        ? quarterOffset(maps, k, peak)
        : output.refine === "dark"
          ? darkOffset(maps, k, peak, kernelOf(output.blur))
          : [0, 0];
    const score = output.activation === "sigmoid" ? 1 / (1 + Math.exp(-peak.value)) : peak.value;
    return {
      x: pixelOf(peak.column + dx, output, columns, input.width),
      y: pixelOf(peak.row + dy, output, rows, input.height),
      score,
    };
  });
}

function at({ values, columns, rows, count, isLast }: Maps, k: number, column: number, row: number): number {
  return values[isLast ? (row * columns + column) * count + k : (k * rows + row) * columns + column]!;
}

function findPeak(maps: Maps, k: number) {
  let peak = { column: 0, row: 0, value: NaN };
  for (let row = 0; row < maps.rows; row++) {
    for (let column = 0; column < maps.columns; column++) {
      const value = at(maps, k, column, row);
      // A map that holds no number at all keeps NaN, and its keypoint counts as not found.
      if (!(value <= peak.value) && !Number.isNaN(value)) peak = { column, row, value };
    }
  }
  return peak;
}

type Peak = ReturnType<typeof findPeak>;

function quarterOffset(maps: Maps, k: number, { column, row }: Peak): [number, number] {
  if (column < 1 || row < 1 || column >= maps.columns - 1 || row >= maps.rows - 1) return [0, 0];
  return [
    QUARTER * Math.sign(at(maps, k, column + 1, row) - at(maps, k, column - 1, row)),
    QUARTER * Math.sign(at(maps, k, column, row + 1) - at(maps, k, column, row - 1)),
  ];
}

/** Newton's step on the logarithm of the smoothed map: for a bell curve it lands on the top. */
function darkOffset(maps: Maps, k: number, { column, row }: Peak, kernel: Float64Array): [number, number] {
  if (column < 2 || row < 2 || column >= maps.columns - 2 || row >= maps.rows - 2) return [0, 0];
  const log = (right: number, down: number) =>
    Math.log(Math.max(SMALLEST, smooth(maps, k, column + right, row + down, kernel)));
  const middle = log(0, 0);
  const dx = (log(1, 0) - log(-1, 0)) / 2;
  const dy = (log(0, 1) - log(0, -1)) / 2;
  const dxx = (log(2, 0) - 2 * middle + log(-2, 0)) / 4;
  const dyy = (log(0, 2) - 2 * middle + log(0, -2)) / 4;
  const dxy = (log(1, 1) - log(-1, 1) - log(1, -1) + log(-1, -1)) / 4;
  const determinant = dxx * dyy - dxy * dxy;
  // No bell around the cell: nothing can be said of its top.
  if (!(determinant > 0) || !(dxx < 0)) return [0, 0];
  const step: [number, number] = [(dxy * dy - dyy * dx) / determinant, (dxy * dx - dxx * dy) / determinant];
  return Math.abs(step[0]) <= 1 && Math.abs(step[1]) <= 1 ? step : [0, 0];
}

function smooth(maps: Maps, k: number, column: number, row: number, kernel: Float64Array): number {
  const reach = (kernel.length - 1) / 2;
  let sum = 0;
  for (let down = -reach; down <= reach; down++) {
    const y = row + down;
    if (y < 0 || y >= maps.rows) continue;
    for (let right = -reach; right <= reach; right++) {
      const x = column + right;
      if (x < 0 || x >= maps.columns) continue;
      sum += kernel[down + reach]! * kernel[right + reach]! * at(maps, k, x, y);
    }
  }
  return sum;
}

/** A bell as wide as image libraries make it for a window of that many cells. */
function kernelOf(side: number): Float64Array {
  const sigma = 0.3 * ((side - 1) / 2 - 1) + 0.8;
  const weights = Float64Array.from({ length: side }, (_, i) =>
    Math.exp(-((i - (side - 1) / 2) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

function pixelOf(cell: number, { cells, stride }: HeatmapOutput, count: number, pixels: number): number {
  if (cells === "center") return (cell + 0.5) * stride;
  if (cells === "corners") return (cell * (pixels - 1)) / Math.max(1, count - 1) + 0.5;
  return cell * stride + 0.5;
}
