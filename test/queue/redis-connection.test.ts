import { expect, it } from "vitest";
import { withoutSecrets } from "../../src/queue/queues/redis-connection.ts";

it.each(["word", "a/b", "a@b", "@/", "a%40b", "a//b"])("shows no password: %s", (word) => {
  expect(withoutSecrets(`redis://user:${word}@host:6379/1`)).toBe("redis://host:6379/1");
  expect(withoutSecrets(`rediss://:${word}@host`)).toBe("rediss://host");
});
