import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { ROOT } from "../support/built-cli.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

it("npm run docs: every name of the library has a page and a word about it", {
  timeout: 120_000,
}, async () => {
  const folder = makeTestFolder();
  const require = createRequire(import.meta.url);
  const typedoc = join(dirname(require.resolve("typedoc/package.json")), "bin/typedoc");
  // Its warnings are errors: a name without a comment, a link to nothing, a type that leads nowhere.
  await promisify(execFile)(process.execPath, [typedoc, "--out", folder], { cwd: ROOT });
  for (const page of ["functions/analyzeRecording", "interfaces/PoseEstimator", "types/NightReport"])
    expect(existsSync(join(folder, `${page}.html`))).toBe(true);
  expect(readFileSync(join(folder, "index.html"), "utf8")).not.toContain(ROOT);
});

it("docs/library.md names only what there is", () => {
  const names = readFileSync(join(ROOT, "test/api-surface.txt"), "utf8").replaceAll("type ", "").split("\n");
  const table = readFileSync(join(ROOT, "docs/library.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  const called = table.flatMap((line) => [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
  expect(called.length).toBeGreaterThan(20);
  expect(called.filter((name) => !names.includes(name))).toEqual([]);
});
