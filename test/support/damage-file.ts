import { readFileSync, writeFileSync } from "node:fs";

/** Overwrites a share of a file, from `at` (0-1) on, with bytes that are no picture. */
export function spoilBytes(path: string, at: number, count: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, Math.floor(bytes.length * at), Math.floor(bytes.length * at) + count);
  writeFileSync(path, bytes);
}

/** Writes the first part (0-1) of a file under another name, as a copy that broke off. */
export function copyFirstPart(from: string, to: string, share: number): string {
  const bytes = readFileSync(from);
  writeFileSync(to, bytes.subarray(0, Math.floor(bytes.length * share)));
  return to;
}
