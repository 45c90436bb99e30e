import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtCli } from "../support/built-cli.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const CLIP = fileURLToPath(new URL("../../fixtures/clips/patting.mp4", import.meta.url));
const folder = makeTempFolder();
afterAll(folder.remove);
beforeAll(() => builtCli().then(() => {}));

/** Every line of stderr as an object: one that is no JSON fails. */
function linesOf(stderr: string): Record<string, unknown>[] {
  return stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("--log json", () => {
  it("tells progress, findings and the end, a line each, and shows a sketch meanwhile", async () => {
    const out = join(folder.path, "out");
    let sawSketch = false;
    const run = await runCli(["analyze", CLIP, "--out", out, "--log", "json"], {
      onStderr() {
        sawSketch ||= existsSync(join(out, "sketch.svg"));
      },
    });
    expect([run.code, run.stdout]).toEqual([0, ""]);
    const lines = linesOf(run.stderr);
    expect(new Set(lines.flatMap(({ stage }) => (stage === undefined ? [] : [stage])))).toEqual(
      new Set(["opening", "survey", "movement", "report"]),
    );
    expect(lines.filter(({ event }) => event === "finding").length).toBeGreaterThan(0);
    expect(lines.at(-1)).toMatchObject({ event: "finished", level: "info", folder: out, fitToJudge: true });
    expect(sawSketch).toBe(true);
    expect(existsSync(join(out, "sketch.svg"))).toBe(false);
  });

  it("tells a failure in the same way, with its code and advice", async () => {
    const run = await runCli(["analyze", "nothing.mp4", "--out", join(folder.path, "no"), "--log", "json"], {
      cwd: folder.path,
    });
    expect([run.code, run.stdout]).toEqual([1, ""]);
    expect(linesOf(run.stderr).at(-1)).toMatchObject({
      event: "failed",
      level: "error",
      code: "recording-missing",
    });
  });
});
