import { OptionsError } from "../errors.ts";
import type { JobQueue, QueueSetup } from "../queue/job-queue.ts";

/** Environment variables that name the queue and its password, so that no list of processes shows them. */
export const QUEUE_ENVIRONMENT = { url: "KICKLINE_QUEUE", password: "KICKLINE_QUEUE_PASSWORD" } as const;

/**
 * Opens the queue at an address: `redis://` or `rediss://` (TLS).
 *
 * @param name of the queue, for several on one server.
 * @throws KicklineError `queue-away` when it does not answer; OptionsError for another kind of address.
 */
export async function openQueue(
  url: string,
  name: string,
  setup: Partial<QueueSetup> = {},
  onAway?: (isAway: boolean) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<JobQueue> {
  if (!/^rediss?:\/\/./.test(url)) {
    throw new OptionsError(
      "options-invalid",
      "--queue: this is no address of a Redis or Valkey server",
      "Write it as redis://host:6379 or, with TLS, rediss://host:6380.",
    );
  }
  // Loaded here only: who has no queue needs none of it.
  const { openBullmqQueue } = await import("../queue/queues/bullmq.ts");
  const password = environment[QUEUE_ENVIRONMENT.password];
  return openBullmqQueue({ url, name, password, ...(onAway ? { onAway } : {}) }, setup);
}
