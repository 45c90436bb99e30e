import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AddedModel, HeatmapOutput } from "../../src/pose/added-model.ts";
import { decodeHeatmap } from "../../src/pose/estimators/decode-heatmap.ts";
import { decodeRegression } from "../../src/pose/estimators/decode-regression.ts";
import { decodeSimcc } from "../../src/pose/estimators/decode-simcc.ts";
import { fromHalf, toHalf } from "../../src/pose/estimators/half.ts";

const INPUT = { width: 96, height: 128 } as AddedModel["input"];
const STRIDE = 4;
const [COLUMNS, ROWS] = [INPUT.width / STRIDE, INPUT.height / STRIDE];
const OUTPUT: HeatmapOutput = {
  ...{ head: "heatmap", tensor: "maps", layout: "NCHW", stride: STRIDE, cells: "center" },
  ...{ refine: "none", blur: 11, activation: "none" },
};

/** A bell around a place (cells, middle of a cell = whole number), one map. */
function bell(x: number, y: number, sigma = 2): Float32Array {
  return Float32Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const [dx, dy] = [(i % COLUMNS) - x, Math.floor(i / COLUMNS) - y];
    return Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
  });
}

/** Places whose bells lie well within the map. */
const inside = fc.record({
  x: fc.double({ min: 8, max: COLUMNS - 9, noNaN: true }),
  y: fc.double({ min: 8, max: ROWS - 9, noNaN: true }),
});

describe("a heat-map head", () => {
  const decode = (map: Float32Array, more: Partial<HeatmapOutput>) =>
    decodeHeatmap(map, INPUT, { ...OUTPUT, ...more })![0]!;

  it.each([1, 11])(
    "finds the top of a bell to a hundredth of a cell by `dark`, smoothed over %i cells",
    (blur) => {
      fc.assert(
        fc.property(inside, ({ x, y }) => {
          const found = decode(bell(x, y), { refine: "dark", blur });
          expect(Math.hypot(found.x / STRIDE - 0.5 - x, found.y / STRIDE - 0.5 - y)).toBeLessThan(0.01);
        }),
      );
    },
  );

  it("is nearer by a quarter on the whole, and never more than half a cell off", () => {
    let [plain, quarter, count] = [0, 0, 0];
    fc.assert(
      fc.property(inside, ({ x, y }) => {
        const off = (refine: HeatmapOutput["refine"]) => {
          const found = decode(bell(x, y), { refine });
          return [found.x / STRIDE - 0.5 - x, found.y / STRIDE - 0.5 - y].map(Math.abs);
        };
        for (const one of [...off("none"), ...off("quarter")]) expect(one).toBeLessThan(0.5 + 1e-6);
        plain += Math.max(...off("none"));
        quarter += Math.max(...off("quarter"));
        count++;
      }),
    );
    expect(quarter / count).toBeLessThan(plain / count);
  });

  it("places cells as it is told", () => {
    const map = bell(5, 7);
    expect(decode(map, { cells: "center" })).toMatchObject({ x: 22, y: 30 });
    expect(decode(map, { cells: "origin" })).toMatchObject({ x: 20.5, y: 28.5 });
    const corners = decode(map, { cells: "corners" });
    expect(corners.x).toBeCloseTo((5 * 95) / 23 + 0.5, 9);
    expect(corners.y).toBeCloseTo((7 * 127) / 31 + 0.5, 9);
  });

  it("reads either order of dimensions", () => {
    const maps = [bell(5, 7), bell(11, 20), bell(17, 9)];
    const first = Float32Array.from(maps.flatMap((map) => [...map]));
    const last = Float32Array.from({ length: first.length }, (_, i) => maps[i % 3]![Math.floor(i / 3)]!);
    for (const refine of ["none", "quarter", "dark"] as const) {
      const one = decodeHeatmap(first, INPUT, { ...OUTPUT, refine });
      expect(decodeHeatmap(last, INPUT, { ...OUTPUT, refine, layout: "NHWC" })).toEqual(one);
      expect(one).toHaveLength(3);
    }
  });

  it("moves with its map by whole cells", () => {
    fc.assert(
      fc.property(inside, fc.integer({ min: -3, max: 3 }), ({ x, y }, by) => {
        const [a, b] = [bell(x, y), bell(x + by, y)].map((map) => decode(map, { refine: "dark" }));
        expect(b!.x - a!.x).toBeCloseTo(by * STRIDE, 1);
      }),
    );
  });

  it("gives the height of the cell, through a sigmoid when it is asked to", () => {
    const map = new Float32Array(COLUMNS * ROWS).fill(-5);
    map[100] = 2;
    expect(decode(map, {}).score).toBe(2);
    expect(decode(map, { activation: "sigmoid" }).score).toBeCloseTo(1 / (1 + Math.exp(-2)), 9);
  });

  it("stays where it is at an edge, and on a flat map", () => {
    for (const refine of ["quarter", "dark"] as const) {
      expect(decode(bell(0, 0), { refine })).toMatchObject({ x: 2, y: 2 });
      expect(decode(new Float32Array(COLUMNS * ROWS).fill(0.5), { refine })).toMatchObject({ x: 2, y: 2 });
    }
  });

  it("that holds other than whole maps is none; a map without numbers has no score", () => {
    expect(decodeHeatmap(new Float32Array(COLUMNS * ROWS + 1), INPUT, OUTPUT)).toBeUndefined();
    expect(decodeHeatmap(new Float32Array(0), INPUT, OUTPUT)).toBeUndefined();
    expect(decode(new Float32Array(COLUMNS * ROWS).fill(NaN), {}).score).toBeNaN();
  });
});

