import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { runCli } from "../support/run-cli.ts";
import { makeShortNight } from "../support/short-night.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const at = (...names: readonly string[]) => join(folder.path, ...names);
let video: string;
beforeAll(async () => {
  const night = await makeShortNight(folder.path);
  video = night.video;
  const words = [
    "--started-at",
    "2026-11-22T21:30:00",
    "--time-zone",
    "Europe/Berlin",
    "--options",
    night.options,
  ];
  expect((await runCli(["analyze", video, "--out", at("night"), ...words])).code).toBe(0);
  // What is shared is made of measurements: the film may be gone.
  renameSync(video, at("hidden.mp4"));
  const run = await runCli(["share", at("night"), "--out", at("shared")]);
  expect([run.code, run.stderr]).toEqual([0, ""]);
});

const filesOf = (path: string) =>
  readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(path, name)).isFile(),
  );

/** Gray pictures of a film, each of 160 x 90. */
async function pictures(path: string): Promise<Uint8Array[]> {
  const words = [
    "-v",
    "error",
    "-i",
    path,
    "-vf",
    "fps=5,scale=160:90",
    "-pix_fmt",
    "gray",
    "-f",
    "rawvideo",
    "-",
  ];
  const bytes = execFileSync((await findFfmpeg()).path, words, { maxBuffer: 1 << 28 });
  return Array.from({ length: bytes.length / 14_400 }, (_, i) =>
    bytes.subarray(i * 14_400, (i + 1) * 14_400),
  );
}

function correlation(a: Uint8Array, b: Uint8Array): number {
  const mean = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb || 1);
}

describe("a night that is shared", () => {
  it("holds events, signals and the skeleton", () => {
    const names = filesOf(at("shared"));
    expect(names).toEqual(
      expect.arrayContaining([
        "README",
        "events.tsv",
        "events.json",
        "night.json",
        "signals.tsv",
        "skeleton.tsv",
      ]),
    );
    expect(names.filter((name) => name.endsWith(".mp4")).length).toBeGreaterThan(0);
    expect(readFileSync(at("shared", "events.tsv"), "utf8")).toContain("tremor-like");
    expect(readFileSync(at("shared", "signals.tsv"), "utf8").split("\n").length).toBeGreaterThan(100);
    expect(readFileSync(at("shared", "skeleton.tsv"), "utf8")).not.toMatch(/nose|Eye|Ear/);
  });

  it("names neither the film, its digest, its place, nor a date", () => {
    const report = JSON.parse(readFileSync(at("night", "night.json"), "utf8")) as {
      recording: { id: string; files: { name: string; hash: string }[] };
    };
    const [file] = report.recording.files;
    const secrets = [
      file!.name,
      file!.hash.replace("sha256:", ""),
      report.recording.id,
      folder.path,
      "2026-11",
      "20261122",
      "Berlin",
    ];
    for (const name of filesOf(at("shared"))) {
      const text = readFileSync(at("shared", name)).toString("latin1");
      expect({ name, told: secrets.filter((secret) => text.includes(secret)) }).toEqual({ name, told: [] });
    }
  });

  it("holds no frame of the film: its clips are black but for thin lines, and look like none of its pictures", async () => {
    const film = await pictures(at("hidden.mp4"));
    for (const name of readdirSync(at("shared", "clips"))) {
      const drawn = await pictures(at("shared", "clips", name));
      expect(drawn.length).toBeGreaterThan(5);
      for (const picture of drawn) {
        const lit = picture.reduce((sum, value) => sum + (value > 40 ? 1 : 0), 0) / picture.length;
        expect(lit).toBeLessThan(0.06);
        for (const frame of film) expect(correlation(picture, frame)).toBeLessThan(0.5);
      }
      // No sound, and nothing the camera wrote.
      const said = execFileSync(
        (await findFfmpeg()).path,
        ["-hide_banner", "-i", at("shared", "clips", name), "-f", "ffmetadata", "-"],
        { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
      );
      expect(said).not.toMatch(/creation_time|location|Audio/);
    }
  });

  it("gives its poses to other programs, and takes them back", { timeout: 120_000 }, async () => {
    for (const name of ["poses.csv", "poses.json"]) {
      expect(await runCli(["poses", at("night"), at(name)])).toMatchObject({ code: 0 });
      const words = ["analyze", at("hidden.mp4"), "--out", at(`with-${name}`), "--poses", at(name)];
      const run = await runCli([...words, "--pose-rate", "1", "--json"]);
      const { events } = JSON.parse(run.stdout) as { events: { kind: string; frequencyHz: number | null }[] };
      expect(events.map(({ kind }) => kind)).toContain("tremor-like");
    }
    // The digest of such a file would tell whose poses they are.
    expect((await runCli(["share", at("with-poses.csv"), "--out", at("shared-poses")])).code).toBe(0);
    const digest = createHash("sha256")
      .update(readFileSync(at("poses.csv")))
      .digest("hex");
    expect(readFileSync(at("with-poses.csv", "night.json"), "utf8")).toContain(digest);
    expect(readFileSync(at("shared-poses", "night.json"), "utf8")).not.toContain(digest);
  });

  it("lies alone: neither in the night's own folder, nor among other files; but may be made again", async () => {
    const before = readFileSync(at("night", "night.json"), "utf8");
    const named = readdirSync(at("shared", "clips"));
    for (const [out, code] of [
      ["night", 1],
      [".", 1],
      ["shared", 0],
    ] as const) {
      writeFileSync(at("shared", "clips", "of-another-night.mp4"), "");
      const run = await runCli(["share", at("night"), "--out", at(out)]);
      expect([run.code, /must lie alone/.test(run.stderr)]).toEqual([code, code === 1]);
    }
    expect(readFileSync(at("night", "night.json"), "utf8")).toBe(before);
    expect(readdirSync(at("shared", "clips"))).toEqual(named);
  });

  it("asks for what was measured when it is gone", async () => {
    renameSync(at("night", "milestones"), at("elsewhere"));
    const run = await runCli(["share", at("night"), "--out", at("again")]);
    renameSync(at("elsewhere"), at("night", "milestones"));
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/what was measured of this recording is not stored/);
  });
});
