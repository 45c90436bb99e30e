import { describe, expect, it } from "vitest";
import { parseContainerTime, parseFileNameTime } from "../../src/recording/start-time.ts";

describe("parseFileNameTime", () => {
  it.each([
    ["20261122_213000.mp4", "2026-11-22T21:30:00"],
    ["VID_20261122_213005.mp4", "2026-11-22T21:30:05"],
    ["2026-11-22 21-30-00.mkv", "2026-11-22T21:30:00"],
    ["2026-11-22T21.30.07.ts", "2026-11-22T21:30:07"],
    ["nursery_2026_11_22_21_30_00_main.avi", "2026-11-22T21:30:00"],
    ["cam1-20261122213000.mp4", "2026-11-22T21:30:00"],
    ["20240229_000000.mp4", "2024-02-29T00:00:00"],
    ["2026-11-22_21h30m15.mp4", "2026-11-22T21:30:15"],
    ["2026-11-22 21.30.mp4", "2026-11-22T21:30:00"],
  ])("reads %s", (name, time) => {
    expect(parseFileNameTime(name)).toBe(time);
  });

  it.each([
    ...["night.mp4", "20261122.mp4", "IMG_0042.mov", "20261322_213000.mp4", "20260230_213000.mp4"],
    ...["20261122_243000.mp4", "20261122_216000.mp4", "19991122_213000.mp4", "920261122_2130001.mp4", ""],
  ])("finds no time in %j", (name) => {
    expect(parseFileNameTime(name)).toBeUndefined();
  });
});

describe("parseContainerTime", () => {
  it("reads a time, and passes over clocks that were never set", () => {
    expect(parseContainerTime("2026-11-22T21:30:00.000000Z")).toBe("2026-11-22T21:30:00Z");
    for (const text of [undefined, "1904-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "soon", ""]) {
      expect(parseContainerTime(text)).toBeUndefined();
    }
  });
});
