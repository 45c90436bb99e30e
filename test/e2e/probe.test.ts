import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { probeRecording } from "../../src/night/probe-recording.ts";
import { runFfmpeg } from "../support/make-video.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const demo = fileURLToPath(new URL("../../fixtures/demo/demo.mp4", import.meta.url));

describe("probeRecording", () => {
  it("finds large painted tremors and kicks in a clear film, painted or encoded anew", async () => {
    const probe = await probeRecording([demo], {
      options: { pose: { model: "movenet-lightning" } },
      ...{ stretches: 1, sizesPx: [0.5, 1], frequenciesHz: [6], encodeIn: folder.path, parallel: 2 },
    });
    expect(probe.stretches).toHaveLength(1);
    expect(probe.stretches[0]!.crf).toBeGreaterThan(0);
    for (const row of probe.rows.filter(({ kind, sizePx }) => kind === "kicking" || sizePx >= 1)) {
      expect(row).toMatchObject({ found: 1, trials: 1 });
      if (row.kind === "tremor-like") expect(row.frequencyErrorHz).toBeLessThan(0.1);
    }
    for (const way of [probe.smallest.asPainted, probe.smallest.encodedAnew]) {
      expect(way.map(({ frequencyHz }) => frequencyHz)).toEqual([6]);
      for (const { sizePx } of way) expect(sizePx).toBeLessThanOrEqual(1);
    }
  }, 240_000);
});

describe("kickline probe", () => {
  it("says that nothing can be painted where nobody is seen, and leaves nothing behind", async () => {
    const path = join(folder.path, "empty.mp4");
    await runFfmpeg("-f", "lavfi", "-i", "color=0x202020:s=320x180:r=25:d=20", "-pix_fmt", "yuv420p", path);
    const temporary = join(folder.path, "temporary");
    mkdirSync(temporary);
    const run = await runCli(["probe", path, "--model", "movenet-lightning"], { env: { TMPDIR: temporary } });
    expect(run).toMatchObject({ code: 3 });
    expect(run.stdout).toMatch(/nothing could be painted/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("refuses a wrong number of stretches", async () => {
    const run = await runCli(["probe", demo, "--stretches", "none"]);
    expect(run).toMatchObject({ code: 2 });
    expect(run.stderr).toMatch(/--stretches: "none" is not a whole number/);
  });
});
