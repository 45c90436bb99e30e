import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Ids of running processes whose command line names `text` (a path of the test's own, so that others do not count). */
export function processesNaming(text: string): number[] {
  return commandLines().flatMap(([id, line]) => (line.includes(text) && id !== process.pid ? [id] : []));
}

/** Waits until as many processes as wanted name `text`; answers their ids. */
export async function waitForProcesses(text: string, count: number, withinMs = 5000): Promise<number[]> {
  const until = performance.now() + withinMs;
  for (;;) {
    const ids = processesNaming(text);
    if (ids.length === count || performance.now() > until) return ids;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function commandLines(): [number, string][] {
  if (process.platform !== "linux") {
    const lines = execFileSync("ps", ["-A", "-o", "pid=,command="], { encoding: "utf8" }).split("\n");
    return lines.map((line) => [Number.parseInt(line, 10), line]);
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): [number, string][] => {
      try {
        // A process that has ended but was not waited for has an empty command line.
        return [[Number(name), readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ")]];
      } catch {
        return [];
      }
    });
}
