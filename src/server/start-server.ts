import { mkdir, stat } from "node:fs/promises";
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { KicklineError, OptionsError, OutputError } from "../index.ts";
import { createApp } from "./app.ts";
import { openContext } from "./context.ts";
import { workOnNights } from "./jobs/work.ts";
import { isLoopback, type ServerSettings } from "./settings.ts";

export interface RunningServer {
  /** Address to open, with the token if one is asked for. */
  readonly address: string;
  readonly port: number;
  /** Ends in good order: work in hand goes back to the queue. */
  close(): Promise<void>;
}

/**
 * Starts the app: its server and its worker.
 *
 * @throws OptionsError `unsafe-address` when others could reach it and no token is set. KicklineError
 * `port-unusable` when it cannot listen there; `data-newer` for the folder of a newer version. OutputError when
 * the folder cannot be written to.
 */
export async function startServer(settings: ServerSettings): Promise<RunningServer> {
  const { host, token, data, folder } = settings;
  if (!isLoopback(host) && (token === undefined || token.length < 16)) {
    throw new OptionsError(
      "unsafe-address",
      `${host} can be reached by others`,
      "Give a token of at least 16 characters with --token, or leave --host out to serve this computer only.",
    );
  }
  if (folder !== undefined && !(await stat(folder).catch(() => undefined))?.isDirectory()) {
    const advice = "Give one that is there, or leave --folder out.";
    throw new OptionsError("options-invalid", `--folder: ${folder} is not a folder`, advice);
  }
  await mkdir(data, { recursive: true }).catch((cause: unknown) => {
    const advice = "Choose a folder that can be written to with --data.";
    throw new OutputError("output-unwritable", `${data}: it cannot be written to`, advice, { cause });
  });
  const context = await openContext(settings);
  const app = await createApp(context);
  const server = await listen(app.fetch, settings);
  const { port } = server.address() as { port: number };
  const stop = new AbortController();
  const onChange = (night: string) => context.changes.emit("change", night);
  const work = workOnNights({ ...context, onChange }, stop.signal);
  const name = host.includes(":") ? `[${host}]` : host;
  const place = `//${name}:${port}/`;
  return {
    address: `http:${place}${token === undefined ? "" : `?token=${encodeURIComponent(token)}`}`,
    port,
    async close() {
      stop.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, work, context.rooms.close()]);
      context.database.close();
    },
  };
}

function listen(
  fetch: Awaited<ReturnType<typeof createApp>>["fetch"],
  { host, port }: ServerSettings,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, () => resolve(server)) as Server;
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const why = cause.code === "EADDRINUSE" ? "is in use already" : `cannot be used (${cause.code})`;
      const advice = "Choose another with --port, or 0 for any that is free.";
      reject(new KicklineError("port-unusable", `${host}:${port} ${why}`, advice, { cause }));
    });
    // An upload of hours is no slow attack: each of its requests moves.
    server.requestTimeout = 0;
  });
}
