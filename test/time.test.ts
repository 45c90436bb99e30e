import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoment, formatSpan, parseWallClock, secondsBetween, wallTimeAt } from "../src/time.ts";

describe("parseWallClock", () => {
  it("reads ISO 8601 with and without seconds, fraction and zone", () => {
    const face = Date.UTC(2026, 0, 31, 21, 5);
    expect(parseWallClock("2026-01-31T21:05")).toEqual({ faceMs: face, zone: "" });
    expect(parseWallClock("2026-01-31 21:05:00")).toEqual({ faceMs: face, zone: "" });
    expect(parseWallClock(" 2026-01-31T21:05:07.250Z ")).toEqual({ faceMs: face + 7250, zone: "Z" });
    expect(parseWallClock("2026-01-31T21:05:00+02:00")).toEqual({ faceMs: face, zone: "+02:00" });
    expect(parseWallClock("2026-01-31T21:05:00-0330")).toEqual({ faceMs: face, zone: "-0330" });
  });

  it("refuses what is no date or no time", () => {
    const wrong = ["", "yesterday", "2026-01-31", "2026-13-01T00:00", "2026-02-30T00:00", "2026-00-10T00:00"];
    const alsoWrong = ["2026-01-31T24:00", "2026-01-31T21:60", "2026-01-31T21:05:60", "31.01.2026 21:05"];
    for (const text of [...wrong, ...alsoWrong])
      expect([text, parseWallClock(text)]).toEqual([text, undefined]);
  });

  it("knows leap years", () => {
    expect(parseWallClock("2028-02-29T00:00")).toBeDefined();
    expect(parseWallClock("2026-02-29T00:00")).toBeUndefined();
  });
});

describe("wallTimeAt", () => {
  it("goes on over midnight and the turn of the year, in the zone it began in", () => {
    expect(wallTimeAt("2026-12-31T23:59:58", 3)).toBe("2027-01-01T00:00:01");
    expect(wallTimeAt("2026-01-31T21:05:00+02:00", 3600)).toBe("2026-01-31T22:05:00+02:00");
    expect(wallTimeAt("2026-01-31T21:05:00Z", 0.9)).toBe("2026-01-31T21:05:00Z");
  });

  it("does not jump where summer time begins: a recording's clock is the one it began with", () => {
    expect(wallTimeAt("2026-03-29T01:59:00+01:00", 120)).toBe("2026-03-29T02:01:00+01:00");
  });

  it("is not known without a start", () => {
    expect(wallTimeAt(undefined, 5)).toBeUndefined();
    expect(wallTimeAt("soon", 5)).toBeUndefined();
  });

  it("shows the second in which a moment lies, when the recording began within one", () => {
    expect(wallTimeAt("2026-01-31T21:05:00.700", 0.5)).toBe("2026-01-31T21:05:01");
  });
});

describe("secondsBetween", () => {
  it("undoes wallTimeAt across a change of the clocks", () => {
    const start = "2026-10-24T21:00:00+02:00";
    const changes = [{ onset: 6 * 3600, shift: -3600 }];
    expect(wallTimeAt(start, 6 * 3600 - 1, changes)).toBe("2026-10-25T02:59:59+02:00");
    expect(wallTimeAt(start, 6 * 3600, changes)).toBe("2026-10-25T02:00:00+01:00");
    expect(secondsBetween(start, wallTimeAt(start, 30_000, changes)!)).toBe(30_000);
    expect(wallTimeAt("2026-10-24T21:00:00", 6 * 3600, changes)).toBe("2026-10-25T02:00:00");
    expect(formatMoment(start, 6 * 3600, changes)).toBe("02:00:00");
  });

  it("undoes wallTimeAt", () => {
    const seconds = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom("", "Z", "+05:30", "-08:00"), (by, zone) => {
        const start = `2026-10-24T20:15:30${zone}`;
        expect(secondsBetween(start, wallTimeAt(start, by)!)).toBe(by);
      }),
    );
  });

  it("counts zones only if both are known", () => {
    expect(secondsBetween("2026-01-31T21:00:00+02:00", "2026-01-31T21:00:00Z")).toBe(7200);
    expect(secondsBetween("2026-01-31T21:00:00-0330", "2026-01-31T21:00:00Z")).toBe(-12_600);
    expect(secondsBetween("2026-01-31T21:00:00", "2026-01-31T21:00:00Z")).toBe(0);
    expect(secondsBetween("2026-01-31T21:00:00", "later")).toBeUndefined();
  });

  it("turns round when both ends do", () => {
    expect(secondsBetween("2026-01-31T23:00", "2026-02-01T01:30")).toBe(9000);
    expect(secondsBetween("2026-02-01T01:30", "2026-01-31T23:00")).toBe(-9000);
  });
});

describe("formatSpan and formatMoment", () => {
  it("write hours, minutes and seconds", () => {
    expect([0, 5, 59.6, 61, 3599, 3600, 36_061, -3].map(formatSpan)).toEqual([
      ...["0:00", "0:05", "1:00", "1:01", "59:59", "1:00:00", "10:01:01", "0:00"],
    ]);
  });

  it("show the time of day when it is known, else the time into the recording", () => {
    expect(formatMoment("2026-01-31T23:59:30+01:00", 45)).toBe("00:00:15");
    expect(formatMoment(undefined, 45)).toBe("0:45");
    expect(formatMoment(undefined, 33.95)).toBe("0:33");
  });
});
