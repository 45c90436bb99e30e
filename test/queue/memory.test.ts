import { createMemoryQueue } from "../../src/queue/queues/memory.ts";
import { describeJobQueue } from "./job-queues.ts";

describeJobQueue("memory", async () => {
  // One process: every handle is the same queue. The first opener's setup holds for all.
  let queue: ReturnType<typeof createMemoryQueue> | undefined;
  return {
    open: async (setup) => {
      queue ??= createMemoryQueue(setup);
      return queue;
    },
    remove: async () => queue?.close(),
  };
});
