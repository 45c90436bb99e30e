import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What is in a study's folder, byte for byte, without what was only kept for going on. */
export function studyContents(study: string): Record<string, string> {
  const names = readdirSync(study, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter(
    (name) => !name.startsWith("milestones") && statSync(join(study, name)).isFile(),
  );
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(study, name)).toString("base64")]));
}
