import { KicklineError, OptionsError } from "../errors.ts";
import { EVENT_KINDS, type EventKind } from "../events/movement-event.ts";
import { workInLanes } from "../night/lanes.ts";
import type { NightReport } from "../report/night-report.ts";
import type { LedgerEntry } from "./ledger.ts";
import { NightWorker } from "./night-pool.ts";
import type { NightNews } from "./run-study.ts";
import type { StudyInput } from "./study-input.ts";
import type { StudyOptions } from "./study-options.ts";
import {
  digestOptions,
  readLedger,
  readNightOf,
  readStudyOptions,
  unlessAway,
  writeEntry,
  writeStudyOptions,
} from "./study-store.ts";

/** The stages that run again without video, and which options may then differ. */
export const REDO_STAGES = {
  events: ["events", "epochs", "sound"],
  epochs: ["epochs"],
  report: [],
} as const;
/** The stage from which on a study is done again. */
export type RedoStage = keyof typeof REDO_STAGES;

/** Counts of one kind in one night, under the options before and after. */
export interface CountChange {
  readonly subject: string;
  readonly night: string;
  readonly kind: EventKind;
  readonly before: number;
  readonly after: number;
}

/** How to call {@link redoStudy}. */
export interface RedoCall {
  readonly from: RedoStage;
  readonly options: StudyOptions;
  /** Where the new results go; the study's own folder to replace the old ones. */
  readonly out: string;
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Told of each night as it begins and ends. */
  readonly onNews?: (news: NightNews) => void;
}

/** The nights as judged anew, and which counts are others now. */
export interface Redone {
  readonly entries: readonly LedgerEntry[];
  /** Kinds whose count is another now, by night; nights and kinds that stayed are left out. */
  readonly changes: readonly CountChange[];
}

/**
 * Runs the late stages of every night of a study again from what was measured, with other options and without
 * the video. Nights that had failed or were skipped stay so. Pictures of events that are still there, at the same
 * time, are those of the earlier report; new ones and clips would need the video.
 *
 * @throws KicklineError `study-invalid` for a folder that is no study; OptionsError when options of stages
 * before `from` differ, for those need the video.
 */
export async function redoStudy(study: string, call: RedoCall): Promise<Redone> {
  const before = await readStudyOptions(study);
  if (!before) {
    throw new KicklineError(
      "study-invalid",
      `${study} holds no study`,
      "Give the folder that `kickline batch --out` wrote.",
    );
  }
  checkOptions(before, call);
  const old = await readLedger(study);
  if (call.out !== study) await writeStudyOptions(call.out, call.options);
  const changes: CountChange[][] = old.map(() => []);
  const entries = [...old];
  const idle = Array.from({ length: Math.max(1, call.jobs) }, () => new NightWorker());
  const all = [...idle];
  try {
    await workInLanes(old.length, idle.length, call.signal, async (i, signal) => {
      const entry = old[i]!;
      if (!isWhole(entry)) {
        // The new study tells of it as well: its ledger must not be shorter than what was given.
        entries[i] = { ...entry, options: digestOptions(call.options) };
        await writeEntry(call.out, entries[i]!);
        return;
      }
      // One that is spoilt is made anew, and only its counts before are not known.
      const reportBefore = await readNightOf(study, entry, before.task).catch(unlessAway);
      const input = toInput(entry);
      const stored = { study, task: before.task };
      const started = performance.now();
      call.onNews?.({ kind: "started", input });
      const worker = idle.pop()!;
      try {
        const task = { input, out: call.out, options: call.options, parallel: 1, stored };
        entries[i] = await worker.run(task, signal, (progress) =>
          call.onNews?.({ kind: "progress", input, progress }),
        );
      } finally {
        idle.push(worker);
      }
      call.onNews?.({ kind: "ended", entry: entries[i], seconds: (performance.now() - started) / 1000 });
      // A night that failed now may lie there from an earlier call.
      if (!reportBefore || !isWhole(entries[i]!)) return;
      const reportAfter = await readNightOf(call.out, entry, call.options.task);
      changes[i] = reportAfter ? compareCounts(entry, reportBefore, reportAfter) : [];
    });
  } finally {
    await Promise.all(all.map((worker) => worker.close()));
  }
  if (call.out === study) await writeStudyOptions(study, call.options);
  return { entries, changes: changes.flat() };
}

function isWhole({ state }: LedgerEntry): boolean {
  return state === "done" || state === "partial";
}

/** Which counts differ between two reports of the same night. */
export function compareCounts(
  { subject, night }: Pick<LedgerEntry, "subject" | "night">,
  before: NightReport,
  after: NightReport,
): CountChange[] {
  const count = (report: NightReport, kind: EventKind) =>
    report.events.filter((event) => event.kind === kind).length;
  return EVENT_KINDS.map((kind) => ({
    ...{ subject, night, kind },
    ...{ before: count(before, kind), after: count(after, kind) },
  })).filter((change) => change.before !== change.after);
}

function checkOptions(before: StudyOptions, { from, options }: RedoCall): void {
  const allowed: readonly string[] = REDO_STAGES[from];
  const parts = Object.keys(options.analysis) as (keyof StudyOptions["analysis"])[];
  const differing = parts.filter(
    (part) =>
      !allowed.includes(part) &&
      JSON.stringify(options.analysis[part]) !== JSON.stringify(before.analysis[part]),
  );
  if (differing.length === 0) return;
  throw new OptionsError(
    "options-invalid",
    `options of ${differing.join(", ")} differ from the study's own, and come before --from ${from}`,
    "Run the late stages with the study's own early options, or give the batch command again.",
  );
}

function toInput(entry: LedgerEntry): StudyInput {
  return {
    ...{ subject: entry.subject, night: entry.night, paths: entry.paths },
    ageWeeks: entry.ageWeeks ?? undefined,
    startedAt: entry.startedAt ?? undefined,
    timeZone: entry.timeZone ?? undefined,
  };
}
