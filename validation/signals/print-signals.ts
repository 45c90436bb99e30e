import { comparePeaks, isGyroscopeFolder, type PeakAgreement } from "./gyroscope-windows.ts";
import { findTasks, readTask, type TaskRhythm } from "./limb-tasks.ts";

/** Figures from real movement sensors in a folder; undefined when it holds none that we know. */
export function checkSignals(folder: string) {
  if (isGyroscopeFolder(folder)) return { peaks: comparePeaks(folder) };
  const tasks = (["acceleration", "velocity"] as const).flatMap((signal) =>
    findTasks(folder).map((file) => readTask(folder, file, signal)),
  );
  return tasks.length > 0 ? { tasks } : undefined;
}

/** Lines that say these figures, target and miss included. */
export function wordSignals(figures: NonNullable<ReturnType<typeof checkSignals>>): string[] {
  if (figures.tasks) return figures.tasks.map(wordTask);
  return [
    wordPeaks("one Hann window of 4 s", figures.peaks.whole),
    wordPeaks("averaged as published", figures.peaks.averaged),
  ];
}

function wordPeaks(name: string, one: PeakAgreement): string {
  const share = (100 * one.within) / one.windows;
  const missed = share < 95 ? ` (${(95 - share).toFixed(1)} points below the target of 95 %)` : "";
  return (
    `${name}: within 0.25 Hz in ${one.within} of ${one.windows} windows, ${share.toFixed(1)} %${missed}; ` +
    `tremor windows within 0.5 Hz: ${one.tremorWithin} of ${one.tremorWindows}, worst ${one.worstTremorHz.toFixed(2)} Hz`
  );
}

function wordTask(one: TaskRhythm): string {
  const rhythm =
    one.tremorLikeSeconds > 0
      ? `tremor-like ${one.tremorLikeSeconds.toFixed(1)} of ${one.seconds.toFixed(1)} s at ${one.frequencyHz.toFixed(2)} Hz`
      : `not tremor-like in ${one.seconds.toFixed(1)} s`;
  const [hz, share, snr] = [one.medianHz, one.medianConcentration, one.medianSnrDb];
  return `${one.signal}, ${one.name}: ${rhythm}; windows ${hz.toFixed(2)} Hz, concentration ${share.toFixed(2)}, ${snr.toFixed(0)} dB`;
}
