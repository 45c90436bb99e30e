import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Context } from "hono";
import { NotFound } from "./context.ts";

/**
 * Sends a file, or the one range of it that was asked for (RFC 9110, section 14). Several ranges at once are
 * answered with the whole file, as the standard allows.
 *
 * @throws NotFound when it is not there.
 */
export async function sendFile(
  c: Context,
  path: string,
  type: string,
  cache = "no-cache",
): Promise<Response> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new NotFound("There is no such file.");
  const etag = `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`;
  c.header("Content-Type", type);
  c.header("Accept-Ranges", "bytes");
  c.header("Cache-Control", cache);
  c.header("ETag", etag);
  if (c.req.header("if-none-match") === etag) return c.body(null, 304);
  const ifRange = c.req.header("if-range");
  const asked = ifRange === undefined || ifRange === etag ? c.req.header("range") : undefined;
  const range = parseRange(asked, found.size);
  if (range === "unsatisfiable") {
    c.header("Content-Range", `bytes */${found.size}`);
    return c.body(null, 416);
  }
  const { from, to } = range ?? { from: 0, to: found.size - 1 };
  c.header("Content-Length", String(to - from + 1));
  if (range) c.header("Content-Range", `bytes ${from}-${to}/${found.size}`);
  const status = range ? 206 : 200;
  if (c.req.method === "HEAD" || found.size === 0) return c.body(null, status);
  const stream = createReadStream(path, { start: from, end: to });
  return c.body(Readable.toWeb(stream) as ReadableStream, status);
}

/** @returns undefined for the whole file: nothing, or nothing that can be understood, was asked for. */
export function parseRange(
  header: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [first, last] = [match[1]!, match[2]!];
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < from) return undefined;
  return from >= size ? "unsatisfiable" : { from, to };
}
