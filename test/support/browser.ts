import { type Browser, chromium, type Page } from "playwright-core";

/** Where systems keep it; it is never downloaded. */
const CHROMIUM = process.env["KICKLINE_CHROMIUM"] ?? "/usr/bin/chromium";
const WORDS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"],
];

export interface TestBrowser {
  readonly browser: Browser;
  /** Opens a page and keeps an eye on it. */
  open(address: string, size?: { width: number; height: number }): Promise<Page>;
  /** Every address that any page asked for, and everything that went wrong on one. */
  readonly asked: ReadonlySet<string>;
  readonly troubles: readonly string[];
}

export async function startBrowser(...more: string[]): Promise<TestBrowser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...WORDS, ...more] });
  const asked = new Set<string>();
  const troubles: string[] = [];
  return {
    ...{ browser, asked, troubles },
    async open(address, size = { width: 1280, height: 900 }) {
      const context = await browser.newContext({ viewport: size, acceptDownloads: true });
      const page = await context.newPage();
      page.on("request", (request) => asked.add(request.url()));
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && /Content Security|Refused/.test(message.text()))
          troubles.push(message.text());
      });
      await page.goto(address);
      return page;
    },
  };
}

/** What the thing with the focus is called, evaluated in the page. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const labels = [...(element?.labels ?? [])].map((label) => label.textContent);
  return [element?.getAttribute("aria-label"), ...labels, element?.textContent].filter(Boolean).join(" ");
})()`;

/** Once through a page and more; on a busy machine it may not have been drawn yet by then. */
const [MOST_TABS, PATIENCE_MS] = [80, 15_000];

/** Presses Tab until something of this name has the focus, as somebody without a mouse would. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const started = Date.now();
  for (let i = 0; i < MOST_TABS || Date.now() - started < PATIENCE_MS; i++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate<string>(FOCUSED);
    if (name.test(focused)) return;
  }
  throw new Error(`nothing called ${name} was reached by Tab`);
}
