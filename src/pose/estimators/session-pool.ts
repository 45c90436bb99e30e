import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { ModelError } from "../model-error.ts";
import type { ModelInput, ModelOutputs, ModelSession, SessionRequest } from "./model-session.ts";
import type { WorkerOrder, WorkerReport } from "./session-messages.ts";

interface Job {
  readonly crop: ModelInput;
  readonly resolve: (outputs: ModelOutputs) => void;
  readonly reject: (error: unknown) => void;
}

interface Member {
  readonly worker: Worker;
  readonly exited: Promise<void>;
  job: Job | undefined;
}

/** Cores this process may use: one thread each is the fastest. */
export function countCores(): number {
  return availableParallelism();
}

/**
 * Opens `workers` threads with a session each and shares the work among them, first come first served. `close` lets
 * running inferences end, rejects those that wait, and settles when every thread has ended.
 *
 * Throws the `ModelError` of the first thread that could not open its session.
 */
export async function openSessionPool(request: SessionRequest, workers: number): Promise<ModelSession> {
  const idle: Member[] = [];
  const waiting: Job[] = [];
  let closed = false;

  const assign = (): void => {
    while (idle.length > 0 && waiting.length > 0) {
      const member = idle.pop()!;
      const job = waiting.shift()!;
      member.job = job;
      // Only a crop that owns its memory can be moved; others are copied.
      const movable =
        job.crop.byteLength === job.crop.buffer.byteLength && job.crop.buffer instanceof ArrayBuffer;
      member.worker.postMessage(
        { kind: "run", crop: job.crop } satisfies WorkerOrder,
        movable ? [job.crop.buffer as ArrayBuffer] : [],
      );
    }
  };
  const finish = (member: Member, settle: (job: Job) => void): void => {
    const job = member.job;
    member.job = undefined;
    if (closed) member.worker.postMessage({ kind: "close" } satisfies WorkerOrder);
    else idle.push(member);
    if (job !== undefined) settle(job);
    if (!closed) assign();
  };
  const serve = (member: Member): void => {
    member.worker.on("message", (message: WorkerReport) => {
      if (message.kind === "outputs") finish(member, (job) => job.resolve(message.outputs));
      if (message.kind === "failed")
        finish(member, (job) => job.reject(new ModelError(message.code, message.message)));
    });
    void member.exited.then(() => {
      const place = idle.indexOf(member);
      if (place >= 0) idle.splice(place, 1);
      members.splice(members.indexOf(member), 1);
      const gone = new ModelError("runtime-failed", "A thread of the pose estimator ended unexpectedly.");
      member.job?.reject(gone);
      member.job = undefined;
      if (members.length === 0) for (const job of waiting.splice(0)) job.reject(gone);
    });
  };

  const started = await Promise.allSettled(Array.from({ length: workers }, () => startMember(request)));
  const members = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failure = started.find((result) => result.status === "rejected");
  if (failure !== undefined) {
    for (const { worker } of members) worker.postMessage({ kind: "close" } satisfies WorkerOrder);
    await Promise.all(members.map(({ exited }) => exited));
    throw failure.reason;
  }
  for (const member of members) serve(member);
  idle.push(...members);

  return {
    run(crop) {
      if (closed || members.length === 0)
        return Promise.reject(new ModelError("runtime-failed", "The pose estimator is closed."));
      return new Promise((resolve, reject) => {
        waiting.push({ crop, resolve, reject });
        assign();
      });
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0))
        job.reject(new ModelError("runtime-failed", "The pose estimator was closed."));
      for (const { worker } of idle.splice(0)) worker.postMessage({ kind: "close" } satisfies WorkerOrder);
      await Promise.all(members.map(({ exited }) => exited));
    },
  };
}

/** Starts a thread and waits until its session is open. */
async function startMember(request: SessionRequest): Promise<Member> {
  const worker = startWorker(request);
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    worker.once("message", (message: WorkerReport) => {
      if (message.kind === "failed") reject(new ModelError(message.code, message.message));
      else resolve();
    });
    // Stays for the thread's life: an "error" nobody listens to would end the whole process; "exit" follows it.
    worker.on("error", (cause) =>
      reject(new ModelError("runtime-failed", "A thread of the pose estimator failed.", { cause })),
    );
    void exited.then(() =>
      reject(new ModelError("runtime-failed", "A thread of the pose estimator ended at its start.")),
    );
  });
  return { worker, exited, job: undefined };
}

/** The compiled entry beside this file, or the TypeScript one with a loader when run from source. */
function startWorker(request: SessionRequest): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./session-worker.js", import.meta.url), { workerData: request });
  }
  // A loader given on the command line does not reach threads on Node 20, so the thread registers it first.
  const loader = pathToFileURL(
    createRequire(import.meta.url)
      .resolve("tsx/esm/api")
      .replace(/cjs$/, "mjs"),
  ).href;
  const entry = new URL("./session-worker.ts", import.meta.url).href;
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => (register(), import(${JSON.stringify(entry)})));`;
  return new Worker(code, { eval: true, workerData: request, execArgv: [] });
}
