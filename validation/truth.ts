import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** An event as the renderer's truth files write it. */
export interface TruthEvent {
  readonly kind: string;
  readonly onset: number;
  readonly duration: number;
  readonly side: string;
  readonly detail?: string;
  readonly hz?: number;
  readonly strokes?: readonly unknown[];
}

export interface TruthClip {
  readonly name: string;
  readonly video: string;
  readonly duration: number;
  readonly events: readonly TruthEvent[];
}

const CLUSTER_INTERVAL = 10;
const CLUSTER_COUNT = 3;

/** Runs of jerks follow from the true jerks by definition: three or more, each within 10 s of the last. */
function jerkClusters(events: readonly TruthEvent[]): TruthEvent[] {
  const runs: TruthEvent[][] = [];
  for (const jerk of events.filter(({ kind }) => kind === "jerk")) {
    const last = runs.at(-1)?.at(-1);
    if (last && jerk.onset - last.onset <= CLUSTER_INTERVAL) runs.at(-1)!.push(jerk);
    else runs.push([jerk]);
  }
  return runs
    .filter((run) => run.length >= CLUSTER_COUNT)
    .map((run) => {
      const end = run.at(-1)!.onset + run.at(-1)!.duration;
      return { kind: "jerk-cluster", onset: run[0]!.onset, duration: end - run[0]!.onset, side: "B" };
    });
}

/** The true events, with those that follow from them by definition. */
export function truthEvents(events: readonly TruthEvent[]): TruthEvent[] {
  return [...events, ...jerkClusters(events)];
}

/** All clips with truth in a folder and the folders below it. */
export function findTruthClips(folder: string): TruthClip[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".truth.json"))
    .filter((path) => existsSync(join(folder, path.replace(/\.truth\.json$/, ".mp4"))))
    .sort()
    .map((path) => {
      const truth = JSON.parse(readFileSync(join(folder, path), "utf8")) as {
        duration: number;
        events: TruthEvent[];
      };
      return {
        name: basename(path, ".truth.json"),
        video: join(folder, path.replace(/\.truth\.json$/, ".mp4")),
        duration: truth.duration,
        events: truthEvents(truth.events),
      };
    });
}
