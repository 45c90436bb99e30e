import { KicklineError } from "../errors.ts";
import { writeBareSkeleton } from "../media/skeleton-clip.ts";
import { KEYPOINT_NAMES } from "../pose/keypoint.ts";
import { formatEventsSidecar } from "../report/formats/events-sidecar.ts";
import { formatEventsTsv } from "../report/formats/events-tsv.ts";
import { nightReportSchema } from "../report/night-report.ts";
import { stripReport } from "../report/strip-report.ts";
import { checkHoldsOnly } from "../store/check-holds-only.ts";
import { openJournal } from "../store/journal.ts";
import { NIGHT_FILES } from "../store/night-folder.ts";
import { type OutFolder, openOutFolder } from "../store/out-folder.ts";
import { readNight } from "../store/write-night.ts";
import { recallStored, type SeenPoses, type StoredNight } from "./recall-night.ts";
import { skeletonOf } from "./skeleton-lines.ts";

/** How to call {@link shareNight}. */
export interface ShareOptions {
  /** Most clips of skeletons. Default 20. */
  readonly clips?: number;
  readonly signal?: AbortSignal;
}

/** The face is gone: keypoints of the body only. */
const BODY = KEYPOINT_NAMES.filter((name) => !/nose|Eye|Ear/.test(name));
/** Longer events are shown by their first part, seconds. */
const LONGEST_CLIP = 30;
/** Rows of the table of signals at most: those of a restless night at every frame fill a disk. */
const MOST_ROWS = 2_000_000;
/** What is written, beside the clips. */
const FILES = [
  ...["README", NIGHT_FILES.events, NIGHT_FILES.sidecar, "signals.tsv", "skeleton.tsv", NIGHT_FILES.report],
] as const;
const CLIPS = "clips";
const README = `A night analysed by Kickline, shared without its pictures.

night.json      the report: events with evidence, coverage, options; names, clock, digests and sound taken out
events.tsv      events, with their columns described in events.json
signals.tsv     speed of either leg (trunk lengths per second) at every frame of what moved
skeleton.tsv    keypoints of the body without the head, shares of the picture's width and height
clips/          the skeleton alone, drawn on black

Times are seconds from the recording's start. Where a child lies and how it moves may still be known again by somebody who has the
film: this is no anonymity, it is the absence of pictures, sound, names and dates.
`;

/**
 * Writes a night's events, signals and skeleton without a single picture of the film: made of what was measured alone, the
 * video is not opened.
 *
 * @param night folder that an analysis wrote, or of a study's night; with its `milestones`.
 * @param out a new or empty folder, or one that holds an earlier sharing and nothing else: it is to be given away whole.
 * @returns names of the files written.
 * @throws KicklineError `report-unreadable`, `measurements-missing`; OutputError when it cannot be written.
 */
export async function shareNight(night: string, out: string, options: ShareOptions = {}): Promise<string[]> {
  await checkHoldsOnly(out, [...FILES, CLIPS], { name: "README", text: README });
  const { report, milestones } = await readNight(night);
  const keeper = openJournal(milestones);
  const stored = await recallStored(keeper, {
    options: report.options as object,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const stripped = nightReportSchema.parse(stripReport(stored.report));
  const whole = { onset: 0, duration: stored.recording.duration };
  const folder = await openOutFolder(out);
  try {
    const clips = await drawClips(stored, folder, options);
    await folder.publish({
      README,
      [NIGHT_FILES.events]: formatEventsTsv(stripped),
      [NIGHT_FILES.sidecar]: formatEventsSidecar(stripped),
      "signals.tsv": formatSignals(stored, whole),
      "skeleton.tsv": formatSkeleton(stored.readPoses(whole)),
      [NIGHT_FILES.report]: `${JSON.stringify(stripped, null, 1)}\n`,
    });
    await folder.remove([CLIPS]);
    await folder.place(clips);
    return [...FILES, ...clips];
  } finally {
    await folder.close();
  }
}

async function drawClips(
  { report, recording, ffmpeg, readPoses }: StoredNight,
  folder: OutFolder,
  { clips: most = 20, signal }: ShareOptions,
): Promise<string[]> {
  const work = await folder.makeWorkFolder(CLIPS);
  const names: string[] = [];
  for (const { id, onset, duration } of report.events) {
    if (names.length >= most) break;
    const shown = { onset, duration: Math.min(duration, LONGEST_CLIP) };
    const poses = readPoses({ onset: onset - 3, duration: shown.duration + 6 });
    if (poses.time.length === 0) continue;
    if (/[^\w-]/.test(id))
      throw new KicklineError("report-unreadable", `${id} is no event's name`, "Analyse the night again.");
    await writeBareSkeleton(ffmpeg, recording.size, shown, skeletonOf(poses), `${work}/${id}.mp4`, signal);
    names.push(`${CLIPS}/${id}.mp4`);
  }
  return names;
}

function formatSignals({ readTraces }: StoredNight, whole: { onset: number; duration: number }): string {
  const { time, left, right } = readTraces(whole, MOST_ROWS);
  const lines = time.map((at, i) => [at, left[i] ?? "n/a", right[i] ?? "n/a"].join("\t"));
  return `${["time\tleft_leg_speed\tright_leg_speed", ...lines].join("\n")}\n`;
}

function formatSkeleton({ time, points }: SeenPoses): string {
  const head = ["time", ...BODY.flatMap((name) => [`${name}_x`, `${name}_y`])];
  const lines = time.map((at, i) =>
    [at, ...BODY.flatMap((name) => points[name][i]?.slice(0, 2).map(String) ?? ["n/a", "n/a"])].join("\t"),
  );
  return `${[head.join("\t"), ...lines].join("\n")}\n`;
}
