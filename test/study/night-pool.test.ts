import { join } from "node:path";
import { expect, it } from "vitest";
import { parseStudyOptions } from "../../src/index.ts";
import { NightWorker } from "../../src/study/night-pool.ts";
import { processesNaming, waitForProcesses } from "../support/child-processes.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

it("is not a night's failure that its program was ended while it was idle", async () => {
  const out = makeTestFolder();
  // A limit of its own, by which its program is known among others.
  const options = parseStudyOptions({ mostMemory: 1237 });
  const input = { subject: "01", night: "01", paths: [join(out, "none.mp4")] };
  const worker = new NightWorker();
  const run = () => worker.run({ input, out, options, parallel: 1 }, new AbortController().signal, () => {});
  try {
    expect((await run()).code).toBe("recording-missing");
    for (const id of processesNaming("--max-old-space-size=1237")) process.kill(id, "SIGKILL");
    await waitForProcesses("--max-old-space-size=1237", 0);
    // The news of its end comes a moment later.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await run()).code).toBe("recording-missing");
  } finally {
    await worker.close();
  }
}, 60_000);
