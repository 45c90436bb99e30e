import { median } from "../signal/statistics.ts";
import { LIMBS, type Limb, type NoiseFloor, type SpanMovement } from "./movement.ts";

/** Taken when a recording has no still moment to measure, trunk lengths per second. */
const ASSUMED = 0.012;
/** Less than this is not believed: pictures without any noise are painted, not filmed. */
const SMALLEST = 0.004;
/** Seconds of stillness needed for a measurement. */
const ENOUGH = 1;

/**
 * Measures what stillness looks like: the median activity of each limb while the survey saw no motion (the
 * pre- and post-roll of active spans).
 *
 * @param isStill whether the survey saw no motion at a moment, seconds.
 */
export function measureNoiseFloor(
  spans: readonly SpanMovement[],
  isStill: (time: number) => boolean,
): NoiseFloor {
  const activity = {} as Record<Limb, number>;
  let seconds = 0;
  for (const limb of LIMBS) {
    const values: number[] = [];
    seconds = 0;
    for (const span of spans) {
      const own = span.limbs[limb].activity;
      for (let i = 0; i < own.length; i++) {
        if (!isStill(span.time[i]!)) continue;
        seconds += span.interval[i]!;
        if (!Number.isNaN(own[i]!)) values.push(own[i]!);
      }
    }
    activity[limb] = seconds < ENOUGH || values.length === 0 ? ASSUMED : Math.max(SMALLEST, median(values));
  }
  return { activity, seconds: seconds < ENOUGH ? 0 : seconds };
}
