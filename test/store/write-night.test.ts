import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NIGHT_FILES } from "../../src/store/night-folder.ts";
import { openOutFolder } from "../../src/store/out-folder.ts";
import { readNight, writeNight } from "../../src/store/write-night.ts";
import { inventNight } from "../report/invented-night.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const REPORT = inventNight({ seed: 3, duration: 3600, events: 8 });
const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const PICTURES = new Map(REPORT.events.slice(0, 3).map(({ id }) => [id, PICTURE]));

async function write(path: string, report = REPORT, pictures: ReadonlyMap<string, Uint8Array> = PICTURES) {
  const folder = await openOutFolder(path);
  await writeNight(folder, report, pictures);
  await folder.close();
}

describe("writeNight and readNight", () => {
  it("write a night and read it back, by folder or by file", async () => {
    const path = makeTestFolder();
    await write(path);
    for (const from of [path, join(path, NIGHT_FILES.report)]) {
      const night = await readNight(from);
      expect(night.report).toEqual(REPORT);
      expect([...night.thumbnails.keys()].sort()).toEqual([...PICTURES.keys()].sort());
      expect(night.folder).toBe(path);
    }
  });

  it("do not show an earlier night's pictures with events of the same names", async () => {
    const path = makeTestFolder();
    const all = new Map(REPORT.events.map(({ id }) => [id, PICTURE]));
    await write(path, REPORT, all);
    writeFileSync(join(path, NIGHT_FILES.thumbnails, "gone-001.jpg"), "x");
    await write(path);
    const { thumbnails } = await readNight(path);
    expect([...thumbnails.keys()].sort()).toEqual([...PICTURES.keys()].sort());
    const html = readFileSync(join(path, NIGHT_FILES.page), "utf8");
    const folder = await openOutFolder(path);
    await writeNight(folder, REPORT, thumbnails);
    await folder.close();
    expect(readFileSync(join(path, NIGHT_FILES.page), "utf8")).toBe(html);
  });

  it("touch nothing outside the folder, whatever a report calls its events", async () => {
    const base = makeTestFolder();
    const path = join(base, "night");
    mkdirSync(join(path, NIGHT_FILES.thumbnails), { recursive: true });
    writeFileSync(join(base, "holiday.jpg"), "x");
    const [first, ...rest] = REPORT.events;
    const evil = { ...REPORT, events: [{ ...first!, id: "../../holiday" }, ...rest] };
    writeFileSync(join(path, NIGHT_FILES.report), JSON.stringify(evil));
    const { report, thumbnails } = await readNight(path);
    expect(thumbnails.size).toBe(0);
    await write(path, report, thumbnails);
    expect(existsSync(join(base, "holiday.jpg"))).toBe(true);
    expect(readdirSync(base).sort()).toEqual(["holiday.jpg", "night"]);
  });

  it.each([
    ["[]", /is not a night report/],
    ["{", /is not JSON/],
    [JSON.stringify({ ...REPORT, extra: 1 }), /extra/],
    [JSON.stringify({ ...REPORT, fitToJudge: "yes" }), /fitToJudge/],
  ])("refuse %.20s, naming the file and the field", async (text, words) => {
    const path = join(makeTestFolder(), "night.json");
    writeFileSync(path, text);
    const reading = readNight(path);
    await expect(reading).rejects.toMatchObject({ code: "report-unreadable", message: words });
    await expect(reading).rejects.toThrow(path);
  });
});
