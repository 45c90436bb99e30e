import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startBrowser, type TestBrowser } from "../support/browser.ts";
import { ROOT } from "../support/built-cli.ts";
import { runFfmpeg } from "../support/make-video.ts";
import { askJson, QUICK, type RunningServer, startApp, until } from "../support/running-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
let app: RunningServer | undefined;
let chrome: TestBrowser | undefined;
afterAll(async () => {
  await chrome?.browser.close();
  await app?.stop();
  folder.remove();
});

describe("a night of several files that no browser plays", { timeout: 120_000 }, () => {
  it("is made playable, frame for frame, and one film follows the other", async () => {
    const open = join(folder.path, "open");
    mkdirSync(open);
    const clip = join(ROOT, "fixtures/clips/tremor-7hz-right-foot-30fps.mp4");
    for (const [name, from] of [
      ["night_20261122-213000.mkv", "0"],
      ["night_20261122-213005.mkv", "5"],
    ] as const)
      await runFfmpeg("-ss", from, "-i", clip, "-t", "5", "-c:v", "mpeg4", "-q:v", "4", join(open, name));
    app = await startApp(join(folder.path, "data"), "--folder", open);
    const files = ["night_20261122-213000.mkv", "night_20261122-213005.mkv"];
    const given = { title: "Two films", files, options: QUICK };
    const { id } = await askJson<{ id: string }>(`${app.address}/api/nights`, "POST", given);
    const night = `${app.address}/api/nights/${id}`;
    await until(async () => (await fetch(`${night}/video/1`, { method: "HEAD" })).ok);
    const report = await askJson<{ recording: { files: { onset: number }[] } }>(`${night}/report`);
    expect(report.recording.files.map(({ onset }) => Math.round(onset))).toEqual([0, 5]);

    chrome = await startBrowser();
    const page = await chrome.open(`${app.address}/nights/${id}/review`);
    await page.getByLabel("Name or initials").fill("A");
    await page.getByRole("button", { name: "Begin" }).click();
    await page.locator("video").waitFor();
    await until(() => page.evaluate<boolean>("document.querySelector('video').readyState >= 2"));
    const shown = async () => Number((await page.locator(".clock .quiet").textContent())!.replace(" s", ""));
    // From the first film into the second, by whole seconds.
    for (let i = 0; i < 12 && (await shown()) < 6; i++) {
      const before = await shown();
      await page.keyboard.press("Shift+ArrowRight");
      await until(async () => (await shown()) > before + 0.5);
    }
    await until(() => page.evaluate<boolean>("document.querySelector('video').src.endsWith('/video/1')"));
    await until(() => page.evaluate<boolean>("document.querySelector('video').currentTime > 0.5"));
  });
});
