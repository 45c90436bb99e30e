import { readFileSync } from "node:fs";
import { analyzeRecording } from "../../src/analyze.ts";
import type { JournalKeeper } from "../../src/night/journal.ts";
import { type TruthEvent, truthEvents } from "../truth.ts";

/** An event as the analysis reported it, in the container's time. */
export interface SeenEvent {
  readonly kind: string;
  readonly onset: number;
  readonly duration: number;
  readonly frequencyHz: number | null;
}

/** What was true in a clip and what was seen in it. */
export interface ClipOutcome {
  readonly name: string;
  readonly frameRate: number;
  readonly duration: number;
  readonly plainView: boolean;
  readonly truth: readonly (TruthEvent & { readonly amplitudePx: number })[];
  readonly seen: readonly SeenEvent[];
}

interface TruthFile {
  readonly name: string;
  readonly frameRate: number;
  readonly duration: number;
  readonly events: TruthEvent[];
  readonly joints: readonly (readonly number[])[];
}

/**
 * Analyses a clip with the default options and sets its truth beside it.
 *
 * @param journal keeps what was measured, so that only the late stages run again.
 */
export async function observeClip(
  video: string,
  truthPath: string,
  plainView = true,
  journal?: JournalKeeper,
): Promise<ClipOutcome> {
  const file = JSON.parse(readFileSync(truthPath, "utf8")) as TruthFile;
  const { report, recording } = await analyzeRecording([video], journal ? { journal } : {});
  // Truth counts time as the container does; the analysis starts at the first frame.
  const shift = recording.files[0]!.firstTimestamp;
  const truth = truthEvents(file.events).map((event) => ({
    ...event,
    // A true motion above what the frame rate shows: nothing but "indeterminate" is right.
    kind: event.kind === "not-resolvable" ? "indeterminate" : event.kind,
    amplitudePx: amplitudeOf(file.joints, event),
  }));
  const seen = report.events.map(({ kind, onset, duration, frequencyHz }) => ({
    ...{ kind, duration, frequencyHz },
    onset: onset + shift,
  }));
  return { name: file.name, frameRate: file.frameRate, duration: file.duration, plainView, truth, seen };
}

/** Half of the widest way any joint goes along a picture axis while the event lasts, px. */
function amplitudeOf(joints: readonly (readonly number[])[], event: TruthEvent): number {
  const rows = joints.filter(([t]) => t! >= event.onset && t! <= event.onset + event.duration);
  let widest = 0;
  for (let column = 1; column < (rows[0]?.length ?? 0); column++) {
    const values = rows.map((row) => row[column]!);
    widest = Math.max(widest, (Math.max(...values) - Math.min(...values)) / 2);
  }
  return widest;
}
