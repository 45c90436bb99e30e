import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { computePeriodogram, frequencyGrid, type Spectrum } from "../../src/signal/periodogram.ts";
import { findSpectralPeak } from "../../src/signal/spectral-peak.ts";

const TIME = "2.preprocessed_data__imu__gyroscope_time.bin";
const VALUES = "2.preprocessed_data__imu__gyroscope_values.bin";
const FEATURES = "3.extracted_features__tremor__tremor_values.bin";
const WINDOWS = "3.extracted_features__tremor__tremor_time.bin";
const PREDICTIONS = "4.predictions__tremor__tremor_values.bin";
const [FEATURE_COLUMNS, PEAK_COLUMN, PREDICTION_COLUMNS, TREMOR_COLUMN] = [15, 12, 4, 1];
const [WINDOW, STEP_HZ, FROM_HZ, TO_HZ] = [4, 0.25, 1, 25];
/** The published estimate averages segments of 3 s, 0.6 s apart, inside every window. */
const [SEGMENT, SEGMENT_STEP] = [3, 0.6];
/** Rounding of sample times must not count as a miss of a whole bin. */
const NEAR = 1e-6;

/** Agreement with the published peak frequencies of one way to make the spectrum. */
export interface PeakAgreement {
  readonly windows: number;
  readonly within: number;
  readonly tremorWindows: number;
  readonly tremorWithin: number;
  readonly worstTremorHz: number;
}

/** Whether a folder holds gyroscope windows with published spectral peaks. */
export function isGyroscopeFolder(folder: string): boolean {
  return [TIME, VALUES, FEATURES, WINDOWS, PREDICTIONS].every((name) => existsSync(join(folder, name)));
}

/**
 * Compares our spectral peak with the published one, window by window (within 0.25 Hz; within 0.5 Hz where
 * tremor is published). `whole`: one Hann window over all 4 s, as rhythms are tracked in recordings.
 * `averaged`: our periodograms averaged over segments as the published features are (Welch 1967).
 */
export function comparePeaks(folder: string): { whole: PeakAgreement; averaged: PeakAgreement } {
  const read = (name: string) => readDoubles(join(folder, name));
  const [time, values, starts] = [read(TIME), read(VALUES), read(WINDOWS)];
  const [features, predictions] = [read(FEATURES), read(PREDICTIONS)];
  const components = [0, 1, 2].map((axis) => Float64Array.from(time, (_, i) => values[3 * i + axis]!));
  const samples = {
    time,
    interval: time.map((t, i) => (i === 0 ? time[1]! - t : t - time[i - 1]!)),
    components,
  };
  const published = [...starts].map((_, i) => features[i * FEATURE_COLUMNS + PEAK_COLUMN]!);
  const isTremor = published.map((_, i) => predictions[i * PREDICTION_COLUMNS + TREMOR_COLUMN] === 1);
  const fine = frequencyGrid(FROM_HZ, TO_HZ, 0.05);
  const coarse = frequencyGrid(FROM_HZ, TO_HZ, STEP_HZ);
  const whole = [...starts].map((start) =>
    peakOf(computePeriodogram(samples, start + WINDOW / 2, WINDOW, fine), WINDOW),
  );
  const averaged = [...starts].map((start) => {
    const middles: number[] = [];
    for (let at = start; at + SEGMENT <= start + WINDOW + NEAR; at += SEGMENT_STEP)
      middles.push(at + SEGMENT / 2);
    const spectra = middles.map((middle) => computePeriodogram(samples, middle, SEGMENT, coarse));
    const power = coarse.map((_, k) => spectra.reduce((sum, one) => sum + one.power[k]!, 0) / spectra.length);
    return peakOf({ frequencyHz: coarse, power, variance: spectra[0]!.variance }, SEGMENT);
  });
  return { whole: agreement(whole, published, isTremor), averaged: agreement(averaged, published, isTremor) };
}

function peakOf(spectrum: Spectrum, window: number): number {
  return findSpectralPeak(spectrum, 2 / window)?.frequencyHz ?? NaN;
}

function agreement(ours: number[], published: number[], isTremor: boolean[]): PeakAgreement {
  const off = ours.map((hz, i) => Math.abs(hz - published[i]!));
  const tremor = off.filter((_, i) => isTremor[i]);
  return {
    windows: off.length,
    within: off.filter((hz) => hz <= STEP_HZ + NEAR).length,
    tremorWindows: tremor.length,
    tremorWithin: tremor.filter((hz) => hz <= 0.5 + NEAR).length,
    worstTremorHz: Math.max(...tremor),
  };
}

function readDoubles(path: string): Float64Array {
  const bytes = readFileSync(path);
  return Float64Array.from({ length: bytes.length >> 3 }, (_, i) => bytes.readDoubleLE(8 * i));
}
