import { availableParallelism, platform, release } from "node:os";
import type { Command } from "commander";
import { DEFAULT_OPTIONS, findFfmpeg, KicklineError, listModels, VERSION } from "../../index.ts";

/** `kickline info` */
export function addInfo(program: Command): void {
  program
    .command("info")
    .description("print versions, the decoder and the models that would be used")
    .option("--options", "print the default options as JSON")
    .option("--json", "print as JSON")
    .action(async (flags: { options?: boolean; json?: boolean }) => {
      if (flags.options) {
        process.stdout.write(`${JSON.stringify(DEFAULT_OPTIONS, null, 2)}\n`);
        return;
      }
      const info = await collect();
      if (flags.json) process.stdout.write(`${JSON.stringify(info, null, 2)}\n`);
      else
        process.stdout.write(
          `${Object.entries(info)
            .map(([key, value]) => `${key.padEnd(10)} ${show(value)}`)
            .join("\n")}\n`,
        );
    });
}

async function collect() {
  const ffmpeg = await findFfmpeg().then(
    ({ path, version, source }) => ({ path, version, source }),
    (error: unknown) => ({ missing: error instanceof KicklineError ? error.message : String(error) }),
  );
  return {
    kickline: VERSION,
    node: process.version,
    system: `${platform()} ${release()}, ${availableParallelism()} cores`,
    ffmpeg,
    models: await listModels(),
  };
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value))
    return value
      .map((one) => `${(one as { name: string }).name} ${(one as { version: string }).version}`)
      .join(", ");
  return Object.values(value as Record<string, unknown>).join(", ");
}
