import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

/** The source folder. */
export const SRC = join(dirname(fileURLToPath(import.meta.url)), "..", "src");

/** One import of one file. Paths are relative to `src/`; packages keep their name. */
export interface SourceImport {
  readonly from: string;
  readonly to: string;
  /** Nothing of it is left at run time. */
  readonly isType: boolean;
}

/** All source files, relative to `src/`, sorted. */
export function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

export function readSource(file: string): string {
  return readFileSync(join(SRC, file), "utf8");
}

const STATIC = /^(?:import|export)\s+(?:(type)\s+)?(?:([^;"]*?)\s*from\s+)?"([^"]+)"/gm;
const DYNAMIC = /(typeof\s+)?import\("([^"]+)"\)/g;

/** Every import of a file: static, re-exported, dynamic. */
export function importsOf(file: string): SourceImport[] {
  const source = readSource(file);
  const found: SourceImport[] = [];
  const add = (specifier: string, isType: boolean) => {
    const to = specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : specifier;
    found.push({ from: file, to, isType });
  };
  for (const [, type, names = "", specifier] of source.matchAll(STATIC)) {
    const named = /^\{([\s\S]*)\}$/
      .exec(names.trim())?.[1]
      ?.split(",")
      .map((name) => name.trim());
    const areTypes = named?.every((name) => name === "" || name.startsWith("type ")) ?? false;
    add(specifier!, type !== undefined || areTypes);
  }
  for (const [, isTypeof, specifier] of source.matchAll(DYNAMIC)) add(specifier!, isTypeof !== undefined);
  return found;
}
