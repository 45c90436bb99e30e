import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addModel } from "../../src/pose/check-model.ts";
import { ROOT } from "../support/built-cli.ts";
import { putMovenet } from "../support/movenet-model.ts";
import { askJson, type RunningServer, startApp, until } from "../support/running-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

describe("an app whose user added a pose model", { timeout: 120_000 }, () => {
  const folder = makeTempFolder();
  const open = join(folder.path, "open");
  const kept = join(folder.path, "models");
  let app: RunningServer;

  beforeAll(async () => {
    await addModel(await putMovenet(join(folder.path, "own")), kept);
    mkdirSync(open);
    cpSync(join(ROOT, "fixtures/clips/tremor-7hz-right-foot-30fps.mp4"), join(open, "clip.mp4"));
    vi.stubEnv("KICKLINE_MODELS", kept);
    app = await startApp(join(folder.path, "data"), "--folder", open);
  }, 120_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await app.stop();
    folder.remove();
  });

  const ask = (model: string) =>
    askJson<{ id: string }>(`${app.address}/api/nights`, "POST", {
      ...{ title: model, files: ["clip.mp4"] },
      options: { pose: { model, rateHz: 1 } },
    });

  it("analyses nights by it", async () => {
    const { id } = await ask("own-movenet");
    const report = `${app.address}/api/nights/${id}/report`;
    await until(async () => (await fetch(report, { method: "HEAD" })).ok);
    const { provenance } = await askJson<{ provenance: { models: { name: string }[] } }>(report);
    expect(provenance.models.map(({ name }) => name)).toEqual(["own-movenet"]);
  });

  it("refuses a model there is not, and one that was altered, and names no folder", async () => {
    await expect(ask("other")).rejects.toThrow(/^400 .*No model is called \\"other\\"/);
    writeFileSync(join(kept, "own-movenet", "movenet.onnx"), "x");
    await expect(ask("own-movenet")).rejects.toThrow(/^400 .*model-altered/);
    await expect(ask("own-movenet")).rejects.not.toThrow(kept);
    await expect(ask("../own")).rejects.toThrow(/^400/);
  });
});
