import { writeFileSync } from "node:fs";
import { join } from "node:path";
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
    await expect(read("path\n")).rejects.toThrow(/names no recording/);
  });
});
