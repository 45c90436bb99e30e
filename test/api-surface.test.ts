import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as kickline from "../src/index.ts";
import { readSource } from "./source-imports.ts";

/**
 * Everything a caller may rely on, types marked. A change here is a change of the library's promise: update
 * `api-surface.txt` on purpose, and say so in CHANGELOG.md.
 */
const PROMISED = readFileSync(new URL("api-surface.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

/** Names that `src/index.ts` hands on, sorted. */
function exportedNames(): string[] {
  const statements = readSource("index.ts").matchAll(/^export\s+(type\s+)?\{([^}]*)\}/gm);
  return [...statements]
    .flatMap(([, areTypes, list]) =>
      list!
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "")
        .map((name) => (areTypes && !name.startsWith("type ") ? `type ${name}` : name)),
    )
    .sort((a, b) => bareName(a).localeCompare(bareName(b), "en"));
}

function bareName(name: string): string {
  return name.replace(/^type /, "");
}

describe("the public library", () => {
  it("exports what it promises, and nothing else", () => {
    expect(exportedNames()).toEqual(PROMISED);
  });

  it("has at run time every value it names, and no other", () => {
    const values = PROMISED.filter((name) => !name.startsWith("type ")).sort();
    expect(Object.keys(kickline).sort()).toEqual(values);
    expect(Object.values(kickline)).not.toContain(undefined);
  });
});
