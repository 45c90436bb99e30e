import type { Command } from "commander";
import { OptionsError } from "../index.ts";
import type { JobQueue, QueueSetup } from "../queue/job-queue.ts";

export interface QueueFlags {
  readonly queue?: string;
  readonly queueName: string;
}

const ADDRESS = "redis://host:6379 or rediss:// for TLS";

/** The flags by which every command finds its queue. */
export function queueFlags(
  command: Command,
  words = `${ADDRESS}; or in KICKLINE_QUEUE, its password in KICKLINE_QUEUE_PASSWORD`,
): Command {
  return command
    .option("--queue <address>", words)
    .option("--queue-name <name>", "name of the queue on that server", "kickline");
}

/** The same where a queue is one way of several, and is used only when it is named. */
export function optionalQueueFlags(command: Command): Command {
  return queueFlags(
    command,
    `have it done by the workers of a queue: ${ADDRESS} (its password in KICKLINE_QUEUE_PASSWORD)`,
  );
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
