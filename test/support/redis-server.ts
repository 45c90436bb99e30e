import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { makeTempFolder } from "./temp-folder.ts";

/** A Redis or Valkey server of a test's own on this computer, which keeps its data until removed. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** As a power cut would end it. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

export interface RedisExtras {
  readonly password?: string;
  /** Paths of a certificate and its key: then it speaks TLS only. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** The server's program, if this computer has one. */
export const REDIS_PROGRAM = ["redis-server", "valkey-server"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

export async function startRedis({ password, tls }: RedisExtras = {}): Promise<RedisServer> {
  const folder = makeTempFolder();
  const port = await freePort();
  let child: ChildProcess | undefined;
  const words = [
    ...["--bind", "127.0.0.1", "--dir", folder.path, "--save", "", "--appendonly", "yes"],
    ...["--appendfsync", "always", "--daemonize", "no", "--logfile", join(folder.path, "log")],
    ...(password === undefined ? [] : ["--requirepass", password]),
    ...(tls
      ? ["--port", "0", "--tls-port", String(port), "--tls-cert-file", tls.certificate]
          .concat(["--tls-key-file", tls.key, "--tls-ca-cert-file", tls.certificate])
          .concat(["--tls-auth-clients", "no"])
      : ["--port", String(port)]),
  ];
  const server: RedisServer = {
    port,
    url: `${tls ? "rediss" : "redis"}://127.0.0.1:${port}`,
    async kill() {
      const gone = new Promise((resolve) => child!.once("exit", resolve));
      child!.kill("SIGKILL");
      await gone;
      child = undefined;
    },
    async start() {
      child = spawn(REDIS_PROGRAM!, words, { stdio: "ignore" });
      await untilListening(port);
    },
    async remove() {
      if (child) await server.kill();
      folder.remove();
    },
  };
  await server.start();
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as import("node:net").AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilListening(port: number): Promise<void> {
  const { connect } = await import("node:net");
  for (const started = Date.now(); Date.now() - started < 20_000; ) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error("the Redis server did not start");
}
