import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { KicklineError } from "../errors.ts";
import type { JobQueue } from "../queue/job-queue.ts";
import type { WorkMetrics } from "./metrics.ts";

export interface HealthServer {
  readonly address: string;
  close(): Promise<void>;
}

/** It listens without TLS: what is in front of a cluster's workers brings its own. */
const PLAIN = "http:";
/** The queue must answer within this, or the worker is not ready. */
const READY_MS = 2000;

/**
 * Serves what a cluster asks of a worker: `/healthz` (the program lives), `/readyz` (its queue answers and it
 * takes jobs; 503 otherwise) and `/metrics` for Prometheus. Nothing of any recording.
 *
 * @throws KicklineError `port-unusable`.
 */
export async function startHealthServer(
  at: { readonly host: string; readonly port: number },
  queue: JobQueue,
  metrics: WorkMetrics,
  drain: AbortSignal,
): Promise<HealthServer> {
  const isReady = async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("late")), READY_MS);
    });
    try {
      await Promise.race([queue.counts(), late]);
      return !drain.aborted;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  };
  const server = createServer((request, response) => {
    const answer = (status: number, text: string, type = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(text);
    const path = (request.url ?? "/").split("?")[0];
    if (request.method !== "GET") answer(405, "GET only\n");
    else if (path === "/healthz") answer(200, "alive\n");
    else if (path === "/readyz") {
      void isReady().then((ready) => answer(ready ? 200 : 503, ready ? "ready\n" : "not ready\n"));
    } else if (path === "/metrics") {
      metrics.read().then(
        (text) => answer(200, text, metrics.contentType),
        () => answer(503, "the queue does not answer\n"),
      );
    } else answer(404, "there is /healthz, /readyz and /metrics\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new KicklineError(
          "port-unusable",
          `cannot listen on ${at.host}:${at.port}: ${cause.message}`,
          "Give another port, or 0 for any that is free.",
          { cause },
        ),
      ),
    );
    server.listen(at.port, at.host, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  return {
    address: `${PLAIN}//${address.includes(":") ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
