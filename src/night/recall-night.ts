import { type AnalyzeOptions, analyzeRecording } from "../analyze.ts";
import type { Ffmpeg } from "../media/ffmpeg.ts";
import { writeSkeletonClip } from "../media/skeleton-clip.ts";
import type { SpanMovement } from "../movement/movement.ts";
import type { AnalysisOptionsInput } from "../options.ts";
import { KEYPOINT_NAMES, type KeypointName } from "../pose/keypoint.ts";
import type { Recording } from "../recording/recording.ts";
import type { NightReport } from "../report/night-report.ts";
import { endOf, type Interval, overlapOf } from "../signal/intervals.ts";
import { computePeriodogram, frequencyGrid } from "../signal/periodogram.ts";
import type { SpanMeasurement } from "./analyze-span.ts";
import type { JournalKeeper } from "./journal.ts";
import { rejudgeRecording } from "./rejudge.ts";
import { skeletonOf } from "./skeleton-lines.ts";

/** Where the infant was, pose by pose: shares of the picture's width and height, null where not seen. */
export interface SeenPoses {
  readonly time: readonly number[];
  readonly points: Readonly<
    Record<KeypointName, readonly (readonly [x: number, y: number, confidence: number] | null)[]>
  >;
}

/** Speeds of both legs at every frame of a stretch, trunk lengths per second; null is not measured. */
export interface LegTraces {
  readonly time: readonly number[];
  readonly left: readonly (number | null)[];
  readonly right: readonly (number | null)[];
  /** Dominant frequency of either leg where a rhythm stands out, Hz. */
  readonly rhythmTime: readonly number[];
  readonly rhythmHz: readonly (number | null)[];
}

/** How the legs' segments moved at each frame of a stretch: shares of the picture per second; null not measured. */
export interface LegFlow {
  readonly time: readonly number[];
  readonly segments: Readonly<Record<FlowSegment, readonly (readonly [x: number, y: number] | null)[]>>;
}

const FLOW_SEGMENTS = [
  "leftThigh",
  "leftShank",
  "leftFoot",
  "rightThigh",
  "rightShank",
  "rightFoot",
] as const;
/** A part of the body of which the flow is kept. */
export type FlowSegment = (typeof FLOW_SEGMENTS)[number];

