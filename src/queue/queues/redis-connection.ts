import { Redis } from "ioredis";
import { KicklineError } from "../../errors.ts";

/** Where the queue is, and which of those that share one server. */
export interface RedisPlace {
  /** redis://[user:password@]host[:port][/number], or rediss:// for TLS. */
  readonly url: string;
  /** Name of the queue among others on the server. */
  readonly name?: string;
  /** In place of one in the address, which other users of a machine could read. */
  readonly password?: string | undefined;
  /** Told when the server goes away in the middle (everything then waits for it), and when it is back. */
  readonly onAway?: (isAway: boolean) => void;
}

/**
 * Connects to a server, and waits for its first answer.
 *
 * @throws KicklineError `queue-away` when there is none within ten seconds, or it refuses.
 */
export async function connectRedis({ url, password, onAway }: RedisPlace): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5000,
    maxRetriesPerRequest: null,
    enableReadyCheck: true,
    retryStrategy: (times) => Math.min(times * 200, 2000),
    ...(password === undefined ? {} : { password }),
  });
  let last: Error | undefined;
  redis.on("error", (error: Error) => {
    last = error;
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(last ?? new Error("it does not answer")), 10_000);
    });
    await Promise.race([redis.connect().then(() => redis.ping()), late]);
    let isAway = false;
    const tell = (now: boolean) => {
      if (now !== isAway) onAway?.(now);
      isAway = now;
    };
    redis.on("reconnecting", () => tell(true));
    redis.on("ready", () => tell(false));
    return redis;
  } catch (cause) {
    redis.disconnect();
    const why = (last ?? (cause as Error)).message;
    throw new KicklineError(
      "queue-away",
      `the queue at ${withoutSecrets(url)} cannot be reached: ${why}`,
      "Check that the Redis server runs, and its address, password and (rediss://) certificate.",
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** An address as it may be shown: a password may hold slashes and further @, if written so against the rules. */
export function withoutSecrets(url: string): string {
  return url.replace(/\/\/.*@/s, "//");
}
