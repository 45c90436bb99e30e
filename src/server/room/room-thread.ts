import { parentPort, workerData } from "node:worker_threads";
import { openJournal, type RecalledNight, recallNight } from "../../index.ts";
import type { RoomAnswer, RoomMethod, RoomQuestion, RoomSetup } from "./room.ts";

/** A thread of its own for one night: what was measured fills memory, and reading it takes a moment. */
const port = parentPort;
if (port) {
  const { files, call, milestones } = workerData as RoomSetup;
  const night = recallNight(files, { ...call, journal: openJournal(milestones) });
  let isShut = false;
  // Whoever asks is told; without a question nobody need know.
  night.catch(() => {
    isShut = true;
  });
  port.on("message", (question: RoomQuestion) => {
    void night
      .then((open) => answer(open, question.method, question.args))
      .then(
        (value) => ({ id: question.id, value }),
        (error: unknown) => ({ id: question.id, isShut, error: wordsOf(error) }),
      )
      .then((message: RoomAnswer) => port.postMessage(message));
  });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function answer(night: RecalledNight, method: RoomMethod, args: readonly unknown[]): Promise<unknown> {
  if (method === "writeClip") {
    await night.writeClip(...(args as Parameters<RecalledNight["writeClip"]>));
    return null;
  }
  const call = night[method] as (...args: readonly unknown[]) => unknown;
  return call(...args);
}