/** Power by frequency of a leg's movement, for showing beside the video. */
export interface LegSpectrum {
  readonly frequencyHz: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** A night that was analysed before, opened for looking at it closely. */
export interface RecalledNight {
  readonly report: NightReport;
  readonly recording: Recording;
  readonly ffmpeg: Ffmpeg;
  /** The report as it would be with other limits of events. */
  judgeAgain(events: AnalysisOptionsInput["events"]): NightReport;
  /** The poses found in a stretch (seconds). */
  readPoses(stretch: Interval): SeenPoses;
  /** The movement of both legs in a stretch, at most `most` values each. */
  readTraces(stretch: Interval, most?: number): LegTraces;
  /** The flow of each segment, frame by frame. */
  readFlow(stretch: Interval): LegFlow;
  /** Power by frequency in a stretch. */
  readSpectrum(stretch: Interval): LegSpectrum;
  /** Cuts a clip with the skeleton drawn on; see `writeSkeletonClip`. */
  writeClip(event: Interval, path: string): Promise<void>;
}

/** What can be told of an analysed night without its video. */
export type StoredNight = Pick<RecalledNight, "report" | "recording" | "ffmpeg" | "readPoses" | "readTraces">;

/**
 * Opens an analysed night from what was measured of it alone; its files need not be there any more.
 *
 * @throws KicklineError `measurements-missing` when a piece is not there.
 */
export async function recallStored(
  keeper: JournalKeeper,
  call: Pick<AnalyzeOptions, "options" | "signal">,
): Promise<StoredNight> {
  const poses: KeptPoses[] = [];
  const onSpan = (span: SpanMeasurement) => void poses.push(keepPoses(span));
  const { report, recording, ffmpeg, spans } = await rejudgeRecording(keeper, { ...call, onSpan });
  poses.sort((a, b) => a.onset - b.onset);
  return {
    ...{ report, recording, ffmpeg },
    readPoses: (stretch) => readPoses(poses, stretch),
    readTraces: (stretch, most = 4000) => readTraces(spans, stretch, most),
  };
}

/** What is kept of a span's tracks: single precision shares of the picture are finer than any pose. */
interface KeptPoses extends Interval {
  readonly time: Float64Array;
  readonly byKeypoint: Readonly<
    Record<KeypointName, { readonly x: Float32Array; readonly y: Float32Array; readonly c: Float32Array }>
  >;
}

/** Longer events are shown by their first part, seconds. */
const LONGEST_CLIP = 30;
/** A peak must hold this share of the power to be drawn as a frequency. */
const STANDS_OUT = 0.5;
const [FROM_HZ, TO_HZ, STEP_HZ] = [0.3, 14, 0.1];

/**
 * Opens an analysed night again from its journal: everything costly comes from there, and when a piece is
 * missing it is made anew. Same call as for the analysis; only then is the journal's work found.
 */
export async function recallNight(files: readonly string[], call: AnalyzeOptions): Promise<RecalledNight> {
  const poses: KeptPoses[] = [];
  const flows: KeptFlow[] = [];
  const onSpan = (span: SpanMeasurement) => {
    poses.push(keepPoses(span));
    flows.push(keepFlow(span));
  };
  const analysis = await analyzeRecording(files, { ...call, onSpan });
  const { report, recording, ffmpeg, spans, judgeAgain } = analysis;
  poses.sort((a, b) => a.onset - b.onset);
  flows.sort((a, b) => a.onset - b.onset);
  return {
    ...{ report, recording, ffmpeg, judgeAgain },
    readPoses: (stretch) => readPoses(poses, stretch),
    readTraces: (stretch, most = 4000) => readTraces(spans, stretch, most),
    readFlow: (stretch) => readFlow(flows, stretch),
    readSpectrum: (stretch) => readSpectrum(spans, stretch),
    writeClip: (event, path) => {
      const shown = { onset: event.onset, duration: Math.min(event.duration, LONGEST_CLIP) };
      const around = { onset: shown.onset - 3, duration: shown.duration + 6 };
      return writeSkeletonClip(ffmpeg, recording, shown, skeletonOf(readPoses(poses, around)), path);
    },
  };
}

interface KeptFlow extends Interval {
  readonly time: Float64Array;
  readonly bySegment: Readonly<Record<FlowSegment, { readonly x: Float32Array; readonly y: Float32Array }>>;
}

/** Most frames of flow told at once: a stretch is looked at frame by frame only when it is short. */
const MOST_FLOW = 2000;

function keepFlow({ span, flow }: SpanMeasurement): KeptFlow {
  const rate = (shifts: Float32Array, size: number) =>
    shifts.map((shift, i) => shift / size / flow.interval[i]!);
  const kept = FLOW_SEGMENTS.map((name) => {
    const { dx, dy } = flow.segments[name];
    return [name, { x: rate(dx, flow.width), y: rate(dy, flow.height) }] as const;
  });
  return {
    ...{ onset: span.onset, duration: span.duration, time: flow.time },
    bySegment: Object.fromEntries(kept) as KeptFlow["bySegment"],
  };
}

function readFlow(all: readonly KeptFlow[], stretch: Interval): LegFlow {
  const picked = all
    .filter((span) => overlapOf(span, stretch) > 0)
    .flatMap((span) =>
      [...span.time.keys()].flatMap((i) =>
        span.time[i]! >= stretch.onset && span.time[i]! < endOf(stretch) ? [{ span, i }] : [],
      ),
    )
    .slice(0, MOST_FLOW);
  const segments = FLOW_SEGMENTS.map((name) => {
    const moved = picked.map(({ span, i }) => {
      const { x, y } = span.bySegment[name];
      return Number.isNaN(x[i]!) ? null : ([tidy(x[i]!, 4), tidy(y[i]!, 4)] as [number, number]);
    });
    return [name, moved] as const;
  });
  return {
    time: picked.map(({ span, i }) => tidy(span.time[i]!)),
    segments: Object.fromEntries(segments) as Record<FlowSegment, ([number, number] | null)[]>,
  };
}

function keepPoses({ span, tracks, flow }: SpanMeasurement): KeptPoses {
  const share = (values: Float32Array, size: number) => values.map((value) => value / size);
  const kept = KEYPOINT_NAMES.map((name) => {
    const { x, y, confidence } = tracks.byKeypoint[name];
    return [name, { x: share(x, flow.width), y: share(y, flow.height), c: confidence }] as const;
  });
  return {
    ...{ onset: span.onset, duration: span.duration, time: tracks.time },
    byKeypoint: Object.fromEntries(kept) as KeptPoses["byKeypoint"],
  };
}

function readPoses(all: readonly KeptPoses[], stretch: Interval): SeenPoses {
  const time: number[] = [];
  const points = Object.fromEntries(
    KEYPOINT_NAMES.map((name) => [name, [] as ([number, number, number] | null)[]]),
  ) as Record<KeypointName, ([number, number, number] | null)[]>;
  for (const span of all) {
    if (overlapOf(span, stretch) <= 0) continue;
    for (const [i, at] of span.time.entries()) {
      if (at < stretch.onset - 0.5 || at > endOf(stretch) + 0.5) continue;
      time.push(tidy(at));
      for (const name of KEYPOINT_NAMES) {
        const { x, y, c } = span.byKeypoint[name];
        points[name].push(Number.isNaN(x[i]!) ? null : [tidy(x[i]!, 4), tidy(y[i]!, 4), tidy(c[i]!, 2)]);
      }
    }
  }
  return { time, points };
}

function readTraces(spans: readonly SpanMovement[], stretch: Interval, most: number): LegTraces {
  const within = spans.filter((span) => overlapOf(span, stretch) > 0);
  const picked = within.flatMap((span) =>
    [...span.time.keys()].flatMap((i) =>
      span.time[i]! >= stretch.onset && span.time[i]! < endOf(stretch) ? [{ span, i }] : [],
    ),
  );
  // The highest of each group is shown: a single jerk must not fall between two samples.
  const step = Math.max(1, Math.ceil(picked.length / most));
  const groups = Array.from({ length: Math.ceil(picked.length / step) }, (_, g) =>
    picked.slice(g * step, (g + 1) * step),
  );
  const highest = (limb: "leftLeg" | "rightLeg") =>
    groups.map((group) => {
      const values = group.map(({ span, i }) => span.limbs[limb].signal.speed[i]!).filter(Number.isFinite);
      return values.length === 0 ? null : tidy(Math.max(...values));
    });
  const rhythms = within.flatMap(({ limbs }) => {
    const [left, right] = [limbs.leftLeg.fastRhythm, limbs.rightLeg.fastRhythm];
    return [...left.time.keys()].flatMap((i) => {
      if (left.time[i]! < stretch.onset || left.time[i]! > endOf(stretch)) return [];
      const stronger = (right.concentration[i] ?? 0) > (left.concentration[i] ?? 0) ? right : left;
      const stands = (stronger.concentration[i] ?? 0) >= STANDS_OUT;
      return [{ time: tidy(left.time[i]!), hz: stands ? tidy(stronger.frequencyHz[i]!, 2) : null }];
    });
  });
  return {
    time: groups.map((group) => tidy(group[0]!.span.time[group[0]!.i]!)),
    left: highest("leftLeg"),
    right: highest("rightLeg"),
    rhythmTime: rhythms.map(({ time }) => time),
    rhythmHz: rhythms.map(({ hz }) => hz),
  };
}

function readSpectrum(spans: readonly SpanMovement[], stretch: Interval): LegSpectrum {
  const span = spans.find((one) => overlapOf(one, stretch) > 0);
  const grid = frequencyGrid(FROM_HZ, Math.min(TO_HZ, (span?.frameRate ?? 0) / 2), STEP_HZ);
  const power = (limb: "leftLeg" | "rightLeg") => {
    if (!span) return [];
    const samples = {
      time: span.time,
      interval: span.interval,
      components: span.limbs[limb].signal.velocity,
    };
    const length = Math.max(2.5, stretch.duration);
    const spectrum = computePeriodogram(samples, stretch.onset + stretch.duration / 2, length, grid);
    return [...spectrum.power].map((value) => Number(value.toPrecision(4)));
  };
  return {
    frequencyHz: [...grid].map((hz) => tidy(hz, 2)),
    left: power("leftLeg"),
    right: power("rightLeg"),
  };
}

function tidy(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}
