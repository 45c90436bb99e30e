import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { HERE } from "../../src/store/living-programs.ts";
import { makeWorkFolder, removeOrphanedWork } from "../../src/store/work-folder.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const LONG_AGO = new Date(Date.now() - 2 * 3_600_000);

it("removes what killed programs of this computer left, and nothing that may be in use", async () => {
  const study = makeTestFolder();
  const own = await makeWorkFolder(study, "sub-1_ses-1");
  const leave = (name: string, isOld = true) => {
    mkdirSync(join(study, name));
    writeFileSync(join(study, name, "clip.mp4"), "film");
    if (isOld) utimesSync(join(study, name), LONG_AGO, LONG_AGO);
  };
  // No system gives a process this number.
  const nobody = 2 ** 30;
  leave(`.kickline-at-${HERE}-${nobody}-sub-1_ses-1-aaaaaa`);
  leave(`.kickline-at-${HERE}-${nobody}-young-aaaaaa`, false);
  leave(`.kickline-at-elsewhere-${nobody}-sub-1_ses-1-aaaaaa`);
  leave("sub-1");
  utimesSync(own, LONG_AGO, LONG_AGO);
  const before = readdirSync(study);
  await removeOrphanedWork(study);
  expect(before.filter((name) => !readdirSync(study).includes(name))).toEqual([
    `.kickline-at-${HERE}-${nobody}-sub-1_ses-1-aaaaaa`,
  ]);
});

it("finds nothing to remove where there is no study yet", async () => {
  await removeOrphanedWork(join(makeTestFolder(), "none"));
});
