import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk of its own in memory, of a given size, that can be locked. */
export interface SmallDisk {
  readonly path: string;
  setSize(kilobytes: number): void;
  setLocked(isLocked: boolean): void;
  remove(): void;
}

/** Mounts a small disk; undefined where this user may not (that takes root on Linux). */
export function mountSmallDisk(kilobytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), "kickline-test-disk-"));
  const mount = (...words: string[]) => execFileSync("mount", words, { stdio: "ignore" });
  try {
    mount("-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", path);
  } catch {
    rmSync(path, { recursive: true, force: true });
    return undefined;
  }
  return {
    path,
    setSize: (size) => void mount("-o", `remount,size=${size}k`, path),
    setLocked: (isLocked) => void mount("-o", `remount,${isLocked ? "ro" : "rw"}`, path),
    remove() {
      execFileSync("umount", ["-l", path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
