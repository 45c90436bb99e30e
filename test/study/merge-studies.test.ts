import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mergeStudies, parseStudyOptions, readLedger } from "../../src/index.ts";
import { blankEntry } from "../../src/study/analyze-input.ts";
import type { LedgerEntry } from "../../src/study/ledger.ts";
import { writeEntry, writeStudyOptions } from "../../src/study/study-store.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const OPTIONS = parseStudyOptions({});
const entryOf = (subject: string, more: Partial<LedgerEntry>): LedgerEntry => ({
  ...blankEntry({ subject, night: "01", paths: [`${subject}.mp4`] }, OPTIONS),
  ...more,
});
const done = (subject: string, more: Partial<LedgerEntry> = {}) =>
  entryOf(subject, { state: "done", content: "c0ffee", ...more });
const failed = (subject: string) => entryOf(subject, { state: "failed", code: "recording-missing" });

async function makeStudy(options: typeof OPTIONS, ...entries: readonly LedgerEntry[]): Promise<string> {
  const study = makeTestFolder();
  await writeStudyOptions(study, options);
  for (const entry of entries) await writeEntry(study, entry);
  return study;
}

it("joins parts that overlap: what came through anywhere counts, in whichever order", async () => {
  const parts = [
    await makeStudy(OPTIONS, done("a"), failed("b"), failed("c")),
    await makeStudy(OPTIONS, done("a"), done("b")),
    await makeStudy(OPTIONS),
  ];
  for (const order of [parts, [...parts].reverse()]) {
    const out = join(makeTestFolder(), "joined");
    await mergeStudies(order, out);
    expect(await readLedger(out)).toEqual([done("a"), done("b"), failed("c")]);
    // Once more changes nothing.
    await mergeStudies(order, out);
    expect(await readLedger(out)).toHaveLength(3);
  }
});

it("names what studies disagree about, and touches nothing when options differ", async () => {
  const first = await makeStudy(OPTIONS, done("a"));
  const other = await makeStudy(OPTIONS, done("a", { content: "0ther", paths: ["there/a.mp4"] }));
  await expect(mergeStudies([first, other], join(makeTestFolder(), "x"))).rejects.toMatchObject({
    code: "study-invalid",
    message: expect.stringMatching(/disagree about sub-a_ses-01: paths, content$/),
  });
  const out = join(makeTestFolder(), "joined");
  const clips = await makeStudy(parseStudyOptions({ clips: 3 }), done("b"));
  await expect(mergeStudies([first, clips], out)).rejects.toThrow(/other options/);
  expect(existsSync(out)).toBe(false);
});
