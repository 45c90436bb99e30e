import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findStudyInputs, type StudyInput } from "../../src/index.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const nameOf = ({ subject, night }: StudyInput) => `${subject} ${night}`;

function makeVideos(...names: readonly string[]): string {
  const folder = makeTestFolder();
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
  return folder;
}

describe("the nights of a study", () => {
  it("are each there once, however they are named and whichever links lead to them", async () => {
    const folder = makeVideos("sub-1/a.mp4", "sub-2/b.mp4");
    symlinkSync("..", join(folder, "sub-2", "loop"));
    symlinkSync("sub-2", join(folder, "s"));
    const plain = await findStudyInputs([folder]);
    expect(plain.map(({ paths }) => paths)).toEqual([
      [join(folder, "sub-1/a.mp4")],
      [join(folder, "sub-2/b.mp4")],
    ]);
    const twice = await findStudyInputs([folder, `${folder}/./sub-1/../sub-1/a.mp4`, `${folder}/`]);
    expect(twice.map(nameOf).sort()).toEqual(plain.map(nameOf).sort());
  });

  it("are no clips that a study cut, where it lies among the videos", async () => {
    const clip = "sub-1/ses-1/beh/clips/e1.mp4";
    const folder = makeVideos("a.mp4", `study/${clip}`, "study/study.json", `raw/${clip}`);
    const found = await findStudyInputs([folder]);
    expect(found.map(({ paths }) => paths[0]).sort()).toEqual([
      join(folder, "a.mp4"),
      join(folder, "raw", clip),
    ]);
    // Named by itself it is meant.
    expect(await findStudyInputs([join(folder, "study", clip)])).toHaveLength(1);
  });

  it("are refused when two manifests name the same, capitals aside", async () => {
    const folder = makeVideos("a.mp4", "b.mp4");
    writeFileSync(join(folder, "one.csv"), "path,subject\na.mp4,x\n");
    writeFileSync(join(folder, "two.csv"), "path,subject\nb.mp4,X\n");
    await expect(findStudyInputs([join(folder, "one.csv"), join(folder, "two.csv")])).rejects.toMatchObject({
      code: "study-invalid",
      message: expect.stringMatching(/sub-X_ses-01 is named by two manifests/),
    });
  });

  it("are told as not there under a name that no disk could hold", async () => {
    await expect(findStudyInputs(["a".repeat(5000)])).rejects.toMatchObject({ code: "study-invalid" });
  });
});
