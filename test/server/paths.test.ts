import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { safeFileName } from "../../src/server/security/safe-name.ts";
import { stayWithin } from "../../src/server/security/stay-within.ts";
import { parseRange } from "../../src/server/send-file.ts";
import { type RunningServer, startServer } from "../../src/server/start-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
let server: RunningServer;
beforeAll(async () => {
  mkdirSync(join(folder.path, "open", "inner"), { recursive: true });
  writeFileSync(join(folder.path, "secret.mp4"), "secret");
  writeFileSync(join(folder.path, "open", "inner", "night.mp4"), "film");
  symlinkSync(folder.path, join(folder.path, "open", "link"));
  const data = join(folder.path, "data");
  server = await startServer({
    data,
    folder: join(folder.path, "open"),
    host: "127.0.0.1",
    port: 0,
    cli: "none",
  });
});
afterAll(async () => {
  await server.close();
  folder.remove();
});
const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);

describe("places", () => {
  it("cannot be left: not by dots, links, absolute paths, or odd letters", async () => {
    const root = join(folder.path, "open");
    expect(await stayWithin(root, "inner/night.mp4")).toBeDefined();
    expect(await stayWithin(root, "")).toBeDefined();
    for (const path of [
      "..",
      "../secret.mp4",
      "inner/../../secret.mp4",
      "/etc/passwd",
      "link/secret.mp4",
      "link",
      "a\0b",
    ])
      expect(await stayWithin(root, path)).toBeUndefined();
  });

  it("show nothing of the computer over HTTP", async () => {
    const ways = ["..", "%2e%2e", "..%2f", "%2e%2e%2f", "..%5c", "%252e%252e%252f", "....//"];
    for (const way of ways) {
      for (const base of ["/", "/models/", "/assets/"]) {
        const answer = await get(`${base}${way.repeat(6)}etc/passwd`);
        expect(await answer.text()).not.toContain("root:");
      }
      const listed = await get(`/api/folder?path=${encodeURIComponent(decodeURIComponent(way))}`);
      expect(listed.status).toBe(404);
    }
    expect((await get("/api/folder?path=link")).status).toBe(404);
    expect(await (await get("/api/folder?path=inner")).json()).toEqual([
      { name: "night.mp4", path: "inner/night.mp4", bytes: 4, isFolder: false },
    ]);
    for (const id of ["..", "%2e%2e%2f%2e%2e", "x/../../y", "'or 1=1", "%00"]) {
      for (const part of ["", "/report", "/video/0", "/clips/x", "/thumbnails/..%2f..%2fsecret"])
        expect([400, 404]).toContain((await get(`/api/nights/${id}${part}`)).status);
    }
  });
});

describe("the name of an upload", () => {
  it("is always one harmless name, whatever it was given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
        const name = safeFileName(given);
        expect(name).not.toMatch(/[/\\\0<>:"|?*\n]/);
        expect(name).not.toMatch(/^[.\s-]|\.\.|[.\s]$/);
        expect(name.length).toBeGreaterThan(0);
        expect(Buffer.byteLength(name)).toBeLessThan(256);
        expect(safeFileName(name)).toBe(name);
      }),
    );
  });

  it("keeps what a person would recognise, and the time in it", () => {
    expect(safeFileName("night_20261122-213000.mp4")).toBe("night_20261122-213000.mp4");
    expect(safeFileName("C:\\Users\\me\\Müllers Nacht (2).MP4")).toBe("Müllers Nacht (2).MP4");
    expect(safeFileName("../../etc/passwd")).toBe("passwd");
    expect(safeFileName("<img src=x onerror=alert(1)>.mp4")).toBe("_img src_x onerror_alert(1)_.mp4");
    expect(safeFileName("con.mp4")).toBe("_con.mp4");
    expect(safeFileName("")).toBe("recording");
  });
});

describe("a range of a file", () => {
  it("is what was asked for, within the file", () => {
    expect(parseRange("bytes=0-99", 1000)).toEqual({ from: 0, to: 99 });
    expect(parseRange("bytes=900-", 1000)).toEqual({ from: 900, to: 999 });
    expect(parseRange("bytes=-100", 1000)).toEqual({ from: 900, to: 999 });
    expect(parseRange("bytes=990-2000", 1000)).toEqual({ from: 990, to: 999 });
    expect(parseRange("bytes=1000-", 1000)).toBe("unsatisfiable");
    expect(parseRange("bytes=-0", 1000)).toBe("unsatisfiable");
    for (const odd of [
      undefined,
      "",
      "bytes=",
      "bytes=-",
      "bytes=5-2",
      "bytes=0-1,3-4",
      "items=0-1",
      "bytes=a-b",
    ])
      expect(parseRange(odd, 1000)).toBeUndefined();
  });

  it("never lies outside the file", () => {
    const number = fc.option(fc.nat(), { nil: "" });
    fc.assert(
      fc.property(number, number, fc.nat({ max: 1e6 }), (a, b, size) => {
        const range = parseRange(`bytes=${a}-${b}`, size);
        if (range === undefined || range === "unsatisfiable") return;
        expect(range.from).toBeGreaterThanOrEqual(0);
        expect(range.from).toBeLessThanOrEqual(range.to);
        expect(range.to).toBeLessThan(size);
      }),
    );
  });
});
