import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of its own for a test file; the caller removes it in `afterAll`. */
export function makeTempFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "kickline-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A folder that is gone when the running test has finished. */
export function makeTestFolder(): string {
  const { path, remove } = makeTempFolder();
  onTestFinished(remove);
  return path;
}
