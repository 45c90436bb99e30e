import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../src/server/database/open-database.ts";
import { NightStore } from "../src/server/nights/night-store.ts";
import { inventNight } from "../test/report/invented-night.ts";
import { startBrowser } from "../test/support/browser.ts";
import { startApp } from "../test/support/running-server.ts";

/**
 * How fast the app is on a long night: first paint of a stored night, and frames a second while a timeline of
 * 12 hours with 5,000 events is zoomed and moved. Prints JSON.
 */
const HOURS = 12;
const EVENTS = 5000;
const NIGHT = "abcdef012345";
const SECONDS = 5;

/** Turns the wheel at every frame of the page and tells the time between frames, ms. */
const TURN = (mode: "zoom" | "move") => `new Promise((resolve) => {
  const canvas = document.querySelector(".timeline-canvas");
  const { left, top, width } = canvas.getBoundingClientRect();
  const times = [];
  let last = performance.now();
  const began = last;
  const frame = (now) => {
    times.push(now - last);
    last = now;
    if (now - began > ${SECONDS * 1000}) return resolve(times.slice(1));
    const phase = Math.floor((now - began) / 1250) % 2 === 0 ? -1 : 1;
    const wheel = ${mode === "zoom" ? "{ deltaY: 60 * phase }" : "{ deltaX: 40 * phase }"};
    canvas.dispatchEvent(new WheelEvent("wheel", {
      ...wheel, clientX: left + width * 0.6, clientY: top + 40, bubbles: true, cancelable: true,
    }));
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

const folder = mkdtempSync(join(tmpdir(), "kickline-bench-"));
const result = join(folder, "nights", NIGHT, "result");
mkdirSync(result, { recursive: true });
const report = inventNight({
  seed: 1,
  duration: HOURS * 3600,
  events: EVENTS,
  startedAt: "2026-11-22T20:00:00",
});
writeFileSync(join(result, "night.json"), JSON.stringify(report));
const database = await openDatabase(join(folder, "kickline.db"));
const row = { id: NIGHT, title: "Long night", subject: "", files: [join(folder, "gone.mp4")] };
await new NightStore(database).add({ ...row, startedAt: null, timeZone: null, options: {} });
database.close();
const app = await startApp(folder);
const chrome = await startBrowser();
try {
  const paints: number[] = [];
  for (let i = 0; i < 5; i++) {
    const page = await chrome.open("about:blank");
    await page.goto(`${app.address}/nights/${NIGHT}`);
    await page.locator(".lead").waitFor();
    paints.push(
      await page.evaluate<number>(`new Promise((resolve) => new PerformanceObserver((list) =>
        resolve(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true }))`),
    );
    await page.context().close();
  }
  const page = await chrome.open(`${app.address}/nights/${NIGHT}/review`, { width: 1440, height: 1000 });
  await page.getByLabel("Name or initials").fill("Bench");
  await page.getByRole("button", { name: "Begin" }).click();
  await page.locator(".timeline-canvas").waitFor();
  await page.waitForTimeout(1000);
  const measure = async (mode: "zoom" | "move") => {
    const times = (await page.evaluate<number[]>(TURN(mode))).sort((a, b) => a - b);
    const at = (share: number) => Number(times[Math.floor(share * (times.length - 1))]!.toFixed(1));
    return {
      framesPerSecond: Math.round(times.length / SECONDS),
      medianMs: at(0.5),
      p95Ms: at(0.95),
      worstMs: at(1),
    };
  };
  const figures = {
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
    browser: `Chromium ${chrome.browser.version()}`,
    night: { hours: HOURS, events: report.events.length, reportBytes: JSON.stringify(report).length },
    largestPaintMs: paints.map(Math.round),
    zoom: await measure("zoom"),
    move: await measure("move"),
  };
  process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`);
} finally {
  await chrome.browser.close();
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
}
