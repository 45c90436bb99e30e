import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Picture } from "../../src/frames/frame.ts";
import { PictureMean, stretchContrast } from "../../src/pose/enhance.ts";

function gray(...data: number[]): Picture {
  return { width: data.length, height: 1, channels: 1, data: Uint8Array.from(data) };
}

describe("PictureMean", () => {
  it("is the rounded mean of what was added", () => {
    const mean = new PictureMean(3, 1);
    mean.add(gray(0, 10, 255));
    mean.add(gray(1, 20, 255));
    expect([...mean.read().data]).toEqual([1, 15, 255]);
    expect(mean.count).toBe(2);
    mean.reset();
    mean.add(gray(7, 8, 9));
    expect([...mean.read().data]).toEqual([7, 8, 9]);
  });

  it("lies between the darkest and the brightest", () => {
    const level = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 20 }), (levels) => {
        const mean = new PictureMean(1, 1);
        for (const each of levels) mean.add(gray(each));
        const value = mean.read().data[0]!;
        expect(value).toBeGreaterThanOrEqual(Math.min(...levels));
        expect(value).toBeLessThanOrEqual(Math.max(...levels));
      }),
    );
  });

  it("copies, and refuses other sizes and emptiness", () => {
    const mean = new PictureMean(2, 1);
    expect(() => mean.read()).toThrow(RangeError);
    expect(() => mean.add(gray(1))).toThrow(RangeError);
    const picture = gray(4, 6);
    mean.add(picture);
    picture.data.fill(0);
    expect([...mean.read().data]).toEqual([4, 6]);
  });
});

describe("stretchContrast", () => {
  it("spreads 1 % and 99 % to black and white and keeps the order", () => {
    const dim = gray(...Array.from({ length: 1000 }, (_, i) => 100 + Math.floor(i / 25)));
    const { data } = stretchContrast(dim);
    expect(data[0]).toBe(0);
    expect(data[999]).toBe(255);
    expect(data[500]).toBeGreaterThan(120);
    expect(data[500]).toBeLessThan(140);
    for (let i = 1; i < data.length; i++) expect(data[i]).toBeGreaterThanOrEqual(data[i - 1]!);
    expect(dim.data[0]).toBe(100);
  });

  it("is not led astray by a few bright pixels", () => {
    const lamp = gray(...Array.from({ length: 1000 }, (_, i) => (i < 5 ? 255 : 50 + (i % 20))));
    expect(stretchContrast(lamp).data[19]).toBe(255);
  });

  it("leaves a picture of one level as it is", () => {
    expect([...stretchContrast(gray(7, 7, 7)).data]).toEqual([7, 7, 7]);
  });
});
