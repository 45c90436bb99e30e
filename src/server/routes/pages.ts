import { stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { NotFound } from "../context.ts";
import { stayWithin } from "../security/stay-within.ts";
import { sendFile } from "../send-file.ts";

/** Beside the compiled server. */
const WEB = fileURLToPath(new URL("../../web/", import.meta.url));
const MODELS = fileURLToPath(new URL("../../../models/", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".ico": "image/x-icon",
  ".png": "image/png",
  ".task": "application/octet-stream",
  ".onnx": "application/octet-stream",
  ".txt": "text/plain; charset=utf-8",
};

/** The pages of the app: built files by their name, and the app itself for every other address. */
export function pageRoutes(web = WEB, models = MODELS): Hono {
  const routes = new Hono();
  routes.get("/models/*", async (c) => {
    const path = await stayWithin(models, decodeURIComponent(c.req.path.slice("/models/".length)));
    if (path === undefined) throw new NotFound("There is no such file.");
    return sendFile(c, path, typeOf(path), "private, max-age=86400");
  });
  routes.get("*", async (c) => {
    const asked = decodeURIComponent(c.req.path).replace(/^\/+/, "");
    const path = asked === "" ? undefined : await stayWithin(web, asked);
    if (path !== undefined && (await stat(path)).isFile()) {
      // Built files carry a hash of their content in their name.
      const isFixed = asked.startsWith("assets/");
      return sendFile(c, path, typeOf(path), isFixed ? "public, max-age=31536000, immutable" : "no-cache");
    }
    if (extname(asked) !== "") throw new NotFound("There is no such file.");
    return sendFile(c, join(web, "index.html"), TYPES[".html"]!, "no-cache");
  });
  return routes;
}

function typeOf(path: string): string {
  return TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
}
