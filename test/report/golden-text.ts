import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/**
 * Holds a text against its golden file in test/report/golden. `UPDATE_GOLDEN=1` rewrites the file; otherwise a
 * difference fails and is written beside it as *.changed.*, to be looked at.
 */
export function expectGolden(name: string, text: string): void {
  const golden = new URL(`golden/${name}`, import.meta.url);
  const changed = new URL(`golden/${name.replace(/(\.\w+)$/, ".changed$1")}`, import.meta.url);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, text);
  const isSame = existsSync(golden) && readFileSync(golden, "utf8") === text;
  if (isSame) rmSync(changed, { force: true });
  else writeFileSync(changed, text);
  expect(
    isSame,
    `${name} differs: compare golden/${name} with its .changed. twin, then UPDATE_GOLDEN=1`,
  ).toBe(true);
}
