import fc from "fast-check";
import { expect, it } from "vitest";
import { toTenths, toWhole } from "../../src/signal/tenths.ts";

it("says the same of a number and of what results keep of it", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), (value) => {
      const kept = Math.round(value * 1000) / 1000;
      expect(toTenths(value)).toBe(toTenths(kept));
      expect(toWhole(value)).toBe(toWhole(kept));
    }),
  );
});

it("takes half a tenth upwards", () => {
  expect(toTenths(0.95)).toBe("1.0");
  expect(toTenths(0.9499999999)).toBe("1.0");
  expect(toTenths(0.949)).toBe("0.9");
  expect(toTenths(8)).toBe("8.0");
  expect(toWhole(12.4999999)).toBe("13");
  expect(toWhole(12.499)).toBe("12");
});
