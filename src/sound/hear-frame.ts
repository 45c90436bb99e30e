import { createFourier } from "./fourier.ts";
import { FRAME_SECONDS, SAMPLE_RATE } from "./sound.ts";

/** Samples of one frame. */
export const FRAME_SAMPLES = Math.round(FRAME_SECONDS * SAMPLE_RATE);
const LENGTH = 2048;
const BIN_HZ = SAMPLE_RATE / LENGTH;
/** Limits of the bands, Hz. What is below is hum and thumps, what is above many cameras do not record. */
const BAND_LIMITS = [100, 300, 1000, 4000, 7500] as const;
/** The period is looked for in this band, and among these fundamentals, Hz. */
const PERIODIC_TO = 4000;
const PITCH_FROM = 90;
const PITCH_TO = 1000;
/** The shortest period whose peak comes this near the highest one is the fundamental's. */
const NEARLY_HIGHEST = 0.92;
const SILENCE = 1e-12;
const FULL_SCALE = 32_768;

/** What was heard in one frame; see `SoundFrames`. */
export interface HeardFrame {
  readonly bands: readonly number[];
  readonly level: number;
  readonly pitchHz: number;
  readonly clarity: number;
}

/**
 * Makes what turns a frame of samples into band energies, a fundamental and how periodic it is.
 *
 * *Source:* Boersma 1993 (Proc. Inst. Phonetic Sciences 17:97): autocorrelation of a Hann-windowed frame over
 * the window's own, parabola through its peak. *Differs from the source:* computed from the power spectrum
 * between 100 and 4000 Hz, so that hum and thumps take no part; one frame of 0.1 s, no path over frames.
 *
 * @returns a function of `FRAME_SAMPLES` samples; its buffers are its own, so it is not for two at once.
 */
export function createFrameHearing(): (samples: Int16Array) => HeardFrame {
  const fourier = createFourier(LENGTH);
  const window = Float64Array.from(
    { length: FRAME_SAMPLES },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / FRAME_SAMPLES),
  );
  const gain = window.reduce((sum, value) => sum + value * value, 0);
  const [re, im] = [new Float64Array(LENGTH), new Float64Array(LENGTH)];
  const [lagRe, lagIm] = [new Float64Array(LENGTH), new Float64Array(LENGTH)];
  const ownLags = windowLags(window);
  return (samples) => {
    re.fill(0);
    im.fill(0);
    for (let i = 0; i < FRAME_SAMPLES; i++) re[i] = (samples[i]! / FULL_SCALE) * window[i]!;
    fourier.transform(re, im);
    const power = (bin: number) => re[bin]! * re[bin]! + im[bin]! * im[bin]!;
    const bands = BAND_LIMITS.slice(1).map((to, k) => {
      let sum = 0;
      for (let bin = Math.ceil(BAND_LIMITS[k]! / BIN_HZ); bin < to / BIN_HZ; bin++) sum += power(bin);
      // Twice for the negative frequencies; a full-scale sine is 0.5, or -3 dB.
      return (2 * sum) / (gain * LENGTH);
    });
    lagRe.fill(0);
    lagIm.fill(0);
    for (let bin = Math.ceil(BAND_LIMITS[0] / BIN_HZ); bin < PERIODIC_TO / BIN_HZ; bin++) {
      lagRe[bin] = power(bin);
      lagRe[LENGTH - bin] = lagRe[bin]!;
    }
    fourier.transform(lagRe, lagIm);
    const total = bands.reduce((sum, one) => sum + one, 0);
    return { bands: bands.map(inDb), level: inDb(total), ...findPeriod(lagRe, ownLags) };
  };
}

/** The window's own autocorrelation over that at lag 0. */
function windowLags(window: Float64Array): Float64Array {
  const lags = Math.ceil(SAMPLE_RATE / PITCH_FROM) + 2;
  const at = (lag: number) => {
    let sum = 0;
    for (let i = 0; i + lag < window.length; i++) sum += window[i]! * window[i + lag]!;
    return sum;
  };
  const zero = at(0);
  return Float64Array.from({ length: lags }, (_, lag) => at(lag) / zero);
}

function findPeriod(lags: Float64Array, own: Float64Array): { pitchHz: number; clarity: number } {
  const none = { pitchHz: NaN, clarity: 0 };
  if (!(lags[0]! > SILENCE)) return none;
  const at = (lag: number) => lags[lag]! / lags[0]! / own[lag]!;
  const peaks: { lag: number; height: number }[] = [];
  for (let lag = Math.floor(SAMPLE_RATE / PITCH_TO); lag + 1 < own.length; lag++) {
    const [before, here, after] = [at(lag - 1), at(lag), at(lag + 1)];
    if (!(here > before && here >= after && here > 0)) continue;
    const bend = before - 2 * here + after;
    const shift = bend === 0 ? 0 : (before - after) / (2 * bend);
    peaks.push({ lag: lag + shift, height: Math.min(1, here - ((before - after) * shift) / 4) });
  }
  const highest = peaks.reduce((most, { height }) => Math.max(most, height), 0);
  const first = peaks.find(({ height }) => height >= NEARLY_HIGHEST * highest);
  return first ? { pitchHz: SAMPLE_RATE / first.lag, clarity: first.height } : none;
}

function inDb(power: number): number {
  return 10 * Math.log10(Math.max(SILENCE, power));
}
