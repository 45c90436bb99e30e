import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../src/server/start-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
const TOKEN = "a token of some length";
let open: RunningServer;
let closed: RunningServer;
const settings = { data: folder.path, host: "127.0.0.1", port: 0, cli: "none" };
beforeAll(async () => {
  open = await startServer(settings);
  closed = await startServer({ ...settings, token: TOKEN });
});
afterAll(async () => {
  await open.close();
  await closed.close();
  folder.remove();
});

/** By node itself: fetch does not let a caller choose the Host. */
function ask(port: number, headers: Record<string, string> = {}, method = "GET", path = "/api/state") {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const call = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, text }));
      });
      call.on("error", reject).end();
    },
  );
}

describe("the guard of the app", () => {
  it("answers to loopback names only: a name of another site may lead here (DNS rebinding)", async () => {
    const { port } = open;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect((await ask(port, { host })).status).toBe(200);
    for (const host of [
      "evil.example",
      `127.0.0.1.evil.example:${port}`,
      "localhost.evil.example",
      "192.168.1.7",
    ])
      expect((await ask(port, { host })).status).toBe(403);
  });

  it("takes nothing from pages of other sites", async () => {
    const { port } = open;
    const own = { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` };
    expect((await ask(port, own, "POST", "/api/reviewers")).status).toBe(400);
    for (const origin of ["http://evil.example", "null", `http://localhost:${port + 1}`, "file://"]) {
      expect((await ask(port, { ...own, origin }, "POST", "/api/reviewers")).status).toBe(403);
      expect((await ask(port, { ...own, origin }, "POST", "/api/uploads")).status).toBe(403);
    }
    const site = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    expect((await ask(port, { host: own.host, ...site })).status).toBe(403);
    expect((await ask(port, { host: own.host, ...site, "sec-fetch-mode": "navigate" })).status).toBe(200);
  });

  it("asks everybody for the token when there is one, and puts it where scripts cannot read it", async () => {
    const { port } = closed;
    expect((await ask(port)).status).toBe(401);
    expect((await ask(port, {}, "POST", "/api/uploads")).status).toBe(401);
    expect((await ask(port, { authorization: "Bearer wrong" })).status).toBe(401);
    expect((await ask(port, { cookie: "kickline=wrong" })).status).toBe(401);
    expect((await ask(port, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    const first = await ask(port, {}, "GET", `/?token=${encodeURIComponent(TOKEN)}`);
    expect([first.status, first.headers["location"]]).toEqual([302, "/"]);
    const cookie = String(first.headers["set-cookie"]);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect((await ask(port, { cookie: cookie.split(";")[0]! })).status).toBe(200);
    expect(closed.address).toContain("?token=a%20token");
  });

  it("will not be reached by others without a good token", async () => {
    for (const token of [undefined, "short"])
      await expect(startServer({ ...settings, host: "0.0.0.0", token })).rejects.toMatchObject({
        code: "unsafe-address",
      });
    const wide = await startServer({ ...settings, host: "0.0.0.0", token: TOKEN });
    const authorization = `Bearer ${TOKEN}`;
    expect((await ask(wide.port, { authorization, host: "192.168.1.7:80" })).status).toBe(200);
    expect((await ask(wide.port, { authorization, host: "evil.example" })).status).toBe(403);
    await wide.close();
  });

  it("says a port that is taken in one clear error", async () => {
    await expect(startServer({ ...settings, port: open.port })).rejects.toMatchObject({
      code: "port-unusable",
    });
  });

  it("sends a strict policy with every answer, errors and uploads too", async () => {
    for (const [method, path] of [
      ["GET", "/api/state"],
      ["GET", "/nothing.js"],
      ["GET", "/api/nights/none"],
      ["OPTIONS", "/api/uploads"],
      ["POST", "/api/nights"],
    ] as const) {
      const { headers } = await ask(open.port, {}, method, path);
      const policy = String(headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'? |\*|https?:|data:;? script/);
      expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["access-control-allow-origin"] ?? "").toBe("");
    }
  });
});
