import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isLoopback } from "../settings.ts";

const COOKIE = "kickline";

/**
 * Lets only our own pages talk to the server.
 *
 * - Host: a name that is not ours is how another site reaches a local server (DNS rebinding). Numbers and
 *   loopback names cannot be rebound.
 * - Origin and Fetch Metadata: a page of another site may make a browser send requests here, with its cookies.
 * - Token: demanded of everybody when one is set. Given once in the address, it moves into a cookie that scripts
 *   cannot read and other sites cannot send.
 */
export function guard(host: string, token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const asked = c.req.header("host") ?? "";
    if (!isOurs(asked, host)) return c.text("This server answers to its own address only.", 403);
    if (!isSameOrigin(c.req.header("origin"), asked)) return c.text("Not from another site.", 403);
    const site = c.req.header("sec-fetch-site");
    const isNavigation = c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate";
    if ((site === "cross-site" || site === "same-site") && !isNavigation) {
      return c.text("Not from another site.", 403);
    }
    if (token !== undefined) {
      const url = new URL(c.req.url);
      const given = url.searchParams.get("token");
      if (given !== null && isEqual(given, token)) {
        setCookie(c, COOKIE, token, { httpOnly: true, sameSite: "Strict", path: "/" });
        url.searchParams.delete("token");
        return c.redirect(`${url.pathname}${url.search}`);
      }
      const bearer = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
      if (!isEqual(bearer ?? getCookie(c, COOKIE) ?? "", token)) {
        return c.text("This server asks for a token: open the address it printed when it was started.", 401);
      }
    }
    return next();
  };
}

/** The host part of a Host header. */
function hostName(header: string): string {
  return /^\[([^\]]+)\](:\d+)?$/.exec(header)?.[1] ?? header.replace(/:\d+$/, "");
}

function isOurs(header: string, bound: string): boolean {
  const name = hostName(header).toLowerCase();
  if (isLoopback(name)) return true;
  if (isLoopback(bound)) return false;
  return isIP(name) !== 0 || name === bound.toLowerCase();
}

function isSameOrigin(origin: string | undefined, asked: string): boolean {
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === asked && /^https?:/.test(origin);
  } catch {
    return false;
  }
}

function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
