import { createHash } from "node:crypto";
import { open, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprintFile } from "../../src/recording/fingerprint.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const MIB = 2 ** 20;

describe("fingerprintFile", () => {
  it("hashes every byte of a file of usual size", async () => {
    const path = join(makeTestFolder(), "file");
    const bytes = new Uint8Array(3 * MIB).map((_, i) => (i * 31) >> 3);
    await writeFile(path, bytes);
    const wanted = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    expect(await fingerprintFile(path, bytes.length)).toBe(wanted);
    expect(await fingerprintFile(path, bytes.length)).toBe(wanted);
  });

  it("samples a large one: beginning, end and size count, and it takes no time", async () => {
    const path = join(makeTestFolder(), "large");
    const size = 40 * 1024 * MIB;
    await makeSparse(path, size);
    const started = performance.now();
    const plain = await fingerprintFile(path, size);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(plain).toMatch(/^sha256-sampled:[0-9a-f]{64}$/);
    expect(await fingerprintFile(path, size)).toBe(plain);
    const all = new Set([plain]);
    for (const position of [0, size - 1, Math.floor((size - MIB / 4) / 63) + 5]) {
      await writeAt(path, position);
      all.add(await fingerprintFile(path, size));
    }
    await truncate(path, size + 1);
    all.add(await fingerprintFile(path, size + 1));
    expect(all.size).toBe(5);
  });

  it("changes its way at 64 MiB", async () => {
    const path = join(makeTestFolder(), "edge");
    for (const [size, prefix] of [
      [64 * MIB, "sha256:"],
      [64 * MIB + 1, "sha256-sampled:"],
    ] as const) {
      await makeSparse(path, size);
      expect((await fingerprintFile(path, (await stat(path)).size)).startsWith(prefix)).toBe(true);
    }
  });
});

async function makeSparse(path: string, size: number): Promise<void> {
  await writeFile(path, "");
  await truncate(path, size);
}

async function writeAt(path: string, position: number): Promise<void> {
  const file = await open(path, "r+");
  await file.write(Uint8Array.of(7), 0, 1, position);
  await file.close();
}
