import type { Range } from "../signal/exact-range.ts";
import { mean } from "../signal/statistics.ts";

/** How far two ways of measuring the same thing lie apart. */
export interface BlandAltman {
  readonly pairs: number;
  /** Mean of (second - first). */
  readonly bias: number;
  readonly bias95: Range;
  /** Between these lie 95 of 100 differences, if they are spread normally; NaN with fewer than two pairs. */
  readonly limits: Range;
  /** 95 % ranges of either limit. */
  readonly lower95: Range;
  readonly upper95: Range;
}

const Z = 1.96;

/**
 * Computes bias and limits of agreement of pairs of measurements.
 *
 * *Source:* Bland & Altman 1999, doi 10.1177/096228029900800204: limits bias +- 1.96 s, standard error of a limit
 * s sqrt(1/n + 1.96^2 / (2 (n - 1))). *Limits:* ranges use the normal distribution instead of Student's, and are too narrow
 * below some thirty pairs.
 */
export function computeBlandAltman(
  pairs: readonly (readonly [first: number, second: number])[],
): BlandAltman {
  const differences = pairs.map(([first, second]) => second - first);
  const n = differences.length;
  const bias = mean(differences);
  const deviation =
    n < 2 ? NaN : Math.sqrt(differences.reduce((sum, value) => sum + (value - bias) ** 2, 0) / (n - 1));
  const around = (middle: number, error: number): Range => ({
    from: middle - Z * error,
    to: middle + Z * error,
  });
  const limits = around(bias, deviation);
  const error = deviation * Math.sqrt(1 / n + Z ** 2 / (2 * (n - 1)));
  return {
    ...{ pairs: n, bias, bias95: around(bias, deviation / Math.sqrt(n)), limits },
    ...{ lower95: around(limits.from, error), upper95: around(limits.to, error) },
  };
}
