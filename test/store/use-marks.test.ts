import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isInUse, markUse } from "../../src/store/use-marks.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const LONG_AGO = new Date(Date.now() - 3_600_000);

it("is in use until it is given back", async () => {
  const folder = makeTestFolder();
  const release = await markUse(folder);
  expect(await isInUse(folder)).toBe(true);
  // A computer that slept heard nothing of anybody; who lives here still uses it.
  const [mark] = readdirSync(folder);
  utimesSync(join(folder, mark!), LONG_AGO, LONG_AGO);
  expect(await isInUse(folder)).toBe(true);
  await release();
  expect(await isInUse(folder)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

it("goes by what was heard of programs elsewhere, whose numbers mean nothing here", async () => {
  const folder = makeTestFolder();
  const mark = join(folder, `use-another-${process.pid}-0badcafe`);
  writeFileSync(mark, "");
  expect(await isInUse(folder)).toBe(true);
  utimesSync(mark, LONG_AGO, LONG_AGO);
  expect(await isInUse(folder)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

it("takes no film for a mark, whatever it is called", async () => {
  const folder = makeTestFolder();
  for (const name of ["use-1.mp4", "use-cam-1-0badcafe.mp4"]) {
    writeFileSync(join(folder, name), "");
    utimesSync(join(folder, name), LONG_AGO, LONG_AGO);
  }
  expect(await isInUse(folder)).toBe(false);
  expect(readdirSync(folder)).toHaveLength(2);
});
