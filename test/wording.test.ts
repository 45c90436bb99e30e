import { describe, expect, it } from "vitest";
import { readSource, sourceFiles } from "./source-imports.ts";

/** Words that would claim more than a video can show. */
const CLAIMS = /diagnosis|diagnostic|abnormal|patient|\brisk|seizure/i;
/** String literals of one line, and template literals of several; comments are taken out before. */
const LITERAL = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

describe("the wording of the tool", () => {
  it("claims nothing that a video cannot show", () => {
    const found = sourceFiles().flatMap((file) =>
      [...readSource(file).replace(COMMENT, "").matchAll(LITERAL)]
        .filter(([text]) => CLAIMS.test(text))
        .map(([text]) => `${file}: ${text.slice(0, 80)}`),
    );
    expect(found).toEqual([]);
  });

  it("has no such word in its names either", () => {
    expect(sourceFiles().filter((file) => CLAIMS.test(file))).toEqual([]);
    const names = sourceFiles().flatMap((file) => [
      ...readSource(file)
        .replace(COMMENT, "")
        .matchAll(/\b(?:const|function|class|interface|type)\s+(\w+)/g),
    ]);
    expect(names.map(([, name]) => name!).filter((name) => CLAIMS.test(name))).toEqual([]);
  });
});
