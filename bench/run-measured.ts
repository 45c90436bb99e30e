import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What a whole process, with all its children, took. */
export interface Measured {
  readonly seconds: number;
  /** Highest memory of the process tree, MB (proportional share, sampled four times a second). */
  readonly peakMb: number;
  readonly stdout: string;
  readonly code: number | null;
}

/** Runs a command and watches its process tree (Linux: through /proc; elsewhere memory is NaN). */
export async function runMeasured(command: string, args: readonly string[]): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  let peakMb = Number.NaN;
  const timer = setInterval(() => {
    const now = treeMemoryMb(child.pid!);
    if (!(now <= peakMb)) peakMb = now;
  }, 250);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(timer);
  return { seconds: (performance.now() - started) / 1000, peakMb, stdout, code };
}

/**
 * Proportional share of memory (PSS): a page that several processes share counts once. Resident size would
 * count a process twice in the moment in which it starts another one.
 */
function treeMemoryMb(root: number): number {
  try {
    const parents = new Map<number, number>();
    for (const name of readdirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
      } catch {
        // Gone meanwhile.
      }
    }
    let kilobytes = 0;
    for (const pid of parents.keys()) {
      let up: number | undefined = pid;
      while (up !== undefined && up !== root && up > 1) up = parents.get(up);
      if (up === root) kilobytes += shareOf(pid);
    }
    return (kilobytes * 1024) / 1e6;
  } catch {
    return Number.NaN;
  }
}

function shareOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
