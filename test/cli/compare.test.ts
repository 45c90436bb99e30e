import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatAnnotations } from "../../src/interop/annotations/formats.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const set = (...onsets: readonly number[]) => ({
  annotations: onsets.map((onset) => ({ onset, duration: 2, kind: "kicking", limb: "left leg" })),
  ...{ duration: 3600, media: "night.mp4" },
});

describe("kickline compare and convert", () => {
  it("compare folders by name, and write page, table and JSON", async () => {
    const folder = makeTestFolder();
    for (const side of ["a", "b"]) {
      mkdirSync(join(folder, side));
      for (const night of ["one", "two", ...(side === "a" ? ["three"] : [])]) {
        const onsets = side === "a" ? [10, 100, 500] : [10.2, 100, 900];
        writeFileSync(join(folder, side, `${night}.eaf`), formatAnnotations(set(...onsets), "elan"));
      }
    }
    const run = await runCli([
      ...["compare", join(folder, "a"), join(folder, "b"), "--out", join(folder, "out")],
      ...["--names", "Ada,<b>machine</b>"],
    ]);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(/kicking +6 +6 +4 +0\.667 +0\.667/);
    expect(run.stdout).toContain("\nOnly one of both has: three.\n");
    const page = readFileSync(join(folder, "out", "compare.html"), "utf8");
    expect(page).toContain("Only one of both has: three.");
    expect(page).toContain("&lt;b&gt;machine");
    expect(page).not.toContain("<b>machine");
    expect(JSON.parse(readFileSync(join(folder, "out", "compare.json"), "utf8"))).toMatchObject({
      unpaired: ["three"],
    });
  });

  it("convert one format to another and back", async () => {
    const folder = makeTestFolder();
    const [eaf, edf, table] = ["x.eaf", "x.edf", "x.tsv"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(eaf, formatAnnotations(set(10, 100), "elan"));
    for (const [from, to] of [
      [eaf, edf],
      [edf, table],
    ] as const) {
      expect(await runCli(["convert", from, to])).toMatchObject({ code: 0 });
    }
    expect(readFileSync(table, "utf8").split("\n")[1]).toBe("10\t2\tkicking\tleft leg\tn/a\tn/a\tn/a");
  });

  it("name what cannot be read, and what is no option", async () => {
    const folder = makeTestFolder();
    const text = join(folder, "x.eaf");
    writeFileSync(text, "not XML");
    for (const [words, code, says] of [
      [["compare", text, text], 1, /x\.eaf: this is no ELAN file/],
      [["compare", folder, join(folder, "gone")], 1, /gone cannot be read/],
      [["compare", text, text, "--overlap", "2"], 2, /--overlap: "2" is not a number above 0, up to 1/],
      [["compare", text, text, "--epoch", "1e-9"], 2, /--epoch/],
      [["convert", text, join(folder, "out.what")], 2, /names no format/],
    ] as const) {
      const run = await runCli(words);
      expect(run.code).toBe(code);
      expect(run.stderr).toMatch(says);
    }
  });
});
