import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = join(ROOT, ".cache");

/**
 * The entry of the compiled command line, as people get it: `dist` when it is newer than every source file, else a
 * build of its own, kept until the sources change.
 */
export function builtCli(): Promise<string> {
  // One for the whole test file, though sources may change meanwhile.
  entry ??= findOrBuild();
  return entry;
}

let entry: Promise<string> | undefined;

async function findOrBuild(): Promise<string> {
  const sources = ["src", "web"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(tsx?|css|html|svg)$/.test(name))
      .map((name) => join(ROOT, folder, name)),
  );
  const dist = join(ROOT, "dist/cli/main.js");
  const pages = join(ROOT, "dist/web/index.html");
  const newest = Math.max(...sources.map((path) => statSync(path).mtimeMs));
  const isFresh = [dist, pages].every((path) => existsSync(path) && statSync(path).mtimeMs > newest);
  if (isFresh) return dist;
  const hash = createHash("sha256");
  for (const path of sources.sort()) hash.update(path).update(readFileSync(path));
  const built = join(CACHE, `cli-${hash.digest("hex").slice(0, 16)}`);
  if (!existsSync(built)) await build(built);
  return join(built, "cli/main.js");
}

async function build(place: string): Promise<void> {
  const mine = `${place}-${process.pid}`;
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const words = ["-p", join(ROOT, "tsconfig.build.json"), "--outDir", mine, "--declaration", "false"];
  await promisify(execFile)(process.execPath, [compiler, ...words, "--declarationMap", "false"]);
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const page = ["build", "--logLevel", "error", "--outDir", join(mine, "web"), join(ROOT, "web")];
  // Tests say "test" here, and would get pages for developers.
  const env = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [vite, ...page], { env });
  // Compiled code looks for the models, and the picture they are checked by, beside its own folder.
  for (const name of ["models", "fixtures"]) {
    try {
      symlinkSync(join(ROOT, name), join(CACHE, name));
    } catch {
      // Another test was first.
    }
  }
  for (const name of readdirSync(CACHE)) {
    const isOld = name.startsWith("cli-") && Date.now() - statSync(join(CACHE, name)).mtimeMs > 3_600_000;
    if (isOld) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
  try {
    renameSync(mine, place);
  } catch {
    // Another test file has built the same meanwhile.
    rmSync(mine, { recursive: true, force: true });
  }
}
