import { describe, expect, it } from "vitest";
import { createPyramid, fillPyramid } from "../../src/flow/pyramid.ts";

describe("pyramid", () => {
  it("halves each level, leaving an odd last row and column out", () => {
    expect(createPyramid(21, 10, 3).map(({ width, height }) => [width, height])).toEqual([
      [21, 10],
      [10, 5],
      [5, 2],
    ]);
  });

  it("takes means of two by two", () => {
    const pyramid = createPyramid(5, 4, 3);
    fillPyramid(pyramid, [
      ...[0, 2, 4, 6, 99],
      ...[2, 4, 6, 8, 99],
      ...[1, 1, 3, 3, 99],
      ...[1, 1, 3, 3, 99],
    ]);
    expect(pyramid[1]!.data).toEqual(Float32Array.of(2, 6, 1, 3));
    expect(pyramid[2]!.data).toEqual(Float32Array.of(3));
  });

  it("takes the next picture into the same buffers", () => {
    const pyramid = createPyramid(2, 2, 2);
    fillPyramid(pyramid, [1, 2, 3, 4]);
    fillPyramid(pyramid, [8, 8, 8, 8]);
    expect(pyramid[0]!.data).toEqual(Float32Array.of(8, 8, 8, 8));
    expect(pyramid[1]!.data).toEqual(Float32Array.of(8));
  });
});
