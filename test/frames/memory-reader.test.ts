import { describe, expect, it } from "vitest";
import { createMemoryReader } from "../../src/frames/readers/memory-reader.ts";

const SIZE = { width: 4, height: 2, channels: 3 } as const;

describe("createMemoryReader", () => {
  it("refuses times that do not increase", () => {
    const picture = () => new Uint8Array(24);
    expect(() => createMemoryReader(SIZE, Float64Array.of(0, 1, 1), picture)).toThrow(RangeError);
    expect(() => createMemoryReader(SIZE, Float64Array.of(0, NaN), picture)).toThrow(RangeError);
  });

  it("refuses a picture of another size", async () => {
    const reader = createMemoryReader(SIZE, Float64Array.of(0), () => new Uint8Array(23));
    const read = async () => {
      for await (const _ of reader.read());
    };
    await expect(read()).rejects.toThrow(/23 bytes, not 4x2x3/);
  });

  it("makes only the pictures that are asked for", async () => {
    const made: number[] = [];
    const reader = createMemoryReader(SIZE, Float64Array.of(0, 1, 2, 3), (i) => {
      made.push(i);
      return new Uint8Array(24);
    });
    for await (const { index, time } of reader.read({ from: 1, to: 3 })) expect(time).toBe(index + 1);
    expect(made).toEqual([1, 2]);
  });

  it("gives nothing when it has no times", async () => {
    for await (const _ of createMemoryReader(SIZE, new Float64Array(0), () => new Uint8Array(0)).read()) {
      expect.unreachable();
    }
  });
});
