import type { Command } from "commander";
import { OptionsError } from "../index.ts";
import type { JobQueue, QueueSetup } from "../queue/job-queue.ts";

export interface QueueFlags {
  readonly queue?: string;
  readonly queueName: string;
}

/**
 * The flags by which every command finds its queue.
 *
 * @param elsewhere what else a command may work by, so that only the flag chooses a queue and not the environment.
 */
export function queueFlags(command: Command, elsewhere?: string): Command {
  const address = "redis://host:6379 or rediss:// for TLS";
  const password = "its password in KICKLINE_QUEUE_PASSWORD";
  return command
    .option(
      "--queue <address>",
      elsewhere === undefined
        ? `${address}; or in KICKLINE_QUEUE, ${password}`
        : `${address}, ${password}; without this flag: ${elsewhere}`,
    )
    .option("--queue-name <name>", "name of the queue on that server", "kickline");
}

/** Opens the queue the flags name. @throws OptionsError when they name none. */
export async function queueOf(flags: QueueFlags, setup: Partial<QueueSetup> = {}): Promise<JobQueue> {
  const { openQueue, QUEUE_ENVIRONMENT } = await import("../worker/open-queue.ts");
  const url = flags.queue ?? process.env[QUEUE_ENVIRONMENT.url];
  if (url === undefined || url === "") {
    throw new OptionsError(
      "options-invalid",
      "--queue: no queue is named",
      `Give --queue redis://host:6379, or set ${QUEUE_ENVIRONMENT.url}.`,
    );
  }
  return openQueue(url, flags.queueName, setup, (isAway) =>
    process.stderr.write(isAway ? "The queue is away: waiting for it.\n" : "The queue is back.\n"),
  );
}
