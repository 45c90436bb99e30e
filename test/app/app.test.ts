import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFaults } from "../support/axe.ts";
import { startBrowser, type TestBrowser, tabTo } from "../support/browser.ts";
import { ROOT } from "../support/built-cli.ts";
import { askJson, type RunningServer, startApp, until } from "../support/running-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const PHONE = { width: 390, height: 844 };
const folder = makeTempFolder();
let app: RunningServer;
let chrome: TestBrowser;
beforeAll(async () => {
  app = await startApp(folder.path);
  chrome = await startBrowser();
});
afterAll(async () => {
  await chrome?.browser.close();
  await app?.stop();
  folder.remove();
});

/** The night of the parent's path, which the others go on with. */
let night = "";
const steps = async (reviewer: string) => {
  const all = await askJson<{ id: string; name: string }[]>(`${app.address}/api/reviewers`);
  const { id } = all.find(({ name }) => name === reviewer)!;
  return (
    await askJson<{ steps: { step: { type: string } }[] }>(`${app.address}/api/nights/${night}/reviews/${id}`)
  ).steps.map(({ step }) => step.type);
};
const isWide = (page: Page) =>
  page.evaluate<boolean>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
const begin = async (page: Page, name: string) => {
  await page.getByLabel("Name or initials").fill(name);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("region", { name: "Selected event" }).waitFor();
};

