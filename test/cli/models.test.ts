import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { processesNaming, waitForProcesses } from "../support/child-processes.ts";
import { makeLongModel } from "../support/heavy-models.ts";
import { putMovenet } from "../support/movenet-model.ts";
import { makePatchModel, putModel } from "../support/patch-model.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder, makeTestFolder } from "../support/temp-folder.ts";

const CLIP = fileURLToPath(new URL("../../fixtures/clips/tremor-5hz-both-25fps.mp4", import.meta.url));

interface Night {
  readonly events: readonly object[];
  readonly options: { readonly pose: { readonly model: string } };
  readonly provenance: { readonly models: readonly { name: string; version: string; sha256: string }[] };
}

describe("kickline models", () => {
  it("checks, adds, lists and removes", async () => {
    const folder = makeTestFolder();
    const env = { KICKLINE_MODELS: join(folder, "kept") };
    const path = putModel(join(folder, "own"), makePatchModel("simcc"));
    const checked = await runCli(["models", "check", path], { env });
    expect([checked.code, checked.stderr]).toEqual([0, ""]);
    expect(checked.stdout).toMatch(/patches 1\+[0-9a-f]{12}: fit to be used/);
    expect(existsSync(env.KICKLINE_MODELS)).toBe(false);
    const added = await runCli(["models", "add", path, "--json"], { env });
    expect(JSON.parse(added.stdout)).toMatchObject({ model: { name: "patches" }, licence: "Apache-2.0" });
    const listed = await runCli(["models", "list", "--json"], { env });
    const names = (JSON.parse(listed.stdout) as { name: string; added: boolean }[]).map((one) => [
      one.name,
      one.added,
    ]);
    expect(names).toEqual([
      ["movenet-thunder", false],
      ["movenet-lightning", false],
      ["blazepose-heavy", false],
      ["patches", true],
    ]);
    expect((await runCli(["info"], { env })).stdout).toMatch(/patches/);
    expect((await runCli(["models", "remove", "patches"], { env })).code).toBe(0);
    const again = await runCli(["models", "remove", "patches"], { env });
    expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/"patches"/)]);
  });

  it("says in one line what is wrong with a model, and ends with 1", async () => {
    const folder = makeTestFolder();
    const path = putModel(folder, makePatchModel("heatmap"));
    writeFileSync(join(dirname(path), "model.onnx"), "no model");
    for (const args of [["check"], ["add"]]) {
      const run = await runCli(["models", ...args, path], { env: { KICKLINE_MODELS: join(folder, "kept") } });
      expect([run.code, run.stdout]).toEqual([1, ""]);
      expect(run.stderr).toMatch(/^kickline: .*model\.onnx has the SHA-256/);
    }
    const listed = await runCli(["models", "frobnicate"]);
    expect(listed.code).toBe(2);
  });

  it("leaves nothing behind when it is ended in the middle of a check", { timeout: 60_000 }, async () => {
    const path = putModel(makeTestFolder(), makeLongModel());
    for (const signal of ["SIGINT", "SIGKILL"] as const) {
      let command: ChildProcess | undefined;
      const run = runCli(["models", "check", path], { onStart: (child) => (command = child) });
      // The command, and the process that it checks the model in.
      await expect.poll(() => processesNaming(path).length, { timeout: 10_000 }).toBe(2);
      command!.kill(signal);
      expect((await run).signal).toBe(signal);
      expect(await waitForProcesses(path, 0)).toEqual([]);
    }
  });

  it("lists a broken one with its problem", async () => {
    const kept = makeTestFolder();
    mkdirSync(join(kept, "half"));
    const run = await runCli(["models", "list"], { env: { KICKLINE_MODELS: kept } });
    expect([run.code, run.stdout]).toEqual([1, expect.stringMatching(/half +cannot be used: .*model\.json/)]);
  });
});

describe("an analysis by a model of one's own", () => {
  const folder = makeTempFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  const env = { KICKLINE_MODELS: at("kept") };
  const night = (name: string) => JSON.parse(readFileSync(at(name, "night.json"), "utf8")) as Night;
  const analyze = (out: string, ...more: string[]) =>
    runCli(["analyze", CLIP, "--out", at(out), "--jobs", "1", ...more], { env });
  beforeAll(async () => {
    const path = await putMovenet(at("own"));
    expect((await runCli(["models", "add", path], { env })).code).toBe(0);
    for (const [out, model] of [
      ["bundled", "movenet-lightning"],
      ["named", "own-movenet"],
      ["filed", path],
    ] as const)
      expect((await analyze(out, "--model", model)).code).toBe(0);
  }, 240_000);
  afterAll(() => folder.remove());

  it("gives the very events of the same model when it is built in", () => {
    expect(night("bundled").events.length).toBeGreaterThan(0);
    expect(night("named").events).toEqual(night("bundled").events);
    expect(night("filed").events).toEqual(night("bundled").events);
  });

  it("says which model it was", () => {
    const [bundled] = night("bundled").provenance.models;
    for (const name of ["named", "filed"]) {
      expect(night(name).provenance.models).toEqual([
        { name: "own-movenet", version: expect.stringMatching(/^4\+[0-9a-f]{12}$/), sha256: bundled!.sha256 },
      ]);
      expect(night(name).options.pose.model).toBe("own-movenet");
    }
  });

  it("does not take another model's measurements for its own", async () => {
    const description = JSON.parse(readFileSync(at("kept", "own-movenet", "model.json"), "utf8")) as object;
    mkdirSync(at("other"));
    writeFileSync(at("other", "movenet.onnx"), readFileSync(at("kept", "own-movenet", "movenet.onnx")));
    // The same file, read so that every confidence is halved.
    writeFileSync(at("other", "model.json"), JSON.stringify({ ...description, score: { from: 0, to: 2 } }));
    const before = night("filed");
    expect((await analyze("filed", "--model", at("other", "model.json"))).code).toBeLessThan(4);
    expect(night("filed").provenance.models[0]!.version).not.toBe(before.provenance.models[0]!.version);
  });

  it("can be judged again after the model is gone", async () => {
    const run = await runCli(["poses", at("named"), at("poses.csv")], {
      env: { KICKLINE_MODELS: at("none") },
    });
    expect([run.code, run.stderr]).toEqual([0, ""]);
  });

  it("is refused by a name there is not, before anything is written", async () => {
    const run = await analyze("none", "--model", "not-there");
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/not-there.*own-movenet/);
    expect(existsSync(at("none"))).toBe(false);
  });

  it("runs in a study, which does a night again when another model has the name", {
    timeout: 120_000,
  }, async () => {
    writeFileSync(
      at("study.json"),
      JSON.stringify({ analysis: { pose: { model: "own-movenet", rateHz: 1 } } }),
    );
    const study = () =>
      runCli(
        [
          "batch",
          CLIP,
          "--out",
          at("study"),
          "--options",
          at("study.json"),
          "--jobs",
          "1",
          "--progress",
          "json",
        ],
        {
          env,
        },
      );
    const kept = (text: string) => /"kept"/.test(text);
    const first = await study();
    expect([first.code, kept(first.stderr)]).toEqual([0, false]);
    expect(kept((await study()).stderr)).toBe(true);
    expect((await runCli(["models", "remove", "own-movenet"], { env })).code).toBe(0);
    const without = await study();
    expect([without.code, without.stderr]).toEqual([2, expect.stringMatching(/own-movenet/)]);
    expect((await runCli(["models", "add", at("other", "model.json")], { env })).code).toBe(0);
    expect(kept((await study()).stderr)).toBe(false);
  });
});
