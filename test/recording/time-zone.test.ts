import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockChangesIn, isTimeZone, placeInZone, secondInZone } from "../../src/recording/time-zone.ts";
import { secondsBetween, wallTimeAt } from "../../src/time.ts";

const BERLIN = "Europe/Berlin";

describe("a clock time in a zone", () => {
  it.each([
    ["2026-10-24T21:00:00", "2026-10-24T21:00:00+02:00"],
    ["2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00"],
    ["2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"],
    ["2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"],
    ["2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"],
    ["2026-10-24T19:00:00Z", "2026-10-24T21:00:00+02:00"],
    ["2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"],
  ])("carries its offset: %s", (text, placed) => expect(placeInZone(text, BERLIN)).toBe(placed));

  it("reads an hour that is skipped as if it were not", () => {
    expect(secondsBetween("2026-03-29T01:30:00+01:00", placeInZone("2026-03-29T02:30:00", BERLIN)!)).toBe(
      3600,
    );
  });

  it("may mean two moments in the hour that comes twice, and only there", () => {
    expect(secondInZone("2026-10-25T02:30:00", BERLIN)).toBe("2026-10-25T02:30:00+01:00");
    expect(secondInZone("2026-10-25T01:59:59", BERLIN)).toBeUndefined();
    expect(secondInZone("2026-10-25T03:00:00", BERLIN)).toBeUndefined();
    expect(secondInZone("2026-03-29T02:30:00", BERLIN)).toBeUndefined();
    expect(secondInZone("2026-10-25T02:30:00Z", BERLIN)).toBeUndefined();
  });

  it("is nothing when it is no time, and a zone is known by its name", () => {
    expect(placeInZone("soon", BERLIN)).toBeUndefined();
    expect(isTimeZone(BERLIN)).toBe(true);
    expect(isTimeZone("Middle/Earth")).toBe(false);
  });
});

describe("clockChangesIn", () => {
  it("finds the change of a night, to the second", () => {
    const found = clockChangesIn("2026-10-24T21:00:00+02:00", 36_000, BERLIN);
    expect(found).toEqual([{ onset: 6 * 3600, shift: -3600 }]);
    expect(clockChangesIn("2026-03-28T21:00:00+01:00", 36_000, BERLIN)).toEqual([
      { onset: 5 * 3600, shift: 3600 },
    ]);
    expect(clockChangesIn("2026-11-22T21:00:00+01:00", 36_000, BERLIN)).toEqual([]);
    expect(clockChangesIn("2026-10-24T21:00:00", 36_000, BERLIN)).toEqual([]);
    // Half an hour only.
    expect(clockChangesIn("2026-04-05T01:00:00+11:00", 7200, "Australia/Lord_Howe")).toEqual([
      { onset: 3600, shift: -1800 },
    ]);
  });

  it("keeps wall times and lengths consistent: a clock time names the moment it was made of", () => {
    const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 50_000 }), (ms, seconds) => {
        const start = placeInZone(new Date(ms).toISOString().slice(0, 19), BERLIN)!;
        const changes = clockChangesIn(start, 50_000, BERLIN);
        const wall = wallTimeAt(start, seconds, changes)!;
        expect(secondsBetween(start, wall)).toBe(seconds);
        expect([placeInZone(wall.slice(0, 19), BERLIN), secondInZone(wall.slice(0, 19), BERLIN)]).toContain(
          wall,
        );
      }),
    );
  });
});
