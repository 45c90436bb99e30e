/** Width of the window, seconds: shorter than one kick (0.23-0.33 s), longer than two frames. */
const WINDOW = 0.2;

/**
 * Root mean square of a speed over a short window around each sample: for finding *when* something moves.
 * Spectra never see it.
 *
 * @param time seconds, increasing. @param speed any unit; NaN is left out.
 * @returns one value per sample, NaN where the window holds nothing.
 */
export function computeActivity(time: Float64Array, speed: Float32Array): Float32Array {
  const activity = new Float32Array(speed.length);
  let first = 0;
  let last = 0;
  let sum = 0;
  let count = 0;
  const add = (i: number, sign: 1 | -1) => {
    const value = speed[i]!;
    if (Number.isNaN(value)) return;
    sum += sign * value * value;
    count += sign;
  };
  for (let i = 0; i < speed.length; i++) {
    while (last < speed.length && time[last]! <= time[i]! + WINDOW / 2 + 1e-6) add(last++, 1);
    while (time[first]! < time[i]! - WINDOW / 2 - 1e-6) add(first++, -1);
    activity[i] = count === 0 ? NaN : Math.sqrt(Math.max(0, sum) / count);
  }
  return activity;
}
