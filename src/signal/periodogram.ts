/** Power at evenly spaced frequencies. */
export interface Spectrum {
  readonly frequencyHz: Float64Array;
  /** Squared amplitude of each frequency, in the square of the signal's unit. */
  readonly power: Float64Array;
  /** Weighted variance of the window, summed over components, in the square of the signal's unit. */
  readonly variance: number;
}

/** A stretch of samples at times of their own. */
export interface Samples {
  /** Seconds, increasing. */
  readonly time: ArrayLike<number>;
  /** Seconds each sample stands for. */
  readonly interval: ArrayLike<number>;
  /** One or more components (x, y of several segments): their powers add. Missing is NaN. */
  readonly components: readonly ArrayLike<number>[];
}

/**
 * Estimates the power spectrum of a window of unevenly sampled components: a Fourier integral over the
 * samples' own times, weighted by a Hann window and by the time each sample stands for. For even sampling
 * this is a Hann periodogram (the segment of Welch's method); uneven sampling needs no resampling and hence
 * no smoothing.
 *
 * @param centre middle of the window, seconds. @param length of the window, seconds.
 * @param frequencyHz where to evaluate, increasing.
 * @returns summed power of the components; zeros when fewer than eight samples fall into the window.
 *
 * *Source:* Welch 1967, doi 10.1109/TAU.1967.1161901 (window, mean removal); discrete Fourier transform at
 * given times as in Scargle 1982, doi 10.1086/160554. *Differs from the source:* no overlap-averaging here
 * (callers slide the window); powers of components are added, which no cancellation between opposite
 * movements can undo. *Limits:* frequencies up to half the sampling rate mean something. *Missing data:*
 * NaN samples are left out with their weight.
 */
export function computePeriodogram(
  samples: Samples,
  centre: number,
  length: number,
  frequencyHz: Float64Array,
): Spectrum {
  const { first, last } = windowBounds(samples.time, centre, length);
  const power = new Float64Array(frequencyHz.length);
  const count = last - first;
  let variance = 0;
  if (count < 8) return { frequencyHz, power, variance };
  const weight = new Float64Array(count);
  const value = new Float64Array(count);
  for (const component of samples.components) {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const v = component[first + i]!;
      const hann = Math.cos((Math.PI * (samples.time[first + i]! - centre)) / length) ** 2;
      weight[i] = Number.isNaN(v) ? 0 : hann * samples.interval[first + i]!;
      sum += weight[i]! * (Number.isNaN(v) ? 0 : v);
      total += weight[i]!;
    }
    if (total === 0) continue;
    for (let i = 0; i < count; i++) {
      const v = component[first + i]!;
      const deviation = v - sum / total;
      value[i] = weight[i] === 0 ? 0 : (weight[i]! * deviation) / total;
      if (weight[i] !== 0) variance += (weight[i]! * deviation * deviation) / total;
    }
    addPower(power, frequencyHz, samples.time, first, value);
  }
  return { frequencyHz, power, variance };
}

function addPower(
  power: Float64Array,
  frequencyHz: Float64Array,
  time: ArrayLike<number>,
  first: number,
  value: Float64Array,
): void {
  const start = time[first]!;
  // Evenly spaced frequencies: each sample's phase turns by a fixed step from one to the next.
  const f0 = frequencyHz[0]!;
  const df = frequencyHz.length > 1 ? frequencyHz[1]! - f0 : 0;
  const re = new Float64Array(power.length);
  const im = new Float64Array(power.length);
  for (let i = 0; i < value.length; i++) {
    const v = value[i]!;
    if (v === 0) continue;
    const at = 2 * Math.PI * (time[first + i]! - start);
    let c = Math.cos(at * f0);
    let s = Math.sin(at * f0);
    const stepC = Math.cos(at * df);
    const stepS = Math.sin(at * df);
    for (let k = 0; k < re.length; k++) {
      re[k]! += v * c;
      im[k]! += v * s;
      const next = c * stepC - s * stepS;
      s = s * stepC + c * stepS;
      c = next;
    }
  }
  // Amplitude of a sine is twice the modulus of its weighted mean with e^-iwt.
  for (let k = 0; k < power.length; k++) power[k]! += 4 * (re[k]! ** 2 + im[k]! ** 2);
}

function windowBounds(time: ArrayLike<number>, centre: number, length: number) {
  return { first: lowerBound(time, centre - length / 2), last: lowerBound(time, centre + length / 2) };
}

/** Index of the first value not below `limit` in an increasing array. */
export function lowerBound(values: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Evenly spaced frequencies from `from` to at most `to`, Hz. */
export function frequencyGrid(from: number, to: number, step: number): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, Math.floor((to - from) / step + 1e-9) + 1) },
    (_, i) => from + i * step,
  );
}
