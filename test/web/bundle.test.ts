import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { builtCli, ROOT } from "../support/built-cli.ts";

let web: string;
let files: [name: string, text: string][];
beforeAll(async () => {
  web = join(dirname(await builtCli()), "..", "web");
  files = readdirSync(web, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(js|css|html|svg|wasm)$/.test(name))
    .map((name) => [name, readFileSync(join(web, name), "latin1")]);
});

/** Names of formats, and addresses in comments and messages of libraries: nothing opens them. */
const MENTIONED = new Set([
  ...["www.w3.org", "json-schema.org", "react.dev", "developer.mozilla.org", "github.com", "tools.ietf.org"],
  ...["www.ietf.org", "webkit.org", "bugzil.la", "unicode.org", "en.wikipedia.org", "www.khronos.org"],
  ...["kripken.github.io", "pubs.opengroup.org", "server.com", "www.unicode.org", "emscripten.org"],
]);
/**
 * Where pages and models of this kind usually send or fetch something. "type.googleapis.com/" begins the names of
 * message types and is no address.
 */
const SENDERS =
  /(?<!type\.)googleapis\.com|gstatic|google-analytics|googletagmanager|play\.google\.com|clearcut|jsdelivr|unpkg|cdnjs|sentry\.io|telemetry\.|doubleclick\.net|fonts\.google/i;

describe("the built pages", () => {
  it("name no address of anybody who counts or serves", () => {
    for (const [name, text] of files)
      expect({ name, found: SENDERS.exec(text)?.[0] }).toEqual({ name, found: undefined });
  });

  it("name other addresses only where nothing opens them", () => {
    for (const [name, text] of files.filter(([one]) => !one.endsWith(".wasm"))) {
      const hosts = [...text.matchAll(/(?:https?|wss?):\/\/([a-z0-9.-]+\.[a-z]{2,})/gi)].map(
        ([, host]) => host!,
      );
      expect({ name, hosts: [...new Set(hosts)].filter((host) => !MENTIONED.has(host)) }).toEqual({
        name,
        hosts: [],
      });
    }
  });

  it("hold no script and no style inside a page", () => {
    const [, page] = files.find(([name]) => name === "index.html")!;
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
  });

  it("carry the one version of the pose library that sends nothing, with model and WebAssembly of our own", () => {
    const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
    const { devDependencies } = read("package.json") as { devDependencies: Record<string, string> };
    expect(devDependencies["@mediapipe/tasks-vision"]).toBe("0.10.35");
    expect(read("node_modules/@mediapipe/tasks-vision/package.json").version).toBe("0.10.35");
    expect(readdirSync(join(web, "pose"))).toContain("pose_landmarker_lite.task");
    expect(files.some(([name]) => name.endsWith(".wasm"))).toBe(true);
  });
});