describe("the app", { timeout: 180_000 }, () => {
  it("leads a parent, by keyboard alone, from a recording to papers for the doctor", async () => {
    const page = await chrome.open(app.address);
    // Listened for from the start: the browser begins to hand over choosers only some time after being asked to.
    const chooser = page.waitForEvent("filechooser");
    await tabTo(page, /^Choose a video/);
    await page.keyboard.press("Enter");
    await (await chooser).setFiles(join(ROOT, "fixtures/demo/demo.mp4"));
    await page.getByText("Arrived").waitFor();
    await tabTo(page, /^Name of this night/);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("A first night");
    await tabTo(page, /^Clock at its beginning/);
    await page.getByLabel(/Clock at its beginning/).fill("2026-11-22T21:30:00");
    await tabTo(page, /^Look at this night/);
    await page.keyboard.press("Enter");
    await page.getByText("Measuring where something moved").waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.getByAltText(/Sketch of the night/).waitFor();
    await page.getByRole("heading", { name: "Typical moments" }).waitFor({ timeout: 150_000 });
    night = page.url().split("/").at(-1)!;
    await expect.poll(() => page.locator(".lead").textContent()).toMatch(/the video showed .*kicking once/);
    expect(await page.locator(".moment").count()).toBe(5);
    expect(await findFaults(page)).toEqual([]);

    await tabTo(page, /^Play the clip: Kicking/);
    await page.keyboard.press("Enter");
    await until(() => page.evaluate<boolean>("document.querySelector('video').currentTime > 0.5"));

    await page.keyboard.press("Shift+Tab");
    await page.getByRole("link", { name: "For the doctor" }).focus();
    await page.keyboard.press("Enter");
    await tabTo(page, /^What soothes/);
    await page.keyboard.type("Holding the foot");
    await page.getByText("Saved.").waitFor();
    expect(await findFaults(page)).toEqual([]);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Two pages as PDF" }).focus();
    await page.keyboard.press("Enter");
    const pdf = readFileSync((await (await download).path())!).toString("latin1");
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
    const clips = page.waitForEvent("download");
    await page.getByRole("link", { name: "Clips as an archive" }).click();
    expect((await clips).suggestedFilename()).toBe("A first night-clips.zip");
    await page.context().close();
  });

  it("leads a clinician, by keyboard alone, through a night", async () => {
    const page = await chrome.open(`${app.address}/nights/${night}/review`, { width: 1440, height: 1000 });
    await tabTo(page, /^Name or initials/);
    await page.keyboard.type("Dr A");
    await tabTo(page, /^Begin/);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Selected event" }).waitFor();
    await page.locator(".signals path.left").first().waitFor({ state: "attached" });
    await until(() => page.evaluate<boolean>("document.querySelector('video').readyState >= 2"));
    const title = () => page.locator(".event-panel h2").textContent();
    const shown = async () => Number((await page.locator(".clock .quiet").textContent())!.replace(" s", ""));
    await page.keyboard.press("j");
    await expect.poll(title).toMatch(/Kicking/);

    // One frame on and back: by the film's own timestamps, 20 a second.
    await until(async () => Math.abs((await shown()) - 33.95) < 0.051);
    const at = await shown();
    await page.keyboard.press("ArrowRight");
    await until(async () => Math.abs((await shown()) - at - 0.05) < 0.002);
    await page.keyboard.press("ArrowLeft");
    await until(async () => Math.abs((await shown()) - at) < 0.002);

    await page.keyboard.press("a");
    await expect.poll(title).toMatch(/Tremor-like/);
    await page.keyboard.press("r");
    await page.keyboard.press("u");
    await page.keyboard.press("k");
    await page.keyboard.press("l");
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("s");
    await page.keyboard.press("m");
    await page.keyboard.press("]");
    await page.keyboard.press("c");
    await page.keyboard.type("<img src=x onerror=alert(1)>");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.getByText("All saved").waitFor();
    await expect
      .poll(() => steps("Dr A"))
      .toEqual(expect.arrayContaining(["accept", "reject", "undo", "split", "merge", "comment", "add"]));
    expect(await page.locator(".comments img").count()).toBe(0);

    for (const key of ["+", "+", "-", "0", ",", ".", "8", "1", "4", "o", "o", "g", "g", "?"])
      await page.keyboard.press(key);
    await page.getByRole("region", { name: "Keys" }).waitFor();
    expect(await findFaults(page)).toEqual([]);

    // Watched minutes are kept.
    await page.keyboard.press("7");
    if (await page.evaluate<boolean>("document.querySelector('video').paused"))
      await page.keyboard.press(" ");
    await page.waitForTimeout(1500);
    await page.keyboard.press(" ");
    await until(
      async () => !/^0\.0 min/.test((await page.locator(".review-bar .quiet").first().textContent())!),
    );

    // The event just marked was found by nobody; the one before was.
    await page.keyboard.press("k");
    await page.getByRole("button", { name: "More like this" }).click();
    await page.getByText("Most like the chosen event").waitFor();

    await page.getByText("Try other limits").click();
    await page.getByRole("combobox", { name: "Limit" }).selectOption("boutStrokes");
    await page.getByRole("slider").fill("12");
    await page.locator(".thresholds td b").first().waitFor();
    await page.context().close();
  });

  it("loses nothing when the same review is open twice", async () => {
    const [one, other] = await Promise.all(
      [0, 1].map(() => chrome.open(`${app.address}/nights/${night}/review`, { width: 1300, height: 900 })),
    );
    for (const page of [one!, other!]) await begin(page, "Two tabs");
    await Promise.all([one!, other!].map((page) => page.locator("video").waitFor()));
    for (let i = 0; i < 5; i++) {
      await Promise.all([one!.keyboard.press("a"), other!.keyboard.press("n")]);
    }
    for (const page of [one!, other!]) await page.locator("[data-save=saved]").waitFor();
    await until(async () => (await steps("Two tabs")).length === 10);
    const kept = await steps("Two tabs");
    expect(kept.filter((type) => type === "accept")).toHaveLength(5);
    expect(kept.filter((type) => type === "add")).toHaveLength(5);
    for (const page of [one!, other!]) await page.context().close();
  });

  it("keeps steps while the server is away, and sends them when it is back", async () => {
    const page = await chrome.open(`${app.address}/nights/${night}/review`);
    await begin(page, "Away");
    const { port } = new URL(app.address);
    await app.kill();
    await page.keyboard.press("a");
    await page.getByText("kept here and sent").waitFor();
    app = await startApp(folder.path, "--port", port);
    await page.getByText("All saved").waitFor();
    expect(await steps("Away")).toEqual(["accept"]);
    await page.context().close();
  });

  it("compares two raters once both have finished, and settles what they differ about", async () => {
    const pages = [];
    for (const name of ["Rater one", "Rater two"]) {
      const page = await chrome.open(`${app.address}/nights/${night}/review`);
      await begin(page, name);
      if (name === "Rater one") await page.keyboard.press("r");
      await page.getByRole("button", { name: "I have finished" }).click();
      await page.getByRole("button", { name: "Finished" }).waitFor();
      await page.getByText("All saved").waitFor();
      pages.push(page);
    }
    const [page] = pages;
    await page!.getByRole("link", { name: "Agreement" }).click();
    await page!.getByRole("columnheader", { name: "Event F1" }).waitFor();
    await page!.getByRole("button", { name: /agreed ones into the consensus/ }).click();
    await page!.getByRole("button", { name: /As Rater two says/ }).click();
    await page!.getByText("Settled").first().waitFor();
    await page!.getByText("8 are in the consensus").waitFor();
    expect(await findFaults(page!)).toEqual([]);
    for (const one of pages) await one.context().close();
  });

  it("compares nights, with a diary, and is whole on a phone and in the dark", async () => {
    const page = await chrome.open(`${app.address}/compare`, PHONE);
    await page.getByLabel("Day", { exact: true }).last().fill("2026-11-23");
    await page.getByLabel("What", { exact: true }).selectOption("iron");
    await page.getByLabel("In your words").fill("begun");
    await page.getByRole("button", { name: "Add" }).click();
    await page.locator(".trend-mark").waitFor({ state: "attached" });
    for (const place of [
      "",
      "/compare",
      "/camera",
      `/nights/${night}`,
      `/nights/${night}/doctor`,
      `/nights/${night}/agreement`,
    ]) {
      await page.goto(app.address + place);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(300);
      expect({ place, isWide: await isWide(page) }).toEqual({ place, isWide: false });
      expect({ place, faults: await findFaults(page) }).toEqual({ place, faults: [] });
      await page.emulateMedia({ colorScheme: "dark" });
      expect({ place, faults: await findFaults(page) }).toEqual({ place, faults: [] });
      await page.emulateMedia({ colorScheme: "light" });
    }
    await page.goto(`${app.address}/nights/${night}/review`);
    await begin(page, "On a phone");
    await page.getByRole("button", { name: /^Accept/ }).click();
    await expect.poll(() => steps("On a phone")).toEqual(["accept"]);
    expect(await isWide(page)).toBe(false);
    await page.context().close();
  });

  it("looks at a camera by a clip, inside the page", async () => {
    const page = await chrome.open(`${app.address}/camera`);
    await page.getByLabel("Clip", { exact: true }).setInputFiles(join(ROOT, "fixtures/demo/demo.mp4"));
    await page.locator(".overlay line").first().waitFor({ state: "attached", timeout: 60_000 });
    await page.getByText(/Set the camera to 25 or 30 pictures a second/).waitFor({ timeout: 60_000 });
    expect(await findFaults(page)).toEqual([]);
    await page.context().close();
  });

  it("asked for nothing but from this computer, and broke no rule of its own policy", () => {
    const hosts = new Set(
      [...chrome.asked].filter((url) => !/^(blob|data):/.test(url)).map((url) => new URL(url).hostname),
    );
    expect([...hosts]).toEqual(["127.0.0.1"]);
    expect(chrome.troubles).toEqual([]);
  });
});
