import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderSchemas } from "../../tools/write-schemas.ts";

describe("JSON Schemas in docs", () => {
  const schemas = renderSchemas();

  it.each(Object.keys(schemas))("%s is up to date (else: npx tsx tools/write-schemas.ts)", (name) => {
    expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8")).toBe(schemas[name]);
  });

  it("keep unit, source, default and range of every option", () => {
    const { properties } = JSON.parse(schemas["options.schema.json"]!);
    expect(properties.survey.properties.width).toMatchObject({
      unit: "px",
      default: 320,
      type: "integer",
      minimum: 64,
      maximum: 320,
    });
    for (const [name, option] of Object.entries<object>(properties.events.properties)) {
      expect(option, name).toMatchObject({
        unit: expect.any(String),
        source: expect.any(String),
        default: expect.any(Number),
      });
    }
  });

  it("keep units of the report", () => {
    const { properties } = JSON.parse(schemas["night.schema.json"]!);
    expect(properties.recording.properties.duration).toMatchObject({ type: "number", unit: "s" });
  });
});