describe("a SimCC head", () => {
  const split = 2;
  const bins = (length: number, at: number, height: number) => {
    const all = new Float32Array(length);
    all[at] = height;
    return all;
  };

  it("places a keypoint in the middle of its bin, half a px wide; the lower height is its score", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 191 }), fc.integer({ min: 0, max: 255 }), (column, row) => {
        const output = { head: "simcc", x: "x", y: "y", split, activation: "none" } as const;
        const [found] = decodeSimcc(bins(192, column, 0.75), bins(256, row, 0.5), INPUT, output)!;
        expect(found).toEqual({ x: column / 2 + 0.25, y: row / 2 + 0.25, score: 0.5 });
      }),
    );
  });

  it("makes shares of heights by softmax", () => {
    const output = { head: "simcc", x: "x", y: "y", split, activation: "softmax" } as const;
    const [found] = decodeSimcc(bins(192, 3, 9), bins(256, 4, 9), INPUT, output)!;
    expect(found!.score).toBeCloseTo(Math.exp(9) / (Math.exp(9) + 255), 6);
  });

  it("with another number of bins is none", () => {
    const output = { head: "simcc", x: "x", y: "y", split, activation: "none" } as const;
    expect(decodeSimcc(new Float32Array(191), new Float32Array(256), INPUT, output)).toBeUndefined();
    expect(decodeSimcc(new Float32Array(192), new Float32Array(512), INPUT, output)).toBeUndefined();
  });
});

describe("a regression head", () => {
  const head = { head: "regression", tensor: "t", sigmoid: false } as const;

  it("reads values in their order, px or shares, logits or not, scores apart or not", () => {
    const pixels = {
      ...head,
      values: ["x", "y", "ignored", "score"],
      coordinates: "pixels",
      sigmoid: true,
    } as const;
    const [a] = decodeRegression(Float32Array.of(24, 32, 99, 0), undefined, INPUT, {
      ...pixels,
      values: [...pixels.values],
    })!;
    expect(a).toEqual({ x: 24, y: 32, score: 0.5 });
    const unit = { ...head, values: ["y", "x"] as ("x" | "y")[], coordinates: "unit" } as const;
    const [b] = decodeRegression(Float32Array.of(0.25, 0.25), Float32Array.of(0.5), INPUT, unit)!;
    expect(b).toEqual({ x: 24, y: 32, score: 0.5 });
  });

  it("without scores tells inside from outside", () => {
    const unit = { ...head, values: ["x", "y"] as ("x" | "y")[], coordinates: "unit" } as const;
    const found = decodeRegression(Float32Array.of(0.5, 0.5, 1.2, 0.5, -0.1, 2), undefined, INPUT, unit)!;
    expect(found.map(({ score }) => score)).toEqual([1, 0, 0]);
  });

  it("with too few numbers is none", () => {
    const unit = { ...head, values: ["x", "y"] as ("x" | "y")[], coordinates: "unit" } as const;
    expect(decodeRegression(Float32Array.of(1, 2, 3), undefined, INPUT, unit)).toBeUndefined();
    expect(decodeRegression(Float32Array.of(1, 2, 3, 4), Float32Array.of(1), INPUT, unit)).toBeUndefined();
  });
});

describe("half-precision numbers", () => {
  it("come back as they went, all 65536 of them", () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromHalf(bits);
      if (!Number.isNaN(value)) expect(toHalf(value)).toBe(bits);
    }
    expect(fromHalf(toHalf(NaN))).toBeNaN();
  });

  it("are the nearest there are", () => {
    fc.assert(
      fc.property(fc.double({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const bits = toHalf(value);
        const off = Math.abs(fromHalf(bits) - value);
        for (const other of [bits - 1, bits + 1]) {
          const near = fromHalf(other & 0xffff);
          if (Number.isFinite(near)) expect(Math.abs(near - value)).toBeGreaterThanOrEqual(off);
        }
      }),
    );
  });

  it("round ties to even and end in infinity", () => {
    expect([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65520, -1e9, 2 ** -25].map(toHalf).map(fromHalf)).toEqual([
      ...[1, 1 + 2 ** -9, Infinity, -Infinity, 0],
    ]);
  });
});
