import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../support/built-cli.ts";

const FILES = readdirSync(join(ROOT, "web/src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(ROOT, "web/src", name), "utf8") }));

const IMPORTS = FILES.flatMap(({ name, text }) =>
  [...text.matchAll(/^import\s+(?:(type)\s+)?(?:([^;"]*?)\s*from\s+)?"([^"]+)"/gm)].map(
    ([, type, names = "", to]) => {
      const listed = /\{([\s\S]*)\}/.exec(names)?.[1]?.split(",") ?? [names];
      const isType = type !== undefined || listed.every((one) => /^\s*(type\s|$)/.test(one));
      const place = to!.startsWith(".") ? posix.join("web/src", posix.dirname(name), to!) : to!;
      return { from: name, to: place, isType };
    },
  ),
);

describe("the sources of the pages", () => {
  it("take from the library what runs in a browser too, and of all else types only", () => {
    const allowed =
      /^src\/(report\/|agreement\/|signal\/|time\.ts|night\/skeleton-lines\.ts|events\/event-options\.ts|resolvability\/coach-advice\.ts)/;
    const taken = IMPORTS.filter(({ to, isType }) => to.startsWith("src/") && !isType);
    expect(taken.length).toBeGreaterThan(10);
    expect(taken.filter(({ to }) => !allowed.test(to))).toEqual([]);
    expect(IMPORTS.filter(({ to }) => to.startsWith("node:"))).toEqual([]);
  });

  it("know each heavy package in one place", () => {
    const users = (name: RegExp) => [
      ...new Set(IMPORTS.filter(({ to }) => name.test(to)).map(({ from }) => from)),
    ];
    expect(users(/^@mediapipe\//)).toEqual(["camera/pose-check.ts"]);
    expect(users(/^tus-js-client/)).toEqual(["nights/upload.ts"]);
    expect(users(/^react-dom/)).toEqual(["main.tsx"]);
  });

  it("claim nothing that a video cannot show, and put no markup together from text", () => {
    const claims = /diagnosis|diagnostic|abnormal|patient|\brisk|seizure/i;
    for (const { name, text } of FILES) {
      const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
      expect({ name, found: claims.exec(code)?.[0] }).toEqual({ name, found: undefined });
      expect({ name, raw: /dangerouslySetInnerHTML|innerHTML|document\.write|\beval\(/.test(code) }).toEqual({
        name,
        raw: false,
      });
      expect({ name, isDefault: /^export default/m.test(code) }).toEqual({ name, isDefault: false });
    }
  });

  it("ask no server but our own", () => {
    const fetching = FILES.filter(({ text }) =>
      /\bfetch\(|XMLHttpRequest|sendBeacon|new WebSocket|new EventSource/.test(text),
    );
    expect(fetching.map(({ name }) => name).sort()).toEqual(["api/http.ts", "night/night-page.tsx"]);
    for (const { text } of fetching) expect(text).toMatch(/(fetch|EventSource)\(`\/api/);
  });
});
