import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readManifest } from "../../src/study/read-manifest.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const read = (text: string) => {
  const path = join(makeTestFolder(), "nights.csv");
  writeFileSync(path, text);
  return readManifest(path);
};

describe("a manifest", () => {
  it("joins the files of one subject and night, in order", async () => {
    const nights = await read("path,subject,night\na.mp4,1,1\nb.mp4,1,1\nc.mp4,1,2\n");
    expect(nights.map(({ subject, night, paths }) => [subject, night, paths.length])).toEqual([
      ["1", "1", 2],
      ["1", "2", 1],
    ]);
  });

  it("never takes two infants for one because their names look alike", async () => {
    await expect(read("path\na/night.mp4\nb/night.mp4\n")).rejects.toThrow(
      /line 3 would be taken for the night of line 2/,
    );
    await expect(read("path,subject,night\na.mp4,A-1,1\nb.mp4,A1,1\n")).rejects.toThrow(/line 3/);
    await expect(read("path,subject\nx.mp4,x\nx.mp4,n/a\n")).rejects.toThrow(/line 3/);
  });

  it("names a line that says nothing of use", async () => {
    await expect(read("path,age\na.mp4,old\n")).rejects.toThrow(/line 2: age "old"/);
    await expect(read("path,started-at\na.mp4,late\n")).rejects.toThrow(/line 2: started-at/);
    await expect(read("path,subjekt\na.mp4,1\n")).rejects.toThrow(/unknown column "subjekt"/);
    await expect(read("path,time-zone\na.mp4,Europe/Berln\n")).rejects.toThrow(/line 2: time-zone/);
    await expect(read("path,Path\na.mp4,b.mp4\n")).rejects.toThrow(/column "path" twice/);
    await expect(read("path\n")).rejects.toThrow(/names no recording/);
  });

  it("counts lines as an editor does, past empty ones and those within quotes", async () => {
    await expect(read("path,subject\n\n\na.mp4,1\n,2\n")).rejects.toThrow(/line 5: names no path/);
    await expect(read('path,skip\na.mp4,"no\nfilm"\n,x\n')).rejects.toThrow(/line 4: names no path/);
  });

  it("is the same with commas, semicolons, tabs, Windows' line ends and a mark of its encoding", async () => {
    const rows = [
      ["Path", "Subject", "Started At"],
      ['"a, b; c/ä.mp4"', "1", "2026-11-22T21:30:00"],
    ];
    const nights = await Promise.all(
      [",", ";", "\t"].map((sign) => read(`\uFEFF${rows.map((row) => row.join(sign)).join("\r\n")}\r\n`)),
    );
    for (const [one] of nights) {
      expect(one).toMatchObject({ subject: "1", startedAt: "2026-11-22T21:30:00" });
      expect(basename(one!.paths[0]!)).toBe("ä.mp4");
    }
  });

  it("has each file of a night once, and no names that differ in capitals alone", async () => {
    await expect(read("path,subject\na.mp4,1\na.mp4,1\n")).rejects.toThrow(/line 3 names .*a\.mp4 again/);
    await expect(read("path,subject\na.mp4,a\nb.mp4,A\n")).rejects.toThrow(/line 3 would be taken/);
  });

  it("takes the clock of the first file, and what else any row says", async () => {
    const [night] = await read(
      "path,subject,started-at,time-zone\na.mp4,1,,\nb.mp4,1,2026-11-22T23:00:00,Europe/Berlin\n",
    );
    expect(night).toMatchObject({ startedAt: undefined, timeZone: "Europe/Berlin" });
  });
});
