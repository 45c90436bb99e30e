import { copyFileSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { NIGHT_FILES } from "../../src/store/night-folder.ts";
import { waitForProcesses } from "../support/child-processes.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const DEMO = fileURLToPath(new URL("../../fixtures/demo/demo.mp4", import.meta.url));
/** Its name tells this test's decoders from others'. */
const video = join(folder.path, "demo-of-interrupt.mp4");
copyFileSync(DEMO, video);

describe("kickline analyze, interrupted", () => {
  it.each([
    ["SIGINT", "opening", 0],
    ["SIGINT", "survey", 300],
    ["SIGINT", "movement", 500],
    ["SIGTERM", "survey", 100],
  ] as const)(
    "by %s in the stage of %s ends at once and leaves nothing half done",
    async (signal, stage, ms) => {
      const out = join(folder.path, `${signal}-${stage}`);
      let sent = NaN;
      const run = await runCli(["analyze", video, "--out", out, "--progress", "json"], {
        onStderr(text, child) {
          if (Number.isNaN(sent) && text.includes(`"${stage}"`)) {
            sent = 0;
            setTimeout(() => {
              sent = performance.now();
              child.kill(signal);
            }, ms);
          }
        },
      });
      const took = performance.now() - sent;
      expect([run.code, run.signal]).toEqual([130, null]);
      expect(took).toBeLessThan(2000);
      expect(run.stdout).toBe("");
      expect(run.stderr.replace(/^\{.*\}\n/gm, "")).toMatch(/^Stopped\. .*\n$/);
      expect(await waitForProcesses(video, 0, 0)).toEqual([]);
      // Finished pieces of work may stay for the next run; anything half done may not.
      const left = existsSync(out) ? readdirSync(out) : [];
      expect(left.filter((name) => name !== NIGHT_FILES.milestones)).toEqual([]);
      const pieces = existsSync(out) ? readdirSync(out, { recursive: true, encoding: "utf8" }) : [];
      expect(pieces.filter((name) => name.endsWith(".part"))).toEqual([]);
    },
  );
});
