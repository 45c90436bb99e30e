import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { OptionsError } from "../../index.ts";
import { EXIT } from "../exit.ts";

interface ServeFlags {
  readonly data: string;
  readonly folder?: string;
  readonly host: string;
  readonly port: string;
  readonly token?: string;
}

/** `kickline serve [--data DIR] [--folder DIR]` */
export function addServe(program: Command): void {
  program
    .command("serve")
    .description("open the app: add recordings, watch them being analysed, look at nights, review them")
    .option("--data <folder>", "where to keep everything", join(homedir(), ".kickline"))
    .option("--folder <folder>", "a folder of recordings that the app may read besides uploads")
    .option("--host <address>", "where to listen; others than this computer's own need --token", "127.0.0.1")
    .option("--port <n>", "port, or 0 for any that is free", "4180")
    .option("--token <text>", "ask for this of everybody (at least 16 characters)")
    .action(async (flags: ServeFlags) => {
      process.exitCode = await serve(flags);
    });
}

async function serve(flags: ServeFlags): Promise<number> {
  const port = Number(flags.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const advice = "Give a number from 0 to 65535.";
    throw new OptionsError("options-invalid", `--port: "${flags.port}" is not a port`, advice);
  }
  // Loaded here only: no other command needs a server.
  const { startServer } = await import("../../server/start-server.ts");
  const server = await startServer({
    ...{ data: resolve(flags.data), host: flags.host, port, token: flags.token },
    folder: flags.folder === undefined ? undefined : resolve(flags.folder),
    cli: fileURLToPath(new URL("../main.js", import.meta.url)),
  });
  process.stdout.write(`${server.address}\n`);
  process.stderr.write("Open this address in a browser. Ctrl-C ends it; work under way goes on next time.\n");
  await new Promise<void>((end) => {
    process.once("SIGINT", () => end());
    process.once("SIGTERM", () => end());
  });
  await server.close();
  return EXIT.done;
}
