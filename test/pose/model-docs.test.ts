import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { addedModelSchema } from "../../src/pose/added-model.ts";

const DOCS = readFileSync(new URL("../../docs/models.md", import.meta.url), "utf8");

describe("docs/models.md", () => {
  it("shows descriptions that are valid, one for each head", () => {
    const examples = [...DOCS.matchAll(/```json\n([\s\S]*?)```/g)].map(
      ([, text]) => JSON.parse(text!) as unknown,
    );
    const heads = examples.map((example) => addedModelSchema.parse(example).output.head);
    expect(heads.sort()).toEqual(["heatmap", "regression", "simcc"]);
  });

  it("names every code there is", () => {
    const source = readFileSync(new URL("../../src/pose/model-error.ts", import.meta.url), "utf8");
    for (const [code] of source.matchAll(/(?<=\| ")model-[a-z-]+(?=")/g))
      expect(DOCS).toContain(`\`${code}\``);
  });
});
