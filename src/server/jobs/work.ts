import { mkdir, rename } from "node:fs/promises";
import { findFfmpeg, isPlayable, readNight, writePlayable } from "../../index.ts";
import type { Job, JsonValue } from "../../queue/job.ts";
import type { JobQueue } from "../../queue/job-queue.ts";
import { FinalFailure, type JobContext, workQueue } from "../../queue/work-queue.ts";
import type { DataFolder } from "../nights/night-folder.ts";
import { type NightRow, type NightStore, summarizeNight } from "../nights/night-store.ts";
import type { ServerSettings } from "../settings.ts";
import { analyzeWords } from "./analyze-words.ts";
import { runAnalysis } from "./run-analysis.ts";

/** Attempts of an analysis: it may be interrupted by every closing of the laptop. */
export const ANALYSIS_ATTEMPTS = 25;
/** Well below the lease, so that a busy moment loses no job; short, so that a restart soon goes on. */
export const LEASE_MS = 10_000;
const HEARTBEAT_MS = 2_000;

export function analysisJobId(night: string): string {
  return `analyze:${night}`;
}

interface WorkPlace {
  readonly queue: JobQueue;
  readonly nights: NightStore;
  readonly data: DataFolder;
  readonly settings: ServerSettings;
  /** Told whenever something about a night has changed. */
  readonly onChange: (night: string) => void;
}

/** Works on the server's queue, one night at a time: an analysis takes all cores by itself. */
export function workOnNights(place: WorkPlace, signal: AbortSignal): Promise<void> {
  return workQueue(
    place.queue,
    async (job, context) => {
      const night = await place.nights.get(String((job.data as { night?: JsonValue }).night));
      if (!night) throw new FinalFailure("the night was removed");
      try {
        if (job.kind === "analyze") await analyze(place, night, context);
        else if (job.kind === "playable") await makePlayable(place, night, job, context);
        else throw new FinalFailure(`nothing is known of jobs of kind ${job.kind}`);
      } finally {
        place.onChange(night.id);
      }
      return null;
    },
    { signal, pollMs: 300, progressMs: 300, heartbeatMs: HEARTBEAT_MS },
  );
}

async function analyze(place: WorkPlace, night: NightRow, context: JobContext): Promise<void> {
  const { queue, data, settings, onChange } = place;
  await mkdir(data.night(night.id).path, { recursive: true });
  await runAnalysis({
    cli: settings.cli,
    words: await analyzeWords(data, night),
    signal: context.signal,
    onProgress: (progress) => {
      context.progress({ ...progress });
      onChange(night.id);
    },
  });
  const { report } = await readNight(data.night(night.id).result);
  await place.nights.setBrief(night.id, summarizeNight(report));
  for (const [i, file] of report.recording.files.entries()) {
    if (isPlayable(file)) continue;
    const job = { kind: "playable", data: { night: night.id, file: i } };
    await queue.add({ id: `playable:${night.id}:${i}`, ...job });
  }
}

/** Of a recording that browsers cannot play, a copy that they can. Beside its place first: whole or not at all. */
async function makePlayable(
  { data }: WorkPlace,
  night: NightRow,
  job: Job,
  { signal }: JobContext,
): Promise<void> {
  const index = Number((job.data as { file?: JsonValue }).file);
  const { report } = await readNight(data.night(night.id).result);
  const name = report.recording.files[index]?.name;
  const path = night.files.find((file) => name !== undefined && file.endsWith(name));
  if (path === undefined) throw new FinalFailure("the recording's file is not there");
  const place = data.night(night.id).playable(index);
  await writePlayable(await findFfmpeg(), { path }, `${place}.part.mp4`, signal);
  await rename(`${place}.part.mp4`, place);
}
