import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { NotFound, type ServerContext } from "../context.ts";
import { setSecureHeaders } from "../security/headers.ts";
import { SERVER_DEFAULTS } from "../settings.ts";
import { createUploadServer } from "../uploads/upload-server.ts";

const METHODS = new Set(["POST", "HEAD", "PATCH", "DELETE", "OPTIONS"]);

/** Resumable uploads by the tus protocol. Never GET: what was uploaded is not served from here. */
export async function uploadRoutes({ data, settings }: ServerContext): Promise<Hono> {
  const server = await createUploadServer(data.uploads, settings.mostBytes ?? SERVER_DEFAULTS.mostBytes);
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.all("/:id?", async ({ env }) => {
    // By what really came: Hono answers HEAD as if it were GET.
    if (!METHODS.has(env.incoming.method ?? "")) throw new NotFound("There is nothing here.");
    setSecureHeaders(env.outgoing);
    await server.handle(env.incoming, env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return routes as unknown as Hono;
}
