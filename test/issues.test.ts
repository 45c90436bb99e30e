import { describe, expect, it } from "vitest";
import { ISSUE_CATALOGUE, type IssueCode, issue } from "../src/issues.ts";
import { readSource, sourceFiles } from "./source-imports.ts";

const CODES = Object.keys(ISSUE_CATALOGUE) as IssueCode[];

describe("the catalogue of findings", () => {
  it("says of each what it is and what can be done, in whole sentences", () => {
    for (const code of CODES) {
      const { severity, message, suggestion } = ISSUE_CATALOGUE[code];
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(["note", "limits", "blocks"]).toContain(severity);
      for (const text of [message, suggestion]) expect(text).toMatch(/^[A-Z].{10,}\.$/);
      expect(suggestion).not.toBe(message);
    }
  });

  it("has no two findings that read the same", () => {
    expect(new Set(CODES.map((code) => ISSUE_CATALOGUE[code].message)).size).toBe(CODES.length);
  });

  it("holds no finding that nothing makes", () => {
    const source = sourceFiles()
      .filter((file) => file !== "issues.ts")
      .map(readSource)
      .join("\n");
    expect(CODES.filter((code) => !source.includes(`"${code}"`))).toEqual([]);
  });
});

describe("issue", () => {
  it("is about a span, or about the whole recording", () => {
    const whole = issue("clock-unknown");
    expect(whole).toEqual({ code: "clock-unknown", ...ISSUE_CATALOGUE["clock-unknown"] });
    expect("onset" in whole).toBe(false);
    expect(issue("gap", { onset: 3, duration: 2 })).toMatchObject({ code: "gap", onset: 3, duration: 2 });
  });

  it("takes of a span only when it is", () => {
    const span = { onset: 0, duration: 1, peakScore: 9 };
    expect(Object.keys(issue("gap", span)).sort()).toEqual(
      ["code", "duration", "message", "onset", "severity", "suggestion"].sort(),
    );
  });
});
