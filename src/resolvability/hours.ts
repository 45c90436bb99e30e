import type { NoiseFloor, SpanMovement } from "../movement/movement.ts";
import type { ClockReport } from "../recording/clock-report.ts";
import { endOf, overlapOf } from "../signal/intervals.ts";
import { mean, median } from "../signal/statistics.ts";
import type { Repeats } from "../survey/repeated-pictures.ts";
import type { ResolvableHour } from "./resolvability.ts";

const HOUR = 3600;
/** Less than this many seconds of a ten-minute stretch in an hour say nothing of the hour, s. */
const LEAST_STRETCH = 10;
/** The middle of the tremor band, at which the smallest swing is told. */
const REFERENCE_HZ = 5;
/** A rhythm must rise this many times above the noise floor of a limb to be found. */
const FOUND_ABOVE = 1.5;
/**
 * Smaller swings than this, px of the flow picture, were not found reliably in rendered shanks that went through
 * an ordinary encoder, whatever the noise: the encoder leaves them out.
 */
const TRACKER_PX = 0.3;

/** What an analysis has measured that says what the recording can show. */
export interface MeasuredRecording {
  /** Seconds. */
  readonly duration: number;
  readonly clock: Pick<ClockReport, "stretches" | "frameRate">;
  readonly repeats: Pick<Repeats, "pictureRate">;
  readonly spans: readonly SpanMovement[];
  /** The whole recording's noise floor, and how to measure that of some of its spans. */
  readonly floor: NoiseFloor;
  readonly floorOf: (spans: readonly SpanMovement[]) => NoiseFloor;
  /** px as filmed for one px of the picture flow is measured on. */
  readonly pictureScale: number;
  /** Highest usable frequency as a share of the frame rate. */
  readonly bandShare: number;
}

/**
 * Says hour by hour what a recording can show: how fast a rhythm, and how small a swing.
 *
 * The smallest swing of frequency f is what moves at 1.5 times the speed of stillness (v / 2 pi f), but no less
 * than 0.3 px of the flow picture, over the share that an exposure of one frame interval T leaves of a swing:
 * sin(pi f T) / (pi f T). Where an hour had nothing to measure on, the whole recording's figures stand in.
 *
 * *Limits:* the exposure is not in the file. One frame interval is the longest a camera can expose, so the true
 * swing may be smaller than told, never because of blur larger.
 */
export function measureHours(measured: MeasuredRecording): ResolvableHour[] {
  const count = Math.max(1, Math.ceil(measured.duration / HOUR - 1e-9));
  return Array.from({ length: count }, (_, i) => {
    const onset = i * HOUR;
    return measureHour({ onset, duration: Math.min(HOUR, measured.duration - onset) }, measured);
  });
}

function measureHour(
  hour: { readonly onset: number; readonly duration: number },
  measured: MeasuredRecording,
): ResolvableHour {
  const own = measured.spans.filter(({ onset }) => onset >= hour.onset && onset < endOf(hour));
  const frameRate = Math.min(slowestRate(hour, measured), measured.repeats.pictureRate ?? Infinity);
  const highestHz = measured.bandShare * frameRate;
  const exposure = 1 / frameRate;
  const ownFloor = measured.floorOf(own);
  const floor = ownFloor.seconds > 0 ? ownFloor : measured.floor;
  const noiseSpeed = Math.max(floor.activity.leftLeg, floor.activity.rightLeg);
  const trunk = firstKnown(trunkOf(own), trunkOf(measured.spans));
  const shank = firstKnown(shankOf(own), shankOf(measured.spans)) * trunk;
  const atHz = Math.min(REFERENCE_HZ, highestHz);
  const shown = Math.max(TRACKER_PX, (FOUND_ABOVE * noiseSpeed * trunk) / (2 * Math.PI * atHz));
  const smallest = shown / keptOf(atHz, exposure);
  const { pictureScale } = measured;
  return {
    ...hour,
    ...{ frameRate, highestHz, exposure, blurKept: keptOf(highestHz, exposure) },
    ...{ noiseSpeed, noisePx: noiseSpeed * trunk * pictureScale, noiseSeconds: ownFloor.seconds },
    ...{ trunkPx: trunk * pictureScale, shankPx: shank * pictureScale },
    ...{ atHz, smallestPx: smallest * pictureScale, smallestShanks: smallest / shank },
    legsSeen: mean(own.filter((span) => span.trunkLengthPx > 0).map((span) => span.legCoverage)),
  };
}

/** The lowest frame rate of the ten-minute stretches that lie in the hour for more than a moment. */
function slowestRate(
  hour: { readonly onset: number; readonly duration: number },
  { clock }: MeasuredRecording,
): number {
  const least = Math.min(LEAST_STRETCH, hour.duration / 2);
  const rates = clock.stretches
    .filter((stretch) => stretch.frameRate > 0 && overlapOf(stretch, hour) >= least)
    .map(({ frameRate }) => frameRate);
  return rates.length === 0 ? NaN : Math.min(...rates);
}

/** Share of a swing that is left when each picture is exposed for so long: |sinc|. */
function keptOf(hz: number, exposure: number): number {
  const angle = Math.PI * hz * exposure;
  return angle === 0 ? 1 : Math.abs(Math.sin(angle) / angle);
}

/** px of the flow picture. */
function trunkOf(spans: readonly SpanMovement[]): number {
  return median(spans.map((span) => span.trunkLengthPx).filter((px) => px > 0));
}

/** Trunk lengths. */
function shankOf(spans: readonly SpanMovement[]): number {
  const each = spans.flatMap(({ posture }) => [median(posture.leftShank), median(posture.rightShank)]);
  return median(each.filter((length) => length > 0));
}

function firstKnown(one: number, other: number): number {
  return Number.isNaN(one) ? other : one;
}
