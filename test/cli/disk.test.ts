import { existsSync, readdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtCli } from "../support/built-cli.ts";
import { runCli } from "../support/run-cli.ts";
import { makeShortNight } from "../support/short-night.ts";
import { mountSmallDisk } from "../support/small-disk.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
const disk = mountSmallDisk(120);
afterAll(() => {
  disk?.remove();
  folder.remove();
});
let args: (out: string, ...more: readonly string[]) => string[];

beforeAll(async () => {
  await builtCli();
  const { video, options } = await makeShortNight(folder.path);
  args = (out, ...more) => ["analyze", video, "--out", out, "--options", options, "--jobs", "1", ...more];
});

const namesIn = (path: string) => readdirSync(path, { recursive: true, encoding: "utf8" });
const milestonesIn = (path: string) =>
  new Map(
    namesIn(path)
      .filter((name) => name.endsWith(".milestone"))
      .map((name) => [name, statSync(join(path, name)).mtimeMs]),
  );

describe("analyze on a disk that fills up", () => {
  it("says so in two lines, keeps what was finished, and goes on when there is room", async ({ skip }) => {
    if (!disk) return skip("mounting a disk takes root");
    const out = join(disk.path, "out");
    const run = await runCli(args(out, "--clips", "2"));
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(/^kickline: .*the disk is full\n.*same command.*\n$/);
    const kept = milestonesIn(out);
    expect(kept.size).toBeGreaterThan(0);
    expect(namesIn(out).filter((name) => /\.part$|kickline-|html|json/.test(name))).toEqual([]);
    disk.setSize(8000);
    expect((await runCli(args(out, "--clips", "2"))).code).toBe(0);
    for (const [name, time] of kept) expect(milestonesIn(out).get(name)).toBe(time);
    expect(existsSync(join(out, "report.html"))).toBe(true);
  });

  it("prints what it can, and fails, when its output goes to a full disk", async ({ skip }) => {
    if (!existsSync("/dev/full") || !existsSync("/bin/sh")) return skip("there is no /dev/full");
    const setting = { under: ["/bin/sh", "-c", 'exec "$@" >/dev/full', "sh"] };
    const run = await runCli(args(join(folder.path, "out"), "--json"), setting);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/cannot be printed \(ENOSPC\)/);
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder.path, "out/night.json"))).toBe(true);
  });
});

describe("analyze into a folder that is taken away on the way", () => {
  it("fails by name, makes it not anew, and goes on once it is back", async () => {
    const [out, away] = [join(folder.path, "drive-out"), join(folder.path, "away")];
    let isAway = false;
    const run = await runCli(args(out, "--progress", "json"), {
      onStderr() {
        if (isAway || !existsSync(out) || milestonesIn(out).size === 0) return;
        renameSync(out, away);
        isAway = true;
      },
    });
    expect(isAway).toBe(true);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/drive-out.*: it was taken away while it was written to/);
    expect(existsSync(out)).toBe(false);
    const kept = milestonesIn(away);
    renameSync(away, out);
    expect((await runCli(args(out))).code).toBe(0);
    for (const [name, time] of kept) expect(milestonesIn(out).get(name)).toBe(time);
    expect(namesIn(out).filter((name) => name.includes("kickline-"))).toEqual([]);
  });
});
