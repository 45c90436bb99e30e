import type { Spectrum } from "./periodogram.ts";

/** The strongest rhythm of a spectrum, and how far it stands out. */
export interface SpectralPeak {
  /** Interpolated between bins, Hz. */
  readonly frequencyHz: number;
  readonly power: number;
  /**
   * How much of the movement is this rhythm, 0-1: the share of all power within the half width around the
   * peak, or the share of the variance that one sine explains, whichever is more. The first forgives a
   * drifting frequency, the second uneven sampling, which scatters power over the whole band.
   */
  readonly concentration: number;
  /** Peak over the median of the band, dB. */
  readonly snrDb: number;
}

/**
 * Finds the strongest peak of a spectrum and measures how concentrated the power is around it.
 *
 * @param halfWidthHz half width counted as the peak: the main lobe of the window used.
 * @param from lowest frequency a peak may have, Hz.
 * @returns undefined when there is no power at all.
 */
export function findSpectralPeak(
  spectrum: Spectrum,
  halfWidthHz: number,
  from = 0,
): SpectralPeak | undefined {
  const { frequencyHz, power } = spectrum;
  let best = -1;
  let total = 0;
  for (let i = 0; i < power.length; i++) {
    total += power[i]!;
    if (frequencyHz[i]! >= from && (best === -1 || power[i]! > power[best]!)) best = i;
  }
  if (best === -1 || total <= 0 || power[best]! <= 0) return undefined;
  let near = 0;
  for (let i = 0; i < power.length; i++) {
    if (Math.abs(frequencyHz[i]! - frequencyHz[best]!) <= halfWidthHz) near += power[i]!;
  }
  const middle = power.slice().sort()[power.length >> 1]!;
  return {
    frequencyHz: interpolate(frequencyHz, power, best),
    power: power[best]!,
    concentration: Math.min(1, Math.max(near / total, power[best]! / 2 / Math.max(spectrum.variance, 1e-30))),
    snrDb: 10 * Math.log10(power[best]! / Math.max(middle, power[best]! * 1e-9)),
  };
}

/** Vertex of the parabola through the peak bin and its neighbours. */
function interpolate(frequencyHz: Float64Array, power: Float64Array, at: number): number {
  if (at === 0 || at === power.length - 1) return frequencyHz[at]!;
  const [a, b, c] = [power[at - 1]!, power[at]!, power[at + 1]!];
  const curve = a - 2 * b + c;
  const shift = curve === 0 ? 0 : (0.5 * (a - c)) / curve;
  return frequencyHz[at]! + shift * (frequencyHz[at + 1]! - frequencyHz[at]!);
}
