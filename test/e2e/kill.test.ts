import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../report/invented-night.ts";

/** Small pieces of work and few poses: many places to be killed in, and little to wait for. */
const OPTIONS = {
  survey: { segment: 15 },
  pose: { model: "movenet-lightning", rateHz: 2 },
};
const KILLS = 10;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kickline-test-kill-"));
  writeFileSync(join(folder, "options.json"), JSON.stringify(OPTIONS));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the analysis of the demo; kills it after `killAfter` ms. Answers whether it came to its end. */
async function analyze(out: string, killAfter?: number): Promise<boolean> {
  const args = ["dist/cli/main.js", "analyze", "fixtures/demo/demo.mp4", "--out", out];
  const child = spawn(process.execPath, [...args, "--options", join(folder, "options.json")], {
    stdio: "ignore",
  });
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearTimeout(timer);
  return code === 0;
}

/** The report without the one part that differs between runs. */
function reportOf(out: string): string {
  const { timing, ...report } = JSON.parse(readFileSync(join(out, "night.json"), "utf8")) as {
    timing: unknown;
  };
  expect(timing).toBeDefined();
  return JSON.stringify(report);
}

/** When each finished piece was written. */
function milestonesOf(out: string): Map<string, number> {
  const names = readdirSync(join(out, "milestones"), { recursive: true, encoding: "utf8" });
  const pieces = names.filter((name) => name.endsWith(".milestone"));
  return new Map(pieces.map((name) => [name, statSync(join(out, "milestones", name)).mtimeMs]));
}

describe("a run that is killed", () => {
  it("goes on where it was, ten times over, and ends with the very same report", {
    timeout: 300_000,
  }, async () => {
    const undisturbed = join(folder, "undisturbed");
    const started = performance.now();
    expect(await analyze(undisturbed)).toBe(true);
    const whole = performance.now() - started;
    const random = seededRandom(7);
    const killed = join(folder, "killed");
    let kills = 0;
    for (; kills < KILLS; kills++) {
      // Anywhere from its first moments to beyond its end, had it to begin anew each time.
      if (await analyze(killed, 200 + random() * 0.6 * whole)) {
        // It got through before the blow: take the results away, keep the pieces, and go on killing.
        rmSync(join(killed, "night.json"), { force: true });
      }
    }
    expect(await analyze(killed)).toBe(true);
    expect(reportOf(killed)).toBe(reportOf(undisturbed));
  });

  it("repeats nothing early when late options change", { timeout: 120_000 }, async () => {
    const out = join(folder, "undisturbed");
    const before = milestonesOf(out);
    expect(before.size).toBeGreaterThan(5);
    writeFileSync(join(folder, "options.json"), JSON.stringify({ ...OPTIONS, events: { boutStrokes: 30 } }));
    expect(await analyze(out)).toBe(true);
    expect(milestonesOf(out)).toEqual(before);
    const { events } = JSON.parse(readFileSync(join(out, "night.json"), "utf8")) as {
      events: { kind: string }[];
    };
    expect(events.some(({ kind }) => kind === "kicking")).toBe(false);
  });
});
