/** Entry of a worker thread: opens one session and runs what it is sent, one crop after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { ModelError } from "../model-error.ts";
import { openSession, type SessionRequest } from "./model-session.ts";
import type { WorkerOrder, WorkerReport } from "./session-messages.ts";

const port = parentPort;
if (port === null) throw new Error("session-worker runs only as a worker thread");

function report(message: WorkerReport, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

function reportFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  report({ kind: "failed", code: error instanceof ModelError ? error.code : "runtime-failed", message });
}

try {
  const session = await openSession(workerData as SessionRequest);
  const answer = async (order: WorkerOrder) => {
    try {
      if (order.kind === "close") {
        await session.close();
        port.close();
        return;
      }
      const outputs = await session.run(order.crop);
      // Copies, because a runtime may not own the memory of its answer in a way that can be given away.
      const copies = Object.fromEntries(
        Object.entries(outputs).map(([name, values]) => [name, values.slice()]),
      );
      report(
        { kind: "outputs", outputs: copies },
        Object.values(copies).map((values) => values.buffer),
      );
    } catch (error) {
      reportFailure(error);
    }
  };
  port.on("message", (order: WorkerOrder) => void answer(order));
  report({ kind: "ready" });
} catch (error) {
  reportFailure(error);
  port.close();
}
