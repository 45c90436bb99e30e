import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { analysisOptionsSchema } from "../src/options.ts";
import { addedModelSchema } from "../src/pose/added-model.ts";
import { nightReportSchema } from "../src/report/night-report.ts";
import { studyOptionsSchema } from "../src/study/study-options.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/** The JSON Schemas of the documentation, as text by file name; units and sources stay as extra keywords. */
export function renderSchemas(): Readonly<Record<string, string>> {
  // What a caller may write: every field with a default may be left out. The ranges stand on the other side of
  // each default, in the schema of what comes out.
  const written = z.toJSONSchema(analysisOptionsSchema, { io: "input" });
  const checked = z.toJSONSchema(analysisOptionsSchema, { io: "output" });
  const study = z.toJSONSchema(studyOptionsSchema, { io: "input" });
  const checkedStudy = z.toJSONSchema(studyOptionsSchema, { io: "output" });
  return {
    "study.schema.json": show(addRanges(study, checkedStudy), "Kickline study options"),
    "model.schema.json": show(
      z.toJSONSchema(addedModelSchema, { io: "input" }),
      "Kickline pose model of one's own",
    ),
    "night.schema.json": show(z.toJSONSchema(nightReportSchema), "Kickline night report"),
    "options.schema.json": show(addRanges(written, checked), "Kickline analysis options"),
  };
}

const RANGE_KEYWORDS = ["type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] as const;

function addRanges(written: Schema, checked: Schema): Schema {
  if (!written.properties) {
    const ranges = RANGE_KEYWORDS.filter((keyword) => checked[keyword] !== undefined);
    return { ...written, ...Object.fromEntries(ranges.map((keyword) => [keyword, checked[keyword]])) };
  }
  const properties = Object.entries(written.properties).map(([name, property]) => [
    name,
    addRanges(property as Schema, checked.properties?.[name] as Schema),
  ]);
  return { ...written, properties: Object.fromEntries(properties) };
}

function show({ $schema, ...schema }: Schema, title: string): string {
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(renderSchemas())) {
    writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
  }
}
