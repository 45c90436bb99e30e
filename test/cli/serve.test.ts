import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { startApp } from "../support/running-server.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

describe("kickline serve", () => {
  it("says in one clear error what is wrong, with the right code", async () => {
    const folder = makeTestFolder();
    writeFileSync(join(folder, "file"), "");
    const data = ["--data", join(folder, "data")];
    const wrong: [words: string[], code: number, said: RegExp][] = [
      [["--port", "abc"], 2, /--port: "abc" is not a port/],
      [["--port", "70000"], 2, /is not a port/],
      [["--host", "0.0.0.0", "--port", "0"], 2, /can be reached by others[\s\S]*--token/],
      [["--host", "0.0.0.0", "--port", "0", "--token", "short"], 2, /at least 16 characters/],
      [["--folder", join(folder, "none"), "--port", "0"], 2, /is not a folder/],
      [["--data", join(folder, "file", "in"), "--port", "0"], 1, /cannot be written to/],
    ];
    for (const [words, code, said] of wrong) {
      const run = await runCli(["serve", ...data, ...words]);
      expect([words, run.code, run.stdout]).toEqual([words, code, ""]);
      expect(run.stderr).toMatch(said);
      expect(run.stderr).not.toMatch(/\n\s+at /);
    }
  });

  it("prints its address alone on stdout, and ends in good order", async () => {
    const app = await startApp(makeTestFolder());
    expect(app.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(app.address)).headers.get("content-type")).toMatch(/text\/html/);
    await app.stop();
    expect(app.child.exitCode).toBe(0);
  });
});
