import { computePeriodogram, frequencyGrid, lowerBound } from "../signal/periodogram.ts";
import { findSpectralPeak } from "../signal/spectral-peak.ts";
import type { LimbSignal, RhythmTrack } from "./movement.ts";

export interface RhythmOptions {
  /** Length of the sliding window, seconds. */
  readonly window: number;
  /** Step of the window, seconds. */
  readonly hop: number;
  /** Lowest frequency looked at, Hz. */
  readonly fromHz: number;
  /** Highest frequency looked at, Hz (never above half the frame rate). */
  readonly toHz: number;
}

const STEP_HZ = 0.05;
/** Half width of the Hann window's main lobe is 2 / window. */
const LOBE = 2;
/** No limit of the rules for rhythms lies below this concentration. */
const WORTH_A_LOOK = 0.3;

/**
 * Slides a spectral analysis over a limb's velocity and reports the strongest rhythm of each window, with
 * the same of its displacement against the mean picture as a second witness.
 *
 * *Source:* Welch 1967 for the windowed spectrum (see `computePeriodogram`); comparison with a mean picture
 * against codec-made rhythms: measured, see docs/definitions.md. *Limits:* a window holds at least five
 * cycles only above 5 / window Hz.
 */
export function trackRhythm(
  time: Float64Array,
  interval: Float32Array,
  signal: LimbSignal,
  options: RhythmOptions,
): RhythmTrack {
  const { window, hop } = options;
  const start = (time[0] ?? 0) + window / 4;
  const end = (time.at(-1) ?? 0) - window / 4;
  const count = Math.max(0, Math.floor((end - start) / hop) + 1);
  const centre = Float64Array.from({ length: count }, (_, i) => start + i * hop);
  const column = () => new Float32Array(count).fill(NaN);
  const track = {
    ...{ time: centre, window, frequencyHz: column(), concentration: column(), snrDb: column() },
    ...{ amplitude: column(), secondHz: column() },
  };
  const middle = Float64Array.from(time, (value, i) => value - interval[i]! / 2);
  const grid = frequencyGrid(options.fromHz, options.toHz, STEP_HZ);
  for (const [i, at] of centre.entries()) {
    if (!isMostlyThere(time, signal.speed, at, window)) continue;
    const samples = { time: middle, interval, components: signal.velocity };
    const peak = findSpectralPeak(computePeriodogram(samples, at, window, grid), LOBE / window);
    if (!peak) continue;
    track.frequencyHz[i] = peak.frequencyHz;
    track.concentration[i] = peak.concentration;
    track.snrDb[i] = peak.snrDb;
    // Most windows hold no rhythm at all: its amplitude and its second witness are not asked for there.
    if (peak.concentration < WORTH_A_LOOK) continue;
    track.amplitude[i] = strongestAmplitude(samples, at, window, peak.frequencyHz);
    const against = { time, interval, components: signal.displacement };
    const second = findSpectralPeak(computePeriodogram(against, at, window, grid), LOBE / window);
    if (second) track.secondHz[i] = second.frequencyHz;
  }
  return track;
}

/** A track without windows. */
export function noRhythm(window: number): RhythmTrack {
  const [time, none] = [new Float64Array(0), new Float32Array(0)];
  return {
    time,
    window,
    frequencyHz: none,
    concentration: none,
    snrDb: none,
    amplitude: none,
    secondHz: none,
  };
}

function isMostlyThere(time: Float64Array, speed: Float32Array, at: number, window: number): boolean {
  const first = lowerBound(time, at - window / 2);
  const last = lowerBound(time, at + window / 2);
  let there = 0;
  for (let i = first; i < last; i++) if (!Number.isNaN(speed[i]!)) there++;
  return there >= 8 && there >= 0.7 * (last - first);
}

function strongestAmplitude(
  samples: { time: Float64Array; interval: Float32Array; components: readonly Float32Array[] },
  at: number,
  window: number,
  frequencyHz: number,
): number {
  const one = Float64Array.of(frequencyHz);
  let strongest = 0;
  for (let k = 0; k + 1 < samples.components.length; k += 2) {
    const pair = { ...samples, components: samples.components.slice(k, k + 2) };
    strongest = Math.max(strongest, computePeriodogram(pair, at, window, one).power[0]!);
  }
  return Math.sqrt(strongest) / (2 * Math.PI * frequencyHz);
}
