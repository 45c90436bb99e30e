import { endOf, type Interval, joinIntervals } from "../signal/intervals.ts";
import { median } from "../signal/statistics.ts";
import { measureBackground } from "./background.ts";
import { FRAME_SECONDS, type Sound, type SoundFrames, type SoundStretch } from "./sound.ts";
import type { SoundOptions } from "./sound-options.ts";

/**
 * Finds what stands out of the room's own sound: loud stretches, and cry-like ones.
 *
 * Cry-like is a sound with a clear fundamental where infants cry and with overtones, louder than the room, as
 * long as a breath out, again and again. *Limits:* an older child, a singing voice in that range and some toys
 * and music meet the same rule; a hoarse cry, whose voice breaks, does not. It says neither who cried nor why.
 */
export function findStretches(frames: SoundFrames, options: SoundOptions): Sound {
  const background = measureBackground(frames.level, options);
  const loud = joinIntervals(
    runsOf(frames, (i) => above(frames, background, i) >= options.loudAbove),
    options.loudGap,
  );
  const isCry = (i: number) => isCryLike(frames, background, i, options);
  // One frame in which the voice breaks does not end a cry.
  const units = joinIntervals(runsOf(frames, isCry), 1.5 * FRAME_SECONDS).filter(
    ({ duration }) => duration >= options.cryUnit - 1e-6,
  );
  const cries = joinIntervals(units, options.cryGap).filter(
    (stretch) => count(frames, stretch, isCry) * FRAME_SECONDS >= options.cryShortest - 1e-6,
  );
  const describe = (kind: SoundStretch["kind"]) => (interval: Interval) => ({
    ...interval,
    kind,
    above: Math.max(...indices(frames, interval).map((i) => above(frames, background, i) || 0)),
    pitchHz:
      kind === "loud"
        ? NaN
        : median(
            indices(frames, interval)
              .filter(isCry)
              .map((i) => frames.pitchHz[i]!),
          ),
  });
  const stretches = [...loud.map(describe("loud")), ...cries.map(describe("cry-like"))];
  return { frames, background, stretches: stretches.sort((a, b) => a.onset - b.onset) };
}

function isCryLike(frames: SoundFrames, background: Float32Array, i: number, options: SoundOptions): boolean {
  const pitch = frames.pitchHz[i]!;
  return (
    pitch >= options.cryFrom &&
    pitch <= options.cryTo &&
    frames.clarity[i]! >= options.cryClarity &&
    above(frames, background, i) >= options.cryAbove &&
    brightShare(frames, i) >= options.cryBright
  );
}

function brightShare({ bands, level }: SoundFrames, i: number): number {
  return (power(bands[2][i]!) + power(bands[3][i]!)) / power(level[i]!);
}

function power(db: number): number {
  return 10 ** (db / 10);
}

function above({ level }: SoundFrames, background: Float32Array, i: number): number {
  return level[i]! - background[i]!;
}

/** Runs of frames for which something holds, as intervals of the recording. */
function runsOf({ first, level }: SoundFrames, holds: (i: number) => boolean): Interval[] {
  const runs: Interval[] = [];
  let from = -1;
  for (let i = 0; i <= level.length; i++) {
    const does = i < level.length && holds(i);
    if (does && from === -1) from = i;
    if (does || from === -1) continue;
    runs.push({ onset: (first + from) * FRAME_SECONDS, duration: (i - from) * FRAME_SECONDS });
    from = -1;
  }
  return runs;
}

function indices({ first, level }: SoundFrames, interval: Interval): number[] {
  const from = Math.round(interval.onset / FRAME_SECONDS) - first;
  const to = Math.min(level.length, Math.round(endOf(interval) / FRAME_SECONDS) - first);
  return Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
}

function count(frames: SoundFrames, interval: Interval, holds: (i: number) => boolean): number {
  return indices(frames, interval).filter(holds).length;
}
