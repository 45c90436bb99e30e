import { type FlowCell, type FlowRegions, FlowTracker } from "../flow/flow-tracker.ts";
import { SEGMENTS, type Segment, type SpanFlow } from "../flow/limb-flow.ts";
import type { PixelRegion } from "../flow/lucas-kanade.ts";
import { movingCells } from "../flow/moving-cells.ts";
import { type Box, backgroundRegion, segmentRegion } from "../flow/regions.ts";
import type { Frame, Picture } from "../frames/frame.ts";
import type { FrameReader } from "../frames/frame-reader.ts";
import { PictureMean, stretchContrast } from "../pose/enhance.ts";
import type { Pose } from "../pose/keypoint.ts";
import { computeTrunk, findKeypoint } from "../pose/trunk.ts";
import { endOf, type Interval } from "../signal/intervals.ts";
import type { LightChange, Survey } from "../survey/survey.ts";
import { tick } from "../survey/survey-recording.ts";
import { linkPoses } from "../tracks/link-poses.ts";
import type { Tracks } from "../tracks/tracks.ts";

/** Where a span's poses come from: a follower of one infant, fresh for each span. */
export interface PoseSource {
  next(picture: Picture, time: number, signal?: AbortSignal): Promise<Pose | undefined>;
}

export interface SpanOptions {
  /** Poses per second. */
  readonly poseRateHz: number;
  /** Keypoints below this confidence are not used. */
  readonly minConfidence: number;
  /** Most squares of the picture followed besides the body. */
  readonly mostCells: number;
}

/** What was measured in one active span: the costly part of an analysis, kept as a milestone. */
export interface SpanMeasurement {
  readonly span: Interval;
  readonly flow: SpanFlow;
  readonly tracks: Tracks;
  /** Milliseconds spent waiting for pose, and in flow. */
  readonly cost: { readonly poseMs: number; readonly flowMs: number; readonly poses: number };
}

/** Most frames that a pose's mean picture spans: a longer mean blurs what moves. */
const MEAN_FRAMES = 8;

/**
 * Measures one active span: frames in, a pose a few times a second on the mean of the frames since the last
 * one, and optical flow of the legs (where that pose saw them) at every frame.
 */
export async function analyzeSpan(
  reader: FrameReader,
  survey: Survey,
  span: Interval,
  poses: PoseSource,
  options: SpanOptions,
  signal?: AbortSignal,
  onProgress?: (time: number) => void,
): Promise<SpanMeasurement> {
  const size = { width: reader.width, height: reader.height, levels: FlowTracker.levels };
  const cells = movingCells(survey, span, { ...size, most: options.mostCells });
  const tracker = new FlowTracker(reader.width, reader.height, cells);
  const mean = new PictureMean(reader.width, reader.height, 1);
  const found: Pose[] = [];
  const chunk: Frame[] = [];
  // Frames of a chunk are kept in buffers that are used again: a moving hour would be 20 GB of garbage.
  const spare: Uint8Array[] = [];
  const keep = (data: Uint8Array) => {
    const buffer = spare.pop() ?? new Uint8Array(data.length);
    buffer.set(data);
    return buffer;
  };
  const cost = { poseMs: 0, flowMs: 0, poses: 0 };
  let lastPose: Pose | undefined;

  const flush = async () => {
    const [first] = chunk;
    if (!first) return;
    for (const frame of evenly(chunk, MEAN_FRAMES)) mean.add(frame);
    const time = (first.time + chunk.at(-1)!.time) / 2;
    const started = performance.now();
    const pose = await poses.next(stretchContrast(mean.read()), time, signal);
    cost.poseMs += performance.now() - started;
    cost.poses++;
    mean.reset();
    found.push(pose ?? { time, keypoints: [], confidence: 0 });
    lastPose = pose ?? lastPose;
    const regions = regionsOf(pose, lastPose, cells, size, options);
    const flowing = performance.now();
    for (const frame of chunk)
      tracker.add(frame, frame.time, regions, !isInLightChange(frame, survey.lightChanges));
    cost.flowMs += performance.now() - flowing;
    onProgress?.(chunk.at(-1)!.time);
    for (const frame of chunk.splice(0)) spare.push(frame.data);
  };

  // A repeated picture is no measurement: between it and the one before nothing moves, and then twice as much.
  const isIn = (time: number) => time >= span.onset && time < endOf(span);
  const repeated = new Set(Array.from(survey.repeats.times.filter(isIn), tick));
  for await (const frame of reader.read({ from: span.onset, to: endOf(span) }, signal)) {
    if (repeated.has(tick(frame.time))) continue;
    if (chunk.length > 0 && frame.time - chunk[0]!.time >= 1 / options.poseRateHz - 1e-6) await flush();
    chunk.push({ ...frame, data: keep(frame.data) });
  }
  await flush();
  return { span, flow: tracker.finish(), tracks: linkPoses(found, options), cost };
}

function regionsOf(
  pose: Pose | undefined,
  lastPose: Pose | undefined,
  cells: readonly FlowCell[],
  size: { readonly width: number; readonly height: number; readonly levels: number },
  options: SpanOptions,
): FlowRegions {
  const segments: Partial<Record<Segment, PixelRegion>> = {};
  if (pose) {
    const trunk = computeTrunk(pose.keypoints);
    for (const segment of SEGMENTS) {
      const at = (name: Parameters<typeof findKeypoint>[1]) => findKeypoint(pose.keypoints, name);
      const region = segmentRegion(segment, at, trunk.length, options.minConfidence, size);
      if (region) segments[segment] = region;
    }
  }
  return { segments, background: backgroundRegion(leftOut(lastPose, cells, size), size) };
}

/** What the surroundings leave out: the infant, amply, and whatever moves. */
function leftOut(
  pose: Pose | undefined,
  cells: readonly FlowCell[],
  size: { readonly width: number; readonly height: number },
): Box[] {
  const around = (xs: readonly number[], ys: readonly number[], margin: number): Box => ({
    left: Math.min(...xs) - margin,
    right: Math.max(...xs) + margin,
    top: Math.min(...ys) - margin,
    bottom: Math.max(...ys) + margin,
  });
  const moving = cells.map(({ x, y, size: side }) => around([x], [y], side));
  const { width, height } = size;
  if (!pose) return [around([0.35 * width, 0.65 * width], [0.3 * height, 0.7 * height], 0), ...moving];
  const xs = pose.keypoints.map((point) => point.x);
  const ys = pose.keypoints.map((point) => point.y);
  return [around(xs, ys, 0.06 * height), ...moving];
}

function isInLightChange(frame: Frame, changes: readonly LightChange[]): boolean {
  return changes.some(
    ({ onset, duration }) => frame.time > onset - 1e-6 && frame.time < onset + duration + 1e-6,
  );
}

function evenly<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]!);
}
