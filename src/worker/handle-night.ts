import { OutputError } from "../errors.ts";
import { type NightPart, type NightPlan, nameOfPart } from "../night/split-night.ts";
import type { Job, JsonValue } from "../queue/job.ts";
import type { JobQueue } from "../queue/job-queue.ts";
import { FinalFailure, type JobContext, type JobHandler, NotHere, Split } from "../queue/work-queue.ts";
import type { NightTask } from "../study/analyze-input.ts";
import type { LedgerEntry } from "../study/ledger.ts";
import { NightFailure, type NightWorker, ProgramEnded, writeFailure } from "../study/night-pool.ts";
import type { StudyOptions } from "../study/study-options.ts";
import { digestOptions, readStudyOptions } from "../study/study-store.ts";
import { VERSION } from "../version.ts";
import {
  NIGHT_JOB,
  type NightJobData,
  PART_JOB,
  type PartJobData,
  partJob,
  partJobId,
} from "./night-jobs.ts";

export interface NightHandling {
  readonly queue: JobQueue;
  /** The process that does the work: what kills it is an attempt of the job, not the end of this program. */
  readonly worker: NightWorker;
  /** Cores for one job. */
  readonly parallel: number;
}

/** Failures of a night's program: another attempt may help, as with memory that something else took. */
const PROGRAM_CODES = ["program-ended", "too-long"];

/** The storage's, not the job's: it would fail all jobs alike, one after the other. */
const STORAGE_CODES = ["storage-away", "storage-denied"];

/** Does a study's jobs: nights and parts of nights. */
export function handleNights(handling: NightHandling): JobHandler {
  const handle = handleJob(handling);
  return async (job, context) => {
    try {
      return await handle(job, context);
    } catch (error) {
      if (!(error instanceof OutputError && STORAGE_CODES.includes(error.code))) throw error;
      throw new NotHere(error.message, { cause: error });
    }
  };
}

function handleJob(handling: NightHandling): JobHandler {
  return async (job, context) => {
    const data = job.data as unknown as PartJobData;
    if (job.kind !== NIGHT_JOB && job.kind !== PART_JOB) {
      throw new FinalFailure(`nothing is known of jobs of kind "${job.kind}"`);
    }
    if (data.kickline !== VERSION) {
      throw new Error(`queued by Kickline ${data.kickline}, and this worker is ${VERSION}`);
    }
    const options = await readOptions(data);
    const task: NightTask = {
      ...{ input: data.input, out: data.out, options, base: data.base, parallel: handling.parallel },
    };
    if (job.kind === NIGHT_JOB) return await handleNight(handling, job, task, context);
    await measure(handling, data, task, context);
    return null;
  };
}

async function measure(
  { worker }: NightHandling,
  { part }: PartJobData,
  task: NightTask,
  { signal, progress }: JobContext,
): Promise<void> {
  try {
    await worker.measure(task, part, signal, (told) => progress({ ...told }));
  } catch (error) {
    if (error instanceof ProgramEnded && error.code === "too-long") throw new FinalFailure(error.message);
    throw error;
  }
}

async function handleNight(
  { queue, worker }: NightHandling,
  job: Job,
  task: NightTask,
  { signal, progress }: JobContext,
): Promise<JsonValue | Split> {
  const data = job.data as unknown as NightJobData;
  const plan = task.input.skip === undefined ? await planOf(worker, task, data, signal) : undefined;
  const open = await findOpenParts(queue, job.id, plan, task);
  if (plan && open.length > 0) {
    const stage = open.some(({ kind }) => kind === "survey") ? "survey" : "movement";
    progress({ stage, done: plan.parts.length - open.length, total: plan.parts.length });
  }
  if (open.length > 0) return new Split(open.map((part) => partJob({ id: job.id, data }, part)));
  const entry = await worker.run(task, signal, (told) => progress({ ...told }));
  // Its failure is written down already, and stays so unless another attempt succeeds.
  if (PROGRAM_CODES.includes(entry.code ?? "")) throw new Error(entry.why ?? "the program ended");
  // Parts were kept to know them when the night is given out twice. Now it is there.
  for (const part of plan?.parts ?? []) await queue.remove(partJobId(job.id, part));
  return asJson(entry);
}

/** What can be split; nothing of a night that cannot be opened: as a whole, it becomes an entry that says why. */
async function planOf(
  worker: NightWorker,
  task: NightTask,
  { sizes }: NightJobData,
  signal: AbortSignal,
): Promise<NightPlan | undefined> {
  try {
    return await worker.plan(task, sizes, signal);
  } catch (error) {
    if (error instanceof NightFailure) return undefined;
    throw error;
  }
}

/**
 * The parts that are still to be waited for. One that is done and yet missing (its piece was spoilt or removed)
 * is left for the whole, so that nothing is waited for twice.
 *
 * @throws FinalFailure, with an entry that says the same, when a part has failed for good.
 */
async function findOpenParts(
  queue: JobQueue,
  nightId: string,
  plan: NightPlan | undefined,
  task: NightTask,
): Promise<NightPart[]> {
  const open: NightPart[] = [];
  for (const part of plan?.missing ?? []) {
    const known = await queue.get(partJobId(nightId, part));
    if (known?.state === "dead" || known?.state === "cancelled") {
      const why = `a part of the night (${nameOfPart(part)}) ${known.state === "dead" ? `failed: ${known.reason}` : "was cancelled"}`;
      await writeFailure(task, { code: "part-failed", why });
      throw new FinalFailure(why);
    }
    if (known?.state !== "done") open.push(part);
  }
  return open;
}

async function readOptions({ out, options }: NightJobData): Promise<StudyOptions> {
  const read = await readStudyOptions(out);
  if (!read) throw new Error(`${out} holds no study, or is not to be seen from here`);
  if (digestOptions(read) !== options) throw new FinalFailure(`${out} is a study with other options by now`);
  return read;
}

function asJson(entry: LedgerEntry): JsonValue {
  return JSON.parse(JSON.stringify(entry)) as JsonValue;
}
