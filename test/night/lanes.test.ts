import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAhead } from "../../src/night/lanes.ts";

describe("reading ahead", () => {
  it("yields every answer in order, and never holds more than it may", async () => {
    const times = fc.array(fc.nat(3), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 5 }), async (turns, most) => {
        let [held, highest] = [0, 0];
        const taken: number[] = [];
        const make = async (i: number) => {
          highest = Math.max(highest, ++held);
          for (let n = 0; n < turns[i]!; n++) await null;
          return i;
        };
        for await (const one of readAhead(turns.length, most, undefined, make)) {
          held--;
          taken.push(one);
        }
        expect(taken).toEqual([...turns.keys()]);
        expect(highest).toBe(Math.min(most, turns.length));
      }),
    );
  });

  it("throws the first failure in order when all that was begun has ended, and the reason of an abort", async () => {
    let open = 0;
    const make = async (i: number) => {
      open++;
      await new Promise((resolve) => setTimeout(resolve, 5 * (6 - i)));
      open--;
      if (i > 1) throw new Error(`no ${i}`);
      return i;
    };
    const taken: number[] = [];
    const read = async (signal?: AbortSignal) => {
      for await (const one of readAhead(6, 4, signal, make)) taken.push(one);
    };
    await expect(read()).rejects.toThrow("no 2");
    expect(taken).toEqual([0, 1]);
    expect(open).toBe(0);
    await expect(read(AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
  });
});
