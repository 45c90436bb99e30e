import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { setSecureHeaders } from "../security/headers.ts";
import { SERVER_DEFAULTS } from "../settings.ts";
import { createUploadServer } from "../uploads/upload-server.ts";

const METHODS = ["POST", "HEAD", "PATCH", "DELETE", "OPTIONS"];

/** Resumable uploads by the tus protocol. Never GET: what was uploaded is not served from here. */
export async function uploadRoutes({ data, settings }: ServerContext): Promise<Hono> {
  const server = await createUploadServer(data.uploads, settings.mostBytes ?? SERVER_DEFAULTS.mostBytes);
  const routes = new Hono<{ Bindings: HttpBindings }>();
  const serve = async ({ env }: { env: HttpBindings }) => {
    setSecureHeaders(env.outgoing);
    await server.handle(env.incoming, env.outgoing);
    return RESPONSE_ALREADY_SENT;
  };
  routes.on(METHODS, "/", (c) => serve(c));
  routes.on(METHODS, "/:id", (c) => serve(c));
  return routes as unknown as Hono;
}
