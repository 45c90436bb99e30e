import type { Progress } from "../analyze.ts";
import { workInLanes } from "../night/lanes.ts";
import { isBundled } from "../pose/find-model.ts";
import { identifyModel } from "../pose/list-models.ts";
import type { ModelIdentity } from "../pose/pose-estimator.ts";
import { nightPlace } from "../store/study-folder.ts";
import { openStorage } from "../store/study-storage.ts";
import { removeOrphanedWork } from "../store/work-folder.ts";
import { VERSION } from "../version.ts";
import { describeContent, UNKNOWN_CONTENT } from "./describe-content.ts";
import type { LedgerEntry, NightState } from "./ledger.ts";
import { NightWorker } from "./night-pool.ts";
import type { StudyInput } from "./study-input.ts";
import type { StudyOptions } from "./study-options.ts";
import {
  digestOptions,
  READERS,
  readEntry,
  readNightOf,
  unlessAway,
  writeStudyOptions,
} from "./study-store.ts";

/** What happens to a night while a study runs. */
export type NightNews =
  | { readonly kind: "kept"; readonly entry: LedgerEntry }
  | { readonly kind: "started"; readonly input: StudyInput }
  | { readonly kind: "progress"; readonly input: StudyInput; readonly progress: Progress }
  | { readonly kind: "ended"; readonly entry: LedgerEntry; readonly seconds: number };

/** How to call {@link runStudy}. */
export interface StudyCall {
  readonly options: StudyOptions;
  /** Nights analysed side by side, each in a process of its own. */
  readonly jobs: number;
  /** Cores that all of them share. */
  readonly cores: number;
  /** False: what an earlier run finished is done again. */
  readonly resume: boolean;
  readonly signal: AbortSignal;
  /** Told of each night as it is kept, begins, goes on and ends. */
  readonly onNews?: (news: NightNews) => void;
}

/** States that a run which resumes does not do again. */
const KEPT: readonly NightState[] = ["done", "partial"];

/**
 * Analyses every night of a list into a study's folder. Each night ends as one entry; a bad one neither stops
 * nor shortens the others. What an earlier run finished with the same options, version and files is kept.
 *
 * @returns entries in the order of the inputs.
 * @throws OutputError when the folder cannot be written to; the signal's reason when aborted.
 */
export async function runStudy(
  inputs: readonly StudyInput[],
  out: string,
  call: StudyCall,
): Promise<LedgerEntry[]> {
  const { options, signal, onNews } = call;
  const { entries, todo } = await beginStudy(inputs, out, call);
  const lanes = Math.max(1, Math.min(call.jobs, todo.length));
  const parallel = Math.max(1, Math.floor(call.cores / lanes));
  const idle: NightWorker[] = Array.from({ length: lanes }, () => new NightWorker());
  const all = [...idle];
  try {
    await workInLanes(todo.length, lanes, signal, async (n, ownSignal) => {
      const i = todo[n]!;
      const input = inputs[i]!;
      const worker = idle.pop()!;
      const started = performance.now();
      onNews?.({ kind: "started", input });
      try {
        entries[i] = await worker.run({ input, out, options, parallel }, ownSignal, (progress) =>
          onNews?.({ kind: "progress", input, progress }),
        );
      } finally {
        idle.push(worker);
      }
      onNews?.({ kind: "ended", entry: entries[i], seconds: (performance.now() - started) / 1000 });
    });
  } finally {
    await Promise.all(all.map((worker) => worker.close()));
  }
  return entries.map((entry) => entry!);
}

/** What is done already of a study's nights, and the numbers of those that are not. */
export interface BegunStudy {
  readonly entries: (LedgerEntry | undefined)[];
  readonly todo: number[];
}

/** Writes a study's options and looks at what an earlier run finished. @throws as {@link runStudy} does. */
export async function beginStudy(
  inputs: readonly StudyInput[],
  out: string,
  call: Pick<StudyCall, "options" | "resume" | "signal" | "onNews">,
): Promise<BegunStudy> {
  const { options, signal, onNews } = call;
  const { model } = options.analysis.pose;
  // Before any night: a name that is none would fail each of them.
  const identity = await identifyModel(model);
  await writeStudyOptions(out, options);
  await removeOrphanedWork(out);
  const entries = new Array<LedgerEntry | undefined>(inputs.length).fill(undefined);
  await workInLanes(call.resume ? inputs.length : 0, READERS, signal, async (i) => {
    entries[i] = await findKept(out, inputs[i]!, options, isBundled(model) ? undefined : identity);
  });
  for (const entry of entries) if (entry) onNews?.({ kind: "kept", entry });
  const todo = [...entries.keys()].filter((i) => !entries[i]);
  return { entries, todo };
}

/**
 * What an earlier run made of the same night, options and version.
 *
 * @param added the added model that the options name: another may have been added under the same name since.
 */
async function findKept(
  out: string,
  input: StudyInput,
  options: StudyOptions,
  added?: ModelIdentity,
): Promise<LedgerEntry | undefined> {
  const entry = await readEntry(out, input).catch(unlessAway);
  if (!entry || !KEPT.includes(entry.state) || input.skip !== undefined) return undefined;
  const isSame =
    entry.kickline === VERSION &&
    entry.options === digestOptions(options) &&
    JSON.stringify(entry.paths) === JSON.stringify(input.paths) &&
    entry.ageWeeks === (input.ageWeeks ?? null) &&
    entry.startedAt === (input.startedAt ?? null) &&
    entry.timeZone === (input.timeZone ?? null);
  if (!isSame) return undefined;
  const { bytes, content } = (await describeContent(input.paths).catch(unlessAway)) ?? UNKNOWN_CONTENT;
  if (entry.bytes !== bytes || entry.content !== content) return undefined;
  // Whoever took its results away, or was told to, wants them again.
  const { report: place } = nightPlace(input.subject, input.night, options.task);
  if (!(await (await openStorage(out)).has(place))) return undefined;
  if (!added) return entry;
  const report = await readNightOf(out, input, options.task).catch(unlessAway);
  const models = report?.provenance.models ?? [];
  // A night in which nothing moved needed no model.
  return models.every(({ version, sha256 }) => version === added.version && sha256 === added.sha256)
    ? entry
    : undefined;
}
