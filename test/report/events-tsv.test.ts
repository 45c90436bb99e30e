import { describe, expect, it } from "vitest";
import { EVENT_KINDS } from "../../src/events/movement-event.ts";
import { formatEventsSidecar } from "../../src/report/formats/events-sidecar.ts";
import { EVENT_COLUMNS, formatEventsTsv } from "../../src/report/formats/events-tsv.ts";
import { expectGolden } from "./golden-text.ts";
import { inventNight } from "./invented-night.ts";

const short = inventNight({ seed: 3, duration: 60, events: 6 });
const evening = inventNight({ seed: 4, duration: 5400, events: 25, startedAt: "2026-11-14T23:10:00+01:00" });

describe("formatEventsTsv", () => {
  it("begins with onset and duration and gives one line an event", () => {
    const lines = formatEventsTsv(evening).trimEnd().split("\n");
    expect(lines[0]!.split("\t").slice(0, 2)).toEqual(["onset", "duration"]);
    expect(lines).toHaveLength(1 + evening.events.length);
    for (const line of lines) expect(line.split("\t")).toHaveLength(EVENT_COLUMNS.length);
  });

  it("writes n/a for what is missing and never an empty cell", () => {
    const text = formatEventsTsv(short);
    expect(text).toContain("n/a");
    expect(text).not.toMatch(/\t\t|\t\n|null|NaN|undefined/);
  });

  it("keeps tabs and line breaks of a file's name out of the table", () => {
    const odd = inventNight({ seed: 3, duration: 60, events: 1, fileName: "a\tb\nc\r\\d.mp4" });
    const lines = formatEventsTsv(odd).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain("a\\tb\\nc\\r\\\\d.mp4");
  });

  it("gives a header alone for a recording without events", () => {
    expect(formatEventsTsv({ ...short, events: [] })).toBe(`${EVENT_COLUMNS.join("\t")}\n`);
  });

  it("has not changed", () => {
    expectGolden("short.tsv", formatEventsTsv(short));
    expectGolden("evening.tsv", formatEventsTsv(evening));
  });
});

describe("formatEventsSidecar", () => {
  const sidecar = JSON.parse(formatEventsSidecar(short));

  it("describes every column", () => {
    for (const column of EVENT_COLUMNS) expect(sidecar[column].Description, column).toMatch(/\w/);
    expect(sidecar.onset.Units).toBe("s");
  });

  it("defines every kind in one sentence and says what made it", () => {
    expect(Object.keys(sidecar.kind.Levels).sort()).toEqual([...EVENT_KINDS].sort());
    for (const definition of Object.values(sidecar.kind.Levels)) expect(definition).toMatch(/^[A-Z][^.]+\.$/);
    expect(sidecar.GeneratedBy[0]).toMatchObject({ Name: "Kickline", Version: short.provenance.kickline });
  });
});
