import { createHash } from "node:crypto";
import { readdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../src/server/start-server.ts";
import { ROOT } from "../support/built-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const FILM = readFileSync(join(ROOT, "fixtures/clips/single-leg-movements.mp4"));
const TUS = { "tus-resumable": "1.0.0" };
const MOST = 8 * 2 ** 20;
const folder = makeTempFolder();
let server: RunningServer;
const settings = { data: folder.path, host: "127.0.0.1", port: 0, cli: "none", mostBytes: MOST };
beforeAll(async () => {
  server = await startServer(settings);
});
afterAll(async () => {
  await server.close();
  folder.remove();
});
const base = () => `http://127.0.0.1:${server.port}`;

function create(length: number, name = "night.mp4"): Promise<Response> {
  const filename = Buffer.from(name).toString("base64");
  const headers = { ...TUS, "upload-length": String(length), "upload-metadata": `filename ${filename}` };
  return fetch(`${base()}/api/uploads`, { method: "POST", headers });
}

function patch(location: string, offset: number, body: Uint8Array): Promise<Response> {
  const headers = {
    ...{ ...TUS, "upload-offset": String(offset) },
    "content-type": "application/offset+octet-stream",
  };
  return fetch(base() + location, { method: "PATCH", headers, body: new Uint8Array(body) });
}

async function offsetOf(location: string): Promise<number> {
  const answer = await fetch(base() + location, { method: "HEAD", headers: TUS });
  return Number(answer.headers.get("upload-offset"));
}

/** Sends a part and breaks the line in the middle of it. */
async function breakOff(location: string, offset: number, whole: Uint8Array): Promise<void> {
  const stop = new AbortController();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(whole.slice(offset, offset + Math.ceil(whole.length / 8)));
      setTimeout(() => stop.abort(), 60);
    },
  });
  const headers = {
    ...{ ...TUS, "upload-offset": String(offset) },
    "content-type": "application/offset+octet-stream",
  };
  const call = { method: "PATCH", headers, body, duplex: "half", signal: stop.signal } as RequestInit;
  await fetch(base() + location, call).catch(() => {});
}

describe("an upload", () => {
  it("that is interrupted five times, once by a restart of the server, arrives intact", async () => {
    const location = (await create(FILM.length, "night_20261122-213000.mp4")).headers.get("location")!;
    expect(location).toMatch(/^\/api\/uploads\/[0-9a-f]{32}$/);
    let last = -1;
    for (let i = 0; i < 5; i++) {
      const offset = await offsetOf(location);
      expect(offset).toBeGreaterThanOrEqual(Math.max(0, last));
      last = offset;
      await breakOff(location, offset, FILM);
      if (i === 2) {
        await server.close();
        server = await startServer(settings);
      }
    }
    const offset = await offsetOf(location);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThan(FILM.length);
    expect((await patch(location, offset, FILM.subarray(offset))).status).toBe(204);
    const night = await fetch(`${base()}/api/nights`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title: "Interrupted", uploads: [location.split("/").at(-1)] }),
    });
    expect(night.status).toBe(201);
    const { id } = (await night.json()) as { id: string };
    const kept = readFileSync(join(folder.path, "nights", id, "recording", "night_20261122-213000.mp4"));
    const hash = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");
    expect(hash(kept)).toBe(hash(FILM));
  });

  it("is judged by its content: a film without a name is taken, anything else with a film's name is not", async () => {
    const film = (await create(FILM.length, "no ending")).headers.get("location")!;
    expect((await patch(film, 0, FILM)).status).toBe(204);
    const playlist = "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n";
    for (const text of ["<script>alert(1)</script>", playlist, "x".repeat(5000)]) {
      const body = Buffer.from(text);
      const location = (await create(body.length, "night.mp4")).headers.get("location")!;
      const answer = await patch(location, 0, body);
      expect(answer.status).toBe(415);
      expect(await answer.text()).toMatch(/not a video/);
      expect(readdirSync(join(folder.path, "uploads"))).not.toContain(location.split("/").at(-1));
    }
  });

  it("is neither larger than allowed, nor of a size it does not say, nor read back", async () => {
    expect((await create(MOST + 1)).status).toBe(413);
    const deferred = { ...TUS, "upload-defer-length": "1" };
    const answer = await fetch(`${base()}/api/uploads`, { method: "POST", headers: deferred });
    expect([400, 501]).toContain(answer.status);
    const location = (await create(1000)).headers.get("location")!;
    expect((await patch(location, 0, Buffer.alloc(2000))).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(base() + location)).status).toBe(404);
  });

  it("that nobody goes on with is removed after two weeks, and no other", async () => {
    const [old, young] = [
      (await create(1000)).headers.get("location")!,
      (await create(1000)).headers.get("location")!,
    ];
    const path = join(folder.path, "uploads", old.split("/").at(-1)!);
    const then = new Date(Date.now() - 15 * 24 * 3600 * 1000);
    for (const file of [path, `${path}.json`]) utimesSync(file, then, then);
    await server.close();
    server = await startServer(settings);
    expect((await fetch(base() + old, { method: "HEAD", headers: TUS })).status).toBe(404);
    expect(await offsetOf(young)).toBe(0);
  });

  it("makes no night before it has arrived, and none of what is not there", async () => {
    const location = (await create(1000)).headers.get("location")!;
    const id = location.split("/").at(-1)!;
    for (const uploads of [[id], ["f".repeat(32)], ["../../kickline.db"], []]) {
      const body = JSON.stringify({ title: "None", uploads });
      const headers = { "content-type": "application/json" };
      expect((await fetch(`${base()}/api/nights`, { method: "POST", headers, body })).status).toBe(400);
    }
  });
});
